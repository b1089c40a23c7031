namespace GatewayStack.Transform.Names.Training;

/// <summary>The lists of data/names, as the generator draws from them.</summary>
internal sealed class NamePools
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly string _folder;

    /// <summary>Reads the lists.</summary>
    public NamePools(string folder)
    {
        _folder = folder;
        Given = Scripts("given.txt");
        Surnames = Scripts("surnames.txt");
        var common = Lines("common_names.txt").ToHashSet(StringComparer.Ordinal);
        CommonGiven = [.. Given[0].Where(common.Contains)];
        CommonSurnames = [.. Surnames[0].Where(common.Contains)];
        Cities = Lines("cities.txt");
        Towns = Lines("towns.txt");
        Countries = [.. Lines("countries.txt").Where(IsPlain)];
        Regions = [.. Lines("regions.txt").Where(IsLatin)];
        Organizations = [.. Lines("organizations.txt"), .. Lines("companies.txt"), .. Lines("wn_groups.txt").Where(name => name.Length > 3)];
        var words = Lines("words.txt").Select(line => line.Split(' ')).Where(word => word[0].Length > 2 && word[1][1] != '0').ToList();
        CommonWords = [.. words.Select(word => word[0])];
        Nouns = Words(words, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
        Verbs = Words(words, [.. Enumerable.Range(29, 15)]);
        Adjectives = Words(words, 0);
        var cues = Lines("cues.txt").Select(line => line.Split(':')).ToDictionary(line => line[0], line => line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Adverbs = Words(words, 2);
        TechWords = Lines("tech.txt");
        Acronyms = [.. TechWords.Where(word => word.Length is > 1 and < 6).Select(word => word.ToUpperInvariant())];
        Roles = cues["role"];
        OrgWords = cues["orgword"];
        OrgPatterns = Lines("org_patterns.txt");
        ThingPatterns = Lines("thing_patterns.txt").Select(line => line.Split(": ", 2)).ToLookup(line => line[0], line => line[1])
            .ToDictionary(kind => kind.Key, kind => kind.ToArray());
        IdWords = cues["idword"];
        German = cues["deutsch"];
        Other = Lines("words_other.txt");
        Drugs = cues["drug"];
        Wares = cues["brandware"];
        Peoples = [.. cues["people"].Select(Capital)];
        Tech = [.. cues["tech"].Select(Capital)];
    }

    /// <summary>Given names by kind of script: plain Latin, other Latin, other with blanks, without.</summary>
    public string[][] Given { get; }

    /// <summary>Surnames by kind of script.</summary>
    public string[][] Surnames { get; }

    /// <summary>Given names that many people have.</summary>
    public string[] CommonGiven { get; }

    /// <summary>Surnames that many people have.</summary>
    public string[] CommonSurnames { get; }

    /// <summary>Large cities.</summary>
    public string[] Cities { get; }

    /// <summary>Small cities.</summary>
    public string[] Towns { get; }

    /// <summary>Countries.</summary>
    public string[] Countries { get; }

    /// <summary>States and provinces.</summary>
    public string[] Regions { get; }

    /// <summary>Known organisations.</summary>
    public string[] Organizations { get; }

    /// <summary>Common words of all classes.</summary>
    public string[] CommonWords { get; }

    /// <summary>Common nouns.</summary>
    public string[] Nouns { get; }

    /// <summary>Verbs.</summary>
    public string[] Verbs { get; }

    /// <summary>Adjectives.</summary>
    public string[] Adjectives { get; }

    /// <summary>Adverbs.</summary>
    public string[] Adverbs { get; }

    /// <summary>Words of programmers.</summary>
    public string[] TechWords { get; }

    /// <summary>Short ones of them, in capitals.</summary>
    public string[] Acronyms { get; }

    /// <summary>What people are by trade.</summary>
    public string[] Roles { get; }

    /// <summary>What organisations are called: university, bank.</summary>
    public string[] OrgWords { get; }

    /// <summary>How organisations are called, as patterns.</summary>
    public string[] OrgPatterns { get; }

    /// <summary>How things are called that are no person, place or organisation, as patterns, by kind.</summary>
    public IReadOnlyDictionary<string, string[]> ThingPatterns { get; }

    /// <summary>What stands before numbers of persons and things.</summary>
    public string[] IdWords { get; }

    /// <summary>Medicines.</summary>
    public string[] Drugs { get; }

    /// <summary>Programs and devices.</summary>
    public string[] Wares { get; }

    /// <summary>German nouns.</summary>
    public string[] German { get; }

    /// <summary>Common words of other languages than English.</summary>
    public string[] Other { get; }

    /// <summary>American, French.</summary>
    public string[] Peoples { get; }

    /// <summary>Names of programs and protocols.</summary>
    public string[] Tech { get; }

    /// <summary>The lines of a file of templates.</summary>
    public string[] Templates(string file) => [.. Lines(file).Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal))];

    /// <summary>A word with a capital.</summary>
    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static bool IsPlain(string name) => name.All(char.IsAscii);

    private static bool IsLatin(string name) => name.All(c => c < 0x250);

    private static string[] Words(List<string[]> words, params int[] classes) =>
        [.. words.Where(word => classes.Contains(Alphabet.IndexOf(word[1][0], StringComparison.Ordinal))).Select(word => word[0])];

    private string[] Lines(string file) => [.. File.ReadLines(Path.Combine(_folder, file)).Where(line => line.Length > 0 && line[0] != '#')];

    private string[][] Scripts(string file)
    {
        var kinds = Lines(file).ToLookup(name => IsPlain(name) ? 0 : IsLatin(name) ? 1 : name.Any(char.IsUpper) ? 2 : 3);
        return [[.. kinds[0]], [.. kinds[1]], [.. kinds[2]], [.. kinds[3]]];
    }
}
