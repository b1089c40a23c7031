using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Trains the weights for names from the files of the data folder. The same files and seed give the same bytes.</summary>
internal static class NameTraining
{
    /// <summary>The files of people's labels that may be trained on.</summary>
    internal static readonly string[] Files = ["wnut17_train.jsonl", "btc_train.jsonl", Encyclopaedia, "sec_fin5_train.jsonl"];

    private const string Encyclopaedia = "wikigold.jsonl";

    /// <summary>So many texts are made from each template.</summary>
    private const int Rounds = 12;

    /// <summary>The texts are cut into so many parts; the first two in turn are held back to learn the scores.</summary>
    private const int Folds = 5;

    private const int HeldBack = 2;

    private static readonly TreeEnsemble None = new([], [], [], 0);

    /// <summary>Trains, and writes the weights file.</summary>
    /// <param name="dataFolder">The folder that holds pii and names.</param>
    /// <param name="output">Receives the weights file.</param>
    /// <param name="log">Receives the progress; no text of the data.</param>
    /// <param name="seed">Where the random choices begin.</param>
    public static void Run(string dataFolder, Stream output, TextWriter log, int seed)
    {
        var human = Files.SelectMany(file => ReadHuman(dataFolder, file)).ToList();
        NameModelFile.Write(Train(dataFolder, human, new PerceptronOptions(), log, seed), output);
    }

    /// <summary>The one file of edited prose counts twice, and what it marks besides names of the three types is none.</summary>
    private static List<NameExample> ReadHuman(string dataFolder, string file)
    {
        var path = Path.Combine(dataFolder, "pii", file);
        return file == Encyclopaedia ? [.. NameCorpus.Read(path, othersAreNone: true), .. NameCorpus.Read(path, othersAreNone: true)] : NameCorpus.Read(path);
    }

    /// <summary>Trains a model.</summary>
    public static NameModel Train(string dataFolder, List<NameExample> human, PerceptronOptions options, TextWriter log, int seed)
    {
        var folder = Path.Combine(dataFolder, "names");
        var lists = new NameModel(
            NameLexiconBuilder.Build(folder), 0, [], [], ContextLexiconBuilder.Build(Path.Combine(folder, "context.txt"), Path.Combine(folder, "things.txt")),
            WordFormsTraining.Learn(folder, new TrainingRandom(seed)), None, None);
        var glosses = NameCorpus.Read(Path.Combine(folder, "glosses.jsonl"));
        var mix = new NameMix(new NamePools(folder), human, glosses, NameAuthors.Read(dataFolder), seed, Rounds);
        log.WriteLine($"{human.Count} labelled texts, {lists.Lexicon.WordKeys.Length} words, {lists.Lexicon.PhraseKeys.Length} phrases");

        // The verifier learns from what the tagger makes of texts that it has not seen: a part of everything, and whole templates of it, is held back.
        var set = new VerifierSet();
        for (var part = 0; part < HeldBack; part++)
        {
            VerifierTexts.Add(set, Learn(mix.Learn(part, Folds), lists, options, log, seed), mix.HoldBack(part, Folds), new TrainingRandom(seed + part));
        }

        var whole = Learn(mix.Learn(part: -1, Folds), lists, options, log, seed);
        log.WriteLine($"the verifier learns from {set.All.Count} candidates");
        var (first, second) = VerifierTraining.LearnRounds(set.All, new TreeOptions(), TextBar.Name, seed);
        var model = whole with { FirstRound = first, SecondRound = second };
        return model with { Origin = NameOrigins.Of(model, dataFolder, seed) };
    }

    /// <summary>Trains a tagger: the lists, with weights.</summary>
    public static NameModel Learn(IEnumerable<NameExample> examples, NameModel lists, PerceptronOptions options, TextWriter log, int seed)
    {
        var perceptron = new NamePerceptron(options);
        var runs = NameSet.Make(examples, lists.Lexicon);
        for (var shuffle = 0; shuffle < options.Shuffles; shuffle++)
        {
            perceptron.Train(runs, new TrainingRandom(seed + shuffle), log);
        }

        return perceptron.Model(lists);
    }
}
