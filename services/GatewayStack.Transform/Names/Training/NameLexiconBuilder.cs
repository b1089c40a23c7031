namespace GatewayStack.Transform.Names.Training;

/// <summary>Makes the lists of the model from the files of data/names.</summary>
internal sealed class NameLexiconBuilder
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly SortedDictionary<uint, (ushort Flags, byte Class)> _words = [];
    private readonly SortedDictionary<uint, byte> _phrases = [];

    /// <summary>Reads all lists of a folder.</summary>
    public static NameLexicon Build(string folder)
    {
        var builder = new NameLexiconBuilder();
        builder.AddWords(Path.Combine(folder, "words.txt"));
        builder.AddTech(Path.Combine(folder, "tech.txt"));
        builder.AddCues(Path.Combine(folder, "cues.txt"));
        builder.AddOther(Path.Combine(folder, "words_other.txt"));
        foreach (var (file, flags, kind) in new (string, WordFlags, byte)[]
        {
            ("given.txt", WordFlags.Given, 1), ("surnames.txt", WordFlags.Surname, 1), ("common_names.txt", WordFlags.Common, 0),
            ("cities.txt", WordFlags.City, 2), ("towns.txt", WordFlags.Town, 2), ("countries.txt", WordFlags.Country, 2),
            ("regions.txt", WordFlags.Region, 2), ("wn_places.txt", WordFlags.Region, 2), ("wn_persons.txt", WordFlags.Known, 1),
            ("companies.txt", WordFlags.Organization, 4), ("organizations.txt", WordFlags.Organization, 4),
            ("wn_groups.txt", WordFlags.Organization, 4), ("artists.txt", WordFlags.Artist, 0),
            ("things.txt", WordFlags.None, 8),
        })
        {
            builder.AddNames(Path.Combine(folder, file), flags, kind);
        }

        return new NameLexicon(
            [.. builder._words.Keys], [.. builder._words.Values.Select(word => word.Flags)], [.. builder._words.Values.Select(word => word.Class)],
            [.. builder._phrases.Keys], [.. builder._phrases.Values]);
    }

    private static IEnumerable<string> Lines(string path) => File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>Lines of a word, the letter of its class, and how frequent it is (0 to 3).</summary>
    private void AddWords(string path)
    {
        var inflected = new List<(string Word, byte Class, ushort Flags)>();
        foreach (var line in Lines(path))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var word = line[..blank];
            var wordClass = (byte)(Alphabet.IndexOf(line[blank + 1], StringComparison.Ordinal) + 1);
            var frequency = line[blank + 2] - '0';
            var flags = (ushort)(frequency * (int)WordFlags.FrequencyLow);
            _words[NameHash.Word(word)] = (flags, wordClass);
            if (frequency > 0 && wordClass != WordClasses.Function && word.Length > 2)
            {
                inflected.AddRange(Inflect(word).Select(form => (form, wordClass, flags)));
                if (wordClass == 1)
                {
                    inflected.AddRange(Compare(word).Select(form => (form, wordClass, flags)));
                }
            }
        }

        foreach (var (word, wordClass, flags) in inflected)
        {
            _words.TryAdd(NameHash.Word(word), (flags, wordClass));
        }
    }

    private static IEnumerable<string> Inflect(string word)
    {
        var vowel = "aeiou".Contains(word[^2], StringComparison.Ordinal);
        if (word[^1] == 'y' && !vowel)
        {
            return [word[..^1] + "ies", word[..^1] + "ied", word + "ing"];
        }

        if (word[^1] == 'e')
        {
            return [word + "s", word + "d", word[..^1] + "ing"];
        }

        return word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal)
            ? [word + "es", word + "ed", word + "ing"]
            : [word + "s", word + "ed", word + "ing"];
    }

    private static IEnumerable<string> Compare(string adjective) => adjective[^1] switch
    {
        'y' => [adjective[..^1] + "ier", adjective[..^1] + "iest", adjective[..^1] + "ily"],
        'e' => [adjective + "r", adjective + "st", adjective + "ly"],
        _ => [adjective + "er", adjective + "est", adjective + "ly"],
    };

    /// <summary>Words of programmers that the other list lacks.</summary>
    private void AddTech(string path)
    {
        foreach (var word in Lines(path))
        {
            _words.TryAdd(NameHash.Word(word), ((ushort)0, WordClasses.Tech));
        }
    }

    /// <summary>Common words of other languages, but for those that are something else already.</summary>
    private void AddOther(string path)
    {
        foreach (var word in Lines(path))
        {
            _words.TryAdd(NameHash.Word(word), ((ushort)0, WordClasses.Other));
        }
    }

    /// <summary>Lines of <c>class: word word</c>.</summary>
    private void AddCues(string path)
    {
        var next = WordClasses.FirstCue;
        foreach (var line in Lines(path))
        {
            foreach (var word in line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // The first class that names a word has it; words of other languages yield to English ones.
                var hash = NameHash.Word(word);
                var (flags, known) = _words.GetValueOrDefault(hash);
                if (known == 0 || (known is not WordClasses.Function and < WordClasses.FirstCue && next < WordClasses.Foreign))
                {
                    _words[hash] = (flags, next);
                }
            }

            next++;
        }
    }

    private void AddNames(string path, WordFlags flags, byte kind)
    {
        if (!File.Exists(path))
        {
            return;
        }

        foreach (var line in Lines(path))
        {
            Add(line, flags, kind);
            var plain = Plain(line);
            if (!string.Equals(plain, line, StringComparison.Ordinal))
            {
                Add(plain, flags, kind);
            }
        }
    }

    private void Add(string name, WordFlags flags, byte kind)
    {
        var tokens = new NameTokens();
        tokens.Read(name.AsSpan(0, Math.Min(name.Length, 100)), Empty);
        var count = tokens.Last - NameTokens.First;
        if (count == 1)
        {
            AddFlags(tokens.Word[NameTokens.First], flags);
        }
        else if (count is > 1 and <= NameLexicon.MaxPhrase && kind != 0)
        {
            var hash = tokens.Word[NameTokens.First];
            AddFlags(hash, WordFlags.Opens);
            for (var i = NameTokens.First + 1; i < tokens.Last; i++)
            {
                hash = NameHash.Join(hash, tokens.Word[i]);
            }

            _phrases[hash] = (byte)(_phrases.GetValueOrDefault(hash) | kind);
        }
    }

    private void AddFlags(uint hash, WordFlags flags)
    {
        var known = _words.GetValueOrDefault(hash);
        _words[hash] = ((ushort)(known.Flags | (ushort)flags), known.Class);
    }

    private static string Plain(string text)
    {
        var letters = text.Normalize(System.Text.NormalizationForm.FormD)
            .Where(c => System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark);
        return string.Concat(letters).Replace("ß", "ss", StringComparison.Ordinal).Replace("ø", "o", StringComparison.Ordinal)
            .Replace("ł", "l", StringComparison.Ordinal).Normalize(System.Text.NormalizationForm.FormC);
    }

    private static readonly NameLexicon Empty = new([], [], [], [], []);
}
