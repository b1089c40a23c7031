using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Reads labelled texts: JSON lines of <c>text</c> and <c>spans</c>, whose positions count code points.</summary>
internal static class NameCorpus
{
    /// <summary>Roles that sec_fin5 marks as persons and organisations.</summary>
    private static readonly HashSet<string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        "borrower", "lender", "bank", "borrowers", "lenders", "agent", "company", "guarantor", "executive", "employee", "employer",
    };

    private static readonly string[] Honorifics = ["mr", "mrs", "ms", "miss", "dr", "prof", "mme", "mlle", "herr", "frau", "señor", "señora"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="othersAreNone">True where what the file says to ignore are works, events and peoples, which are no names of the three types.</param>
    public static List<NameExample> Read(string path, bool othersAreNone = false)
    {
        var examples = new List<NameExample>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.GetProperty("text").GetString()!;
            var marks = new List<NameMark>();
            foreach (var span in json.RootElement.GetProperty("spans").EnumerateArray())
            {
                if (othersAreNone && span.GetProperty("type").ValueEquals("_IGNORE"))
                {
                    continue;
                }

                var start = UnitOf(text, span.GetProperty("start").GetInt32());
                var end = UnitOf(text, span.GetProperty("end").GetInt32());
                var type = Array.IndexOf(NameLabels.Types, span.GetProperty("type").GetString());
                var handle = text[start] == '@' || (start > 0 && text[start - 1] == '@');
                start -= start > 0 && text[start - 1] == '#' ? 1 : 0;
                start += Honorific(text.AsSpan(start, end - start));
                marks.Add(new NameMark(start, end, handle || Roles.Contains(text[start..end]) ? -1 : type));
            }

            examples.Add(Tighten(new NameExample(text, marks)));
        }

        return examples;
    }

    /// <summary>Reads a file of our own: positions count UTF-16 units, or code points, and the text stays as it is.</summary>
    public static List<NameExample> ReadOwn(string path, bool utf16)
    {
        var examples = new List<NameExample>();
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.GetProperty("text").GetString()!;
            var marks = json.RootElement.GetProperty("spans").EnumerateArray().Select(span =>
            {
                int start = span.GetProperty("start").GetInt32(), end = span.GetProperty("end").GetInt32();
                return new NameMark(
                    utf16 ? start : UnitOf(text, start), utf16 ? end : UnitOf(text, end), Array.IndexOf(NameLabels.Types, span.GetProperty("type").GetString()));
            });
            examples.Add(new NameExample(text, [.. marks.OrderBy(mark => mark.Start)]));
        }

        return examples;
    }

    /// <summary>How much of a name is Mr or Dr: names begin after it.</summary>
    private static int Honorific(ReadOnlySpan<char> name)
    {
        foreach (var word in Honorifics)
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && name.Length > word.Length && name[word.Length] is ' ' or '.')
            {
                var rest = name[word.Length..].TrimStart([' ', '.']);
                return rest.IsEmpty ? 0 : name.Length - rest.Length;
            }
        }

        return 0;
    }

    private static int UnitOf(string text, int codePoints)
    {
        var unit = 0;
        for (; codePoints > 0; codePoints--)
        {
            unit += char.IsHighSurrogate(text[unit]) && unit + 1 < text.Length && char.IsLowSurrogate(text[unit + 1]) ? 2 : 1;
        }

        return unit;
    }

    /// <summary>Takes the blanks out that the joining of tokens left round marks, so that the text looks as people write it.</summary>
    private static NameExample Tighten(NameExample example)
    {
        var text = example.Text;
        var moved = new int[text.Length + 1];
        var tight = new StringBuilder(text.Length);
        var quotes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            moved[i] = tight.Length;
            var c = text[i];
            quotes += c == '"' ? 1 : 0;
            if (c == ' ' && i > 0 && i + 1 < text.Length && Joined(text, i, quotes))
            {
                continue;
            }

            tight.Append(c);
        }

        moved[text.Length] = tight.Length;
        var marks = example.Marks.Select(mark => mark with { Start = moved[mark.Start], End = moved[mark.End] }).OrderBy(mark => mark.Start).ToList();
        return new NameExample(tight.ToString(), marks);
    }

    private static bool Joined(string text, int blank, int quotes)
    {
        char before = text[blank - 1], after = text[blank + 1];
        if (after is '.' or ',' or ';' or ')' or '!' or '?' && before != ' ' && char.GetUnicodeCategory(before) != UnicodeCategory.OtherSymbol)
        {
            return after != '.' || blank + 2 >= text.Length || text[blank + 2] != '.';
        }

        if (before is '(' || (before == '"' && quotes % 2 == 1) || (after == '"' && quotes % 2 == 1))
        {
            return true;
        }

        // "don ' t", "John ' s"
        if (after is '\'' or '´' && char.IsLetter(before))
        {
            return Clitic(text, blank + 2);
        }

        return before is '\'' or '´' && blank >= 3 && text[blank - 2] == ' ' && char.IsLetter(text[blank - 3]) && Clitic(text, blank);
    }

    private static bool Clitic(string text, int at)
    {
        at += at < text.Length && text[at] == ' ' ? 1 : 0;
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[at..end] is "s" or "t" or "re" or "ve" or "ll" or "d" or "m";
    }
}
