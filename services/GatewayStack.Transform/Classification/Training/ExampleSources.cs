using System.Text.Json;
using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Reads the data folder: texts of others (<c>pii/*.jsonl</c>) and texts made from our own grammars (<c>topics/*.txt</c>).</summary>
/// <param name="folder">The data folder.</param>
/// <param name="seed">Seed of everything that is chosen.</param>
internal sealed class ExampleSources(string folder, int seed)
{
    private readonly Dictionary<string, List<JsonElement>> _lines = new(StringComparer.Ordinal);
    private List<WorkDocument>? _documents;

    private static readonly string[] TopicHeads = [Heads.Financial, Heads.Medical, Heads.Legal, Heads.SourceCode, Heads.Hr, Heads.Minors, Heads.Harmful];

    /// <summary>Heads of which a text often has several: one's texts say nothing against the other.</summary>
    private static readonly Dictionary<string, string[]> Neighbours = new(StringComparer.Ordinal)
    {
        [Heads.Financial] = [Heads.Hr, Heads.Legal, Heads.Harmful],
        [Heads.Medical] = [Heads.Hr, Heads.Minors, Heads.Harmful],
        [Heads.Legal] = [Heads.Hr, Heads.Financial, Heads.Minors, Heads.Harmful],
        [Heads.SourceCode] = [Heads.Harmful],
        [Heads.Hr] = [Heads.Legal, Heads.Financial, Heads.Medical],
        [Heads.Minors] = [Heads.Medical, Heads.Legal, Heads.Harmful],
        [Heads.Harmful] = [Heads.Minors],
    };

    /// <summary>What a head learns from.</summary>
    public IReadOnlyList<Example> For(Head head)
    {
        List<Example> all = head.Name switch
        {
            Heads.Override => [.. Override()],
            Heads.DataRequest => [.. DataRequest()],
            _ => [.. Label(head.Name)],
        };
        all.AddRange(Documents(head.Name));
        return all;
    }

    /// <summary>Documents of ordinary work; those that a head says nothing about are left out.</summary>
    public IEnumerable<Example> Documents(string head)
    {
        foreach (var document in _documents ??= [.. WorkDocuments.Read(folder)])
        {
            if (document.Answer(head, LabelWords.MayBeAbout) is { } answer)
            {
                // What a document of work is about is what is asked; grammars only teach words.
                var weight = head is Heads.Override or Heads.DataRequest ? 1 : answer ? 6 : 3;
                yield return new Example(document.Text, answer, document.Set.Name, document.Set.Name, weight) { Part = WorkDocuments.Sets.IndexOf(document.Set) };
            }
        }
    }

    /// <summary>Texts that only measure, with the labels they shall get: those that were looked at while the grammars grew, and those that were written
    /// when the grammars were done (sets <c>unseen_*</c>).</summary>
    public IReadOnlyList<(string Text, string Set, string[] Labels)> Probes() =>
        [.. Lines("topics/probes.jsonl").Concat(Lines("topics/probes_unseen.jsonl")).Select(l => (
            l.GetProperty("text").GetString()!,
            l.GetProperty("set").GetString()!,
            l.GetProperty("labels").EnumerateArray().Select(x => x.GetString()!).ToArray()))];

    /// <summary>Texts with their topics, as numbers into <see cref="Heads.Topics"/>.</summary>
    public IReadOnlyList<(string Text, int Topic)> Topics()
    {
        var texts = new List<(string Text, int Topic)>();
        for (var topic = 0; topic < Heads.Topics.Length; topic++)
        {
            var name = Heads.Topics[topic];
            texts.AddRange(Made(name, 5).Select(e => (e.Text, topic)));
        }

        texts.AddRange(Framed(1000).Where(e => !TopicHeads.Any(h => LabelWords.MayBeAbout(h, e.Text))).Select(e => (e.Text, 0)));
        texts.AddRange(Made("software", 5).Select(e => (e.Text, Heads.Topics.IndexOf(Heads.SourceCode))));
        texts.AddRange(Take(Read("pii/benign_clinc_train.jsonl").Where(e => !LabelWords.MayBeAbout(Heads.Financial, e.Text) && !LabelWords.MayBeAbout(Heads.Medical, e.Text)), 800)
            .Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/btc_train.jsonl"), 600).Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/wikigold.jsonl"), 500).Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/sec_fin5_train.jsonl").Where(e => e.Text.Length > 80), 400).Select(e => (e.Text, 3)));
        return texts;
    }

    private IEnumerable<Example> Override() =>
        NearCopies.Group(Read("pii/injection_deepset_train.jsonl"))
            .Concat(NearCopies.Group(Read("pii/injection_inthewild_train.jsonl")))
            .Concat(Sets(["topics/shared.txt", "topics/override.txt"], "override", "attacks", 8, label: true))
            .Concat(Sets(["topics/shared.txt", "topics/override.txt"], "override", "harmless", 8, label: false))
            .Concat(Harmless(exceptClinc: false, 1500))
            .Concat(AllLabels(string.Empty, [], 2))
            .Concat(Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "harmless", 5, label: false));

    private IEnumerable<Example> DataRequest() =>
        Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "requests", 10, label: true)
            .Concat(Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "harmless", 8, label: false))
            .Concat(Lines("topics/bipia_text_attack_train.jsonl")
                .Select(l => new Example(l.GetProperty("text").GetString()!, true, "bipia_train", l.GetProperty("category").GetString()!)))
            .Concat(Harmless(exceptClinc: true, 2500))
            .Concat(AllLabels(string.Empty, [], 2))
            .Concat(Ordinary(["harmless", "clauses"], 6));

    private IEnumerable<Example> Label(string name)
    {
        bool IsElsewhere(Example example) => !LabelWords.MayBeAbout(name, example.Text);

        return Made(name, 9).Select(e => e with { Label = true })
            .Concat(Sets(Files(name), name, "not", 8, label: false))
            .Concat(Made(Heads.General, 6).Concat(Made("software", 3)).Concat(AllLabels(name, Neighbours[name], 4)).Select(e => e with { Label = false }))
            .Concat(name == Heads.SourceCode ? [] : Ordinary(["harmless"], 2).Where(IsElsewhere))
            .Concat(Framed(1200).Where(IsElsewhere))
            .Concat(Filings(name))
            .Concat(Harmless(exceptClinc: false, 1200).Where(IsElsewhere))
            .Concat(Read("pii/injection_deepset_train.jsonl").Where(e => !e.Label && IsElsewhere(e)))
            .Concat(Sets(["topics/shared.txt", "topics/override.txt"], "override", "harmless", 2, label: false).Where(IsElsewhere));
    }

    private IEnumerable<Example> Filings(string name) => name switch
    {
        Heads.Legal => Take(Read("pii/sec_fin5_train.jsonl").Where(e => e.Text.Length > 80), 700).Select(e => e with { Label = true }),
        Heads.Medical or Heads.SourceCode or Heads.Minors or Heads.Hr => Take(Read("pii/sec_fin5_train.jsonl"), 300),
        _ => [],
    };

    /// <summary>What people at work write, command and forbid each other, sentence by sentence and several of them as a document.</summary>
    private IEnumerable<Example> Ordinary(string[] sets, int each)
    {
        var own = sets.SelectMany(s => Sets(["topics/shared.txt", "topics/ordinary.txt"], "ordinary", s, each, label: false)).ToArray();
        var random = new Random(Seed("ordinary/documents"));
        foreach (var example in own)
        {
            yield return random.Next(3) != 0 ? example
                : example with { Text = string.Join(random.Next(2) == 0 ? " " : "\n", example.Text, own[random.Next(own.Length)].Text, own[random.Next(own.Length)].Text) };
        }
    }

    /// <summary>Texts of others that attack nobody.</summary>
    private IEnumerable<Example> Harmless(bool exceptClinc, int most) =>
        (exceptClinc ? [] : Take(Read("pii/benign_clinc_train.jsonl"), 3000))
            .Concat(Take(Read("pii/btc_train.jsonl"), most))
            .Concat(Take(Read("pii/wnut17_train.jsonl"), most / 2))
            .Concat(Take(Read("pii/wikigold.jsonl"), most));

    private IEnumerable<Example> AllLabels(string except, string[] neighbours, int each) =>
        TopicHeads.Where(h => h != except && !neighbours.Contains(h)).SelectMany(h => Made(h, each))
            .Concat(Made(Heads.General, each)).Select(e => e with { Label = false });

    /// <summary>Texts of a label: its own templates, and its words in the frames that all labels share, alone and several together.</summary>
    private IEnumerable<Example> Made(string name, int each)
    {
        var own = Sets(Files(name), name, "texts", each, label: true).ToList();
        var grammar = Grammar.Read([.. Files(name).Select(f => Path.Combine(folder, f))]);
        var random = new Random(Seed(name + "/frames"));
        var frames = grammar.Templates("frames");
        if (grammar.HasSlot("term"))
        {
            foreach (var term in grammar.Values("term"))
            {
                for (var i = 0; i < Math.Max(1, each / 3); i++)
                {
                    var text = grammar.Expand(frames[random.Next(frames.Count)].Replace("{term}", term, StringComparison.Ordinal), random);
                    own.Add(new Example(Written(text, random), true, name, $"{name}/{term}"));
                }
            }
        }

        foreach (var example in own)
        {
            yield return example;
        }

        // Longer texts: some of these one after another.
        for (var i = 0; i + 4 < own.Count; i += 4)
        {
            yield return own[i] with { Text = string.Join(random.Next(2) == 0 ? " " : "\n", own[i].Text, own[random.Next(own.Count)].Text) };
        }
    }

    /// <summary>The frames with what people write about otherwise, so that an unknown word in a frame is not taken for some label's.</summary>
    private IEnumerable<Example> Framed(int count)
    {
        var grammar = Grammar.Read([.. Files(Heads.General).Select(f => Path.Combine(folder, f))]);
        var frames = grammar.Templates("frames");
        var random = new Random(Seed("framed"));
        var texts = Take(Read("pii/wikigold.jsonl").Concat(Read("pii/wnut17_train.jsonl")), int.MaxValue).ToList();
        for (var i = 0; i < count; i++)
        {
            var words = texts[i % texts.Count].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var first = random.Next(words.Length);
            var term = string.Join(' ', words.Skip(first).Take(1 + random.Next(3))).Trim('.', ',', '"', '(', ')');
            var frame = frames[random.Next(frames.Count)].Replace("{term}", term.Replace("\\", string.Empty, StringComparison.Ordinal)
                .Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
            yield return new Example(Written(grammar.Expand(frame, random), random), false, "framed", $"framed/{i}");
        }
    }

    /// <summary>Texts from the templates of a set.</summary>
    private IEnumerable<Example> Sets(string[] files, string name, string set, int each, bool label)
    {
        var grammar = Grammar.Read([.. files.Select(f => Path.Combine(folder, f))]);
        var random = new Random(Seed(name + "/" + set));
        var number = 0;
        foreach (var template in grammar.Templates(set))
        {
            number++;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < each; i++)
            {
                var text = grammar.Expand(template, random);
                if (seen.Add(text))
                {
                    yield return new Example(Written(text, random), label, name, $"{name}/{set}/{number}");
                }
            }
        }
    }

    /// <summary>People write in small letters, without full stops, or shout.</summary>
    private static string Written(string text, Random random) => random.Next(12) switch
    {
        0 => text.ToLowerInvariant(),
        1 => text.TrimEnd('.', '!', '?'),
        2 => text.ToLowerInvariant().TrimEnd('.', '!', '?').Replace(",", string.Empty, StringComparison.Ordinal),
        _ => text,
    };

    private static string[] Files(string name) => ["topics/shared.txt", "topics/frames.txt", $"topics/{name}.txt"];

    private IEnumerable<Example> Take(IEnumerable<Example> examples, int most)
    {
        var list = examples.ToArray();
        new Random(Seed(list.FirstOrDefault()?.Source ?? string.Empty)).Shuffle(list);
        return list.Take(most);
    }

    private IEnumerable<Example> Read(string file) => Lines(file).Select(l => new Example(
        l.GetProperty("text").GetString()!,
        l.TryGetProperty("label", out var label) && label.GetInt32() == 1,
        l.GetProperty("source").GetString()!,
        l.GetProperty("id").GetString()!));

    private List<JsonElement> Lines(string file) => _lines.TryGetValue(file, out var lines) ? lines
        : _lines[file] = [.. File.ReadLines(Path.Combine(folder, file)).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement)];

    private int Seed(string name)
    {
        var hash = seed;
        foreach (var c in name)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }
}
