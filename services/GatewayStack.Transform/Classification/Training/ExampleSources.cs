using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Reads the data folder: texts of others (<c>pii/*.jsonl</c>) and texts made from our own grammars (<c>topics/*.txt</c>).</summary>
/// <param name="folder">The data folder.</param>
/// <param name="seed">Seed of everything that is chosen.</param>
internal sealed partial class ExampleSources(string folder, int seed)
{
    /// <summary>Likeness of two texts, as the share of their four-word runs in common, from which they are of one group.</summary>
    private const double Alike = 0.25;

    private readonly Dictionary<string, List<JsonElement>> _lines = new(StringComparer.Ordinal);

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
        return all;
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

        texts.AddRange(Framed(1000).Where(e => !TopicHeads.Any(h => IsAbout(h, e.Text))).Select(e => (e.Text, 0)));
        texts.AddRange(Made("software", 5).Select(e => (e.Text, Heads.Topics.IndexOf(Heads.SourceCode))));
        texts.AddRange(Take(Read("pii/benign_clinc_train.jsonl").Where(e => !IsAbout(Heads.Financial, e.Text) && !IsAbout(Heads.Medical, e.Text)), 800)
            .Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/btc_train.jsonl"), 600).Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/wikigold.jsonl"), 500).Select(e => (e.Text, 0)));
        texts.AddRange(Take(Read("pii/sec_fin5_train.jsonl").Where(e => e.Text.Length > 80), 400).Select(e => (e.Text, 3)));
        return texts;
    }

    private IEnumerable<Example> Override()
    {
        foreach (var example in Grouped(Read("pii/injection_deepset_train.jsonl")))
        {
            yield return example;
        }

        foreach (var example in Grouped(Read("pii/injection_inthewild_train.jsonl")))
        {
            yield return example;
        }

        foreach (var example in Sets(["topics/shared.txt", "topics/override.txt"], "override", "attacks", 8, label: true)
            .Concat(Sets(["topics/shared.txt", "topics/override.txt"], "override", "harmless", 8, label: false)))
        {
            yield return example;
        }

        foreach (var example in Harmless(exceptClinc: false, 1500).Concat(AllLabels(string.Empty, [], 2))
            .Concat(Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "harmless", 5, label: false)))
        {
            yield return example;
        }
    }

    private IEnumerable<Example> DataRequest()
    {
        foreach (var example in Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "requests", 10, label: true)
            .Concat(Sets(["topics/shared.txt", "topics/data_request.txt"], "data_request", "harmless", 8, label: false)))
        {
            yield return example;
        }

        foreach (var line in Lines("topics/bipia_text_attack_train.jsonl"))
        {
            var text = line.GetProperty("text").GetString()!;
            yield return new Example(text, true, "bipia_train", line.GetProperty("category").GetString()!);
        }

        foreach (var example in Harmless(exceptClinc: true, 2500).Concat(AllLabels(string.Empty, [], 2)))
        {
            yield return example;
        }
    }

    private IEnumerable<Example> Label(string name)
    {
        foreach (var example in Made(name, 9))
        {
            yield return example with { Label = true };
        }

        foreach (var example in Sets(Files(name), name, "not", 8, label: false))
        {
            yield return example;
        }

        foreach (var example in Made(Heads.General, 6).Concat(Made("software", 3)).Concat(AllLabels(name, Neighbours[name], 4)))
        {
            yield return example with { Label = false };
        }

        foreach (var example in Framed(1200).Where(e => !IsAbout(name, e.Text)))
        {
            yield return example;
        }

        if (name == Heads.Legal)
        {
            foreach (var example in Take(Read("pii/sec_fin5_train.jsonl").Where(e => e.Text.Length > 80), 700))
            {
                yield return example with { Label = true };
            }
        }

        if (name is Heads.Medical or Heads.SourceCode or Heads.Minors or Heads.Hr)
        {
            foreach (var example in Take(Read("pii/sec_fin5_train.jsonl"), 300))
            {
                yield return example;
            }
        }

        foreach (var example in Harmless(exceptClinc: false, 1200).Where(e => !IsAbout(name, e.Text)))
        {
            yield return example;
        }

        foreach (var example in Read("pii/injection_deepset_train.jsonl").Where(e => !e.Label && !IsAbout(name, e.Text)))
        {
            yield return example;
        }

        foreach (var example in Sets(["topics/shared.txt", "topics/override.txt"], "override", "harmless", 2, label: false).Where(e => !IsAbout(name, e.Text)))
        {
            yield return example;
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

    /// <summary>Near-copies get the group of the first of them.</summary>
    private static IEnumerable<Example> Grouped(IEnumerable<Example> examples)
    {
        var kept = new List<(HashSet<uint> Runs, string Group)>();
        foreach (var example in examples)
        {
            var words = Word().Matches(example.Text.ToLowerInvariant()).Select(m => m.Value).ToArray();
            var runs = Enumerable.Range(0, Math.Max(1, words.Length - 3)).Select(i => Hash(words.AsSpan(i, Math.Min(4, words.Length - i)))).ToHashSet();

            // An eighth of the runs, the same ones in each text, is enough to compare long texts.
            if (runs.Count > 80)
            {
                runs.RemoveWhere(r => r % 8 != 0);
            }

            var like = kept.Find(k => k.Runs.Count(runs.Contains) >= Alike * Math.Min(k.Runs.Count, runs.Count));
            var group = like.Group ?? example.Group;
            kept.Add((runs, group));
            yield return example with { Group = group };
        }
    }

    private static uint Hash(ReadOnlySpan<string> words)
    {
        var hash = 2166136261u;
        foreach (var word in words)
        {
            foreach (var c in word)
            {
                hash = (hash ^ c) * 16777619u;
            }

            hash = (hash ^ ' ') * 16777619u;
        }

        hash ^= hash >> 16;
        return hash * 0x7FEB352Du;
    }

    /// <summary>Whether a text of others may be about a label: they are not marked, and what is doubtful is left out.</summary>
    private static bool IsAbout(string label, string text) => label switch
    {
        Heads.Financial => Money().IsMatch(text),
        Heads.Medical => Health().IsMatch(text),
        Heads.Legal => Law().IsMatch(text),
        Heads.SourceCode => Code().IsMatch(text),
        Heads.Hr => Work().IsMatch(text),
        Heads.Minors => Children().IsMatch(text),
        Heads.Harmful => Harm().IsMatch(text),
        _ => false,
    };

    private int Seed(string name)
    {
        var hash = seed;
        foreach (var c in name)
        {
            hash = unchecked((hash * 31) + c);
        }

        return hash;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\b(bank|account|credit|debit|card|loan|mortgage|invest|stock|shares?\b|tax|money|pay|paid|payment|bill|balance|transfer|"
        + @"interest|apr\b|401|ira\b|retire|saving|checking|deposit|spend|spent|cost|price|dollar|euro|income|salar|rewards|"
        + @"transaction|fraud|insurance|budget|financ|fund|direct deposit|w-?2|currency|exchange|market|econom|profit|revenue|konto|"
        + @"geld|steuer|bank)",
        Options)]
    private static partial Regex Money();

    [GeneratedRegex(
        @"\b(health|doctor|hospital|medic|patient|disease|ill\b|illness|sick|pain|drug|surg|cancer|vaccin|shot\b|shots\b|symptom|"
        + @"diagnos|treat|therap|nurse|clinic|dentist|calorie|nutrition|diet|virus|covid|allerg|depress|mental|pregnan|krank|arzt|"
        + @"sucht)",
        Options)]
    private static partial Regex Health();

    [GeneratedRegex(
        @"\b(law|legal|lawyer|attorney|court|sue|sued|judge|trial|contract|agreement|lease|license|licence|patent|copyright|"
        + @"regulation|statute|crime|criminal|police|arrest|jury|verdict|constitution|rights|gesetz|recht|gericht)",
        Options)]
    private static partial Regex Law();

    [GeneratedRegex(@"(\b(code|program|python|java|sql|script|function|html|css|compiler|interpreter|software|api|app|print)\b|[{}<>;=]|\(\))", Options)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"\b(pto|vacation|days off|salary|hire|hired|hiring|fired|job|employ|boss|manager|resign|resume|interview|wage|payday|"
        + @"paycheck|w-?2|colleague|coworker|recruit|career|work|office|arbeit)",
        Options)]
    private static partial Regex Work();

    [GeneratedRegex(
        @"\b(kid|child|baby|babies|teen|school|student|son\b|daughter|boy|girl|minor|toddler|pupil|parent|mom|dad|mother|father|"
        + @"jugend|kind|youth|young|grade|homework)",
        Options)]
    private static partial Regex Children();

    [GeneratedRegex(
        @"\b(kill|murder|bomb|weapon|gun\b|guns\b|shoot|shot\b|rape|drug|suicide|die\b|dead|attack|terror|hack|steal|stole|hate|"
        + @"nazi|racis|sex|porn|fuck|shit|bitch|nigg|fag|slut|cunt|fight|violen|abuse|war\b|poison|fraud|scam|phish|malware|blood|"
        + @"beat|stab)",
        Options)]
    private static partial Regex Harm();
}
