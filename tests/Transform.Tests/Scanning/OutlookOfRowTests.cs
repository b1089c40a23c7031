using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;
using GatewayStack.Transform.Tests.Classification.Models;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What rows say of windows that are still to come, row by row, gate by gate and unit by unit. <c>OUTLOOK_SECONDS</c> runs the campaign.</summary>
public sealed class OutlookOfRowTests(ITestOutputHelper output)
{
    /// <summary>A stream keeps no less before a gate that waits.</summary>
    private const int Kept = Scanner.MaxLead + Scanner.LeftContext + 1;

    private const int Longest = 2000;
    private const int MostSettled = 40;

    private static readonly RecognizerSet Rows = RecognizerTable.Create(new TransformOptions());

    private static readonly string[] Fragments =
    [
        "\n", "\r\n", "\r", "\n\n", "|", ",", ", ", ";", "\t", "  ", "\"", "'", "(", ")", "[", "{", "}", "=", ":", ": ", " = ", ".", ". ", "-", " - ", "/", " / ", "_",
        "@", "<br>", "<br/>", "<", ">", "\\", "\\n", "`", "“", "”", "*", "**", "#", "$", "→", "é", "\u0301", "😀", "\ud83d", "\0", "\u3000", "\u00a0", "例", "密码", "1",
        "12", "4711", "X1234567", "AB 123456", "12 34 56 78", "four ", "four four one nine double seven ", "K ", "Blue.Otter-42", "kX7-Blue/Otter", "hunter2",
        "correct-horse-battery", "abandon ", "ability ", "zoo ", "abandn ", "wallet ", " is ", "the ", "password", "passwordHash", "_hint", "key", "token", "pin", "code",
        "door", "wifi", "VALUES (", "('ana', 'Blue.Otter-42')", "--- | ---\n", "--------  ------\n", "new: ", "now ",
        "INSERT INTO t (name, password) VALUES ('a', 'Blue.Otter-42'), ('b', 'Red)Otter-42')", "passport number ", "driving licence ", "patient ", "bank ", "no.", "n°",
        "a@b.co", "2024-01-02", "12 March 1985", "10115 Berlin", "Hauptstr. 5", "12 Main Street", ", Springfield, IL 62704", "login(\"ana\", \"Blue.Otter-42\")",
        "login jane / Blue.Otter-42", "DATADOG_API_KEY=0123456789abcdef0123456789abcdef", "half: ",
        "abandon ability able about above absent absorb abstract absurd abuse access acid", "user=jdoe42", "by=tmarchetti", "name,password\n", "name | password\n",
        "Name    Passport    Password\n", "ana,Blue.Otter-42\n", "ana | Blue.Otter-42\n", "Ana     X1234567    Blue.Otter-42\n", "The password comes by post. Here: ",
        "\"<abc>", "<abc>", new string(' ', 60), new string('a', 50), " and so on and so forth until nobody listens any more",
    ];

    /// <summary>Nothing is found before where a finding was said to begin, and what was said to be all stays all.</summary>
    [Fact]
    public void What_rows_say_of_more_text_holds()
    {
        var isCampaign = int.TryParse(Environment.GetEnvironmentVariable("OUTLOOK_SECONDS"), CultureInfo.InvariantCulture, out var seconds);
        var seed = isCampaign ? Random.Shared.Next() : 7;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var texts = new AttackTexts(random);
        var clock = Stopwatch.StartNew();
        var (count, findings) = (0, 0);
        var seen = new HashSet<string>();
        for (; isCampaign ? clock.Elapsed.TotalSeconds < seconds : count < 600; count++)
        {
            var text = texts.Next();
            foreach (var (row, hit, length) in Gates(text))
            {
                var whole = Only(text, row, hit, length);
                if (whole is { } found)
                {
                    findings++;
                    texts.Keep(row, text[Math.Max(0, hit - 200)..Math.Min(text.Length, found.End + 300)]);
                }

                var (from, stride) = (random.Next(2) == 0 ? 0 : Math.Max(0, hit - Kept), random.Next(3) == 0 ? random.Next(2, 12) : 1);
                if (Problem(text, row, hit, length, whole, from, stride) is { } problem && seen.Add(row.Name))
                {
                    output.WriteLine(problem);
                }
            }
        }

        output.WriteLine($"{count} texts, {findings} findings");
        findings.ShouldBeGreaterThan(count / 4);
        seen.ShouldBeEmpty();
    }

    /// <summary>What attackers of such outlooks came upon.</summary>
    [Theory]
    [InlineData("The patient of this hospital, n°AB 123456 is his, and that is all there is to be said of it this morning, as nobody else has asked for it yet.")]
    [InlineData("försäkring | kommentar\n8 | no.LF 20-7750-3 | mamman ringer från vårdcentralen och frågar om hon kan komma lite senare, gärna efter lunch\n")]
    [InlineData("The password comes by post. Here: \"<Kx7> q7-Zt!Blue.Otter-42 and all that follows in one line of a quotation, Kx7-Zt9!Qw\" and so on.")]
    public void What_was_come_upon_holds(string text)
    {
        foreach (var (row, hit, length) in Gates(text))
        {
            Problem(text, row, hit, length, Only(text, row, hit, length), from: 0, stride: 1).ShouldBeNull();
        }
    }

    private static string? Problem(string text, Recognizer row, int hit, int length, (int Start, int End, double Score)? whole, int from, int stride)
    {
        var (earliest, settled) = (0, 0);
        string? problem = null;
        for (var known = hit + length; known < text.Length && settled < MostSettled && problem is null; known += stride)
        {
            var units = text.AsSpan(from, known - from);
            var look = default(FirstLook);
            var next = Math.Max(0, earliest - from);
            var waits = RowMatcher.NeedsMore(new ScannedText(units, null), row, hit - from, length, ref look, ref next);
            var what = string.Empty;
            if (!waits)
            {
                settled++;
                var said = Only(units, row, hit - from, length);
                what = (said?.Start + from, said?.End + from, said?.Score) == (whole?.Start, whole?.End, whole?.Score) ? what : "said all";
            }
            else if (settled > 0)
            {
                what = "waits again";
            }
            else if (next >= 0)
            {
                next += from;
                what = whole?.Start < next ? "let go" : next < earliest ? "went back" : what;
                earliest = next;
            }

            problem = what.Length == 0 ? null
                : $"{row.Name} at {hit} {what}: {next} of {known}, the whole says {whole}: {JsonSerializer.Serialize(text[..known])} + {JsonSerializer.Serialize(text[known..])}";
        }

        return problem;
    }

    private static (int Start, int End, double Score)? Only(ReadOnlySpan<char> text, Recognizer row, int hit, int length)
    {
        var look = default(FirstLook);
        List<Candidate>? found = null;
        RowMatcher.Try(new ScannedText(text, null), row, hit, length, ref look, ref found);
        return found is [var one] ? (one.Start, one.End, one.Score) : null;
    }

    /// <summary>Where rows with an outlook are opened.</summary>
    private static List<(Recognizer Row, int Hit, int Length)> Gates(string text)
    {
        var gates = new List<(Recognizer Row, int Hit, int Length)>();
        var characters = new GatePlaces(text, Rows, 0);
        for (var hit = characters.Next(); hit < text.Length; hit = characters.Next())
        {
            foreach (var row in Rows.OpenedBy(text[hit]).After(text, hit))
            {
                gates.Add((row, hit, 1));
            }
        }

        var keywords = Rows.Keywords.Stand(text, 0);
        for (var hit = keywords.Next(); hit < text.Length; hit = keywords.Next())
        {
            var node = WordTrie<Recognizer[]>.Root;
            for (var i = hit; i < text.Length && (node = Rows.Keywords.Step(node, text[i])) != 0; i++)
            {
                gates.AddRange((Rows.Keywords.Value(node) ?? []).Select(row => (row, hit, i + 1 - hit)));
            }
        }

        return [.. gates.Where(g => g.Row.Outlook is not null)];
    }

    /// <summary>Documents, pieces of them, and what is made of those in which something was found.</summary>
    private sealed class AttackTexts(Random random)
    {
        private const int MostOfARow = 12;

        private readonly List<string> _documents = Documents();
        private readonly Dictionary<string, int> _ofRows = [];
        private readonly List<string> _kept = [];

        public void Keep(Recognizer row, string text)
        {
            var count = _ofRows.GetValueOrDefault(row.Name);
            _ofRows[row.Name] = count + 1;
            if (count < MostOfARow)
            {
                _kept.Add(text);
            }
        }

        public string Next()
        {
            var text = random.Next(5) switch
            {
                0 => string.Concat(Enumerable.Range(0, random.Next(4, 40)).Select(_ => Any(Fragments))),
                1 or 2 when _kept.Count > 0 => Any(_kept),
                _ => Any(_documents),
            };
            if (text.Length > Longest)
            {
                text = text.Substring(random.Next(text.Length - Longest), Longest);
            }

            if (random.Next(3) == 0)
            {
                text = text[..random.Next(text.Length + 1)] + Any(_documents) is var spliced && spliced.Length > Longest ? spliced[..Longest] : spliced;
            }

            for (var changes = random.Next(6) == 0 ? 0 : random.Next(1, 12); changes > 0 && text.Length > 0; changes--)
            {
                var at = random.Next(text.Length);
                text = random.Next(8) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                    1 => text[..at] + text[random.Next(Math.Max(0, at - 80), at + 1)..],
                    2 => text.Replace("\n", random.Next(2) == 0 ? "\r\n" : "\r", StringComparison.Ordinal),
                    _ => text.Insert(at, Any(Fragments)),
                };
            }

            return text;
        }

        private static List<string> Documents()
        {
            var eval = Path.Combine(TestTexts.DataFolder(), "eval");
            return
            [
                .. Directory.EnumerateFiles(Path.Combine(eval, "authors-2026-11"), "?.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                    .Append(Path.Combine(eval, "dev.jsonl"))
                    .SelectMany(File.ReadLines)
                    .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!).Where(t => t.Length > 0),
            ];
        }

        private string Any(IReadOnlyList<string> texts) => texts[random.Next(texts.Count)];
    }
}
