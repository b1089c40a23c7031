namespace GatewayStack.Transform.Names.Training;

/// <summary>Trains the weights for names from the files of the data folder. The same files and seed give the same bytes.</summary>
internal static class NameTraining
{
    /// <summary>The files of people's labels that may be trained on.</summary>
    private static readonly string[] Files = ["wnut17_train.jsonl", "btc_train.jsonl", "wikigold.jsonl", "sec_fin5_train.jsonl"];

    /// <summary>The step of margin in the table of scores.</summary>
    private const int ScoreStep = 40;

    /// <summary>So many texts are made from each template.</summary>
    private const int Rounds = 12;

    /// <summary>One part of so many is held back to learn the scores.</summary>
    private const int Folds = 3;

    /// <summary>Trains, and writes the weights file.</summary>
    /// <param name="dataFolder">The folder that holds pii and names.</param>
    /// <param name="output">Receives the weights file.</param>
    /// <param name="log">Receives the progress; no text of the data.</param>
    /// <param name="seed">Where the random choices begin.</param>
    public static void Run(string dataFolder, Stream output, TextWriter log, int seed)
    {
        var human = Files.SelectMany(file => NameCorpus.Read(Path.Combine(dataFolder, "pii", file))).ToList();
        NameModelFile.Write(Train(dataFolder, human, new PerceptronOptions(), log, seed), output);
    }

    /// <summary>Trains a model.</summary>
    public static NameModel Train(string dataFolder, List<NameExample> human, PerceptronOptions options, TextWriter log, int seed)
    {
        var folder = Path.Combine(dataFolder, "names");
        var lexicon = NameLexiconBuilder.Build(folder);
        var mix = new NameMix(new NamePools(folder), human, NameCorpus.Read(Path.Combine(folder, "glosses.jsonl")), seed, Rounds);
        log.WriteLine($"{human.Count} labelled texts, {lexicon.WordKeys.Length} words, {lexicon.PhraseKeys.Length} phrases");

        // A third of everything, and whole templates of it, is held back while the scores are learned; the weights then learn from all of it.
        var part = Learn(mix.Learn(part: 0, Folds), lexicon, options, log, seed);
        var calibration = new NameCalibration();
        calibration.Add(part, mix.HoldBack(part: 0, Folds));
        log.WriteLine($"scores from {calibration.Count} names in texts held back");
        var whole = Learn(mix.Learn(part: -1, Folds), lexicon, options, log, seed);
        return whole with { ScoreStep = ScoreStep, Scores = calibration.Scores(ScoreStep) };
    }

    private static NameModel Learn(IEnumerable<NameExample> examples, NameLexicon lexicon, PerceptronOptions options, TextWriter log, int seed)
    {
        var perceptron = new NamePerceptron(options);
        var runs = NameSet.Make(examples, lexicon);
        for (var shuffle = 0; shuffle < options.Shuffles; shuffle++)
        {
            perceptron.Train(runs, new TrainingRandom(seed + shuffle), log);
        }

        return perceptron.Model(lexicon);
    }
}
