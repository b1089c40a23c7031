using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Makes texts with and without names from templates and lists.</summary>
internal sealed partial class NameGenerator(NamePools pools, TrainingRandom random)
{
    private const int Person = 0;
    private const int Place = 1;
    private const int Organization = 2;
    private const int Unknown = -1;

    private static readonly string[] Titles = ["Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Mr", "Mrs", "Dr", "Sir", "Lady", "Captain", "Judge", "Professor"];
    private static readonly string[] Streets =
        ["Street", "St", "Road", "Rd", "Avenue", "Ave", "Lane", "Drive", "Court", "Boulevard", "Way", "Place", "straße", "weg", "gasse"];
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] Colors = ["black", "white", "navy", "Olive", "Rose Gold", "silver", "Midnight Blue", "teal", "sand", "Navy", "Copper", "White",
        "Stone Blue", "Dark", "Light", "Green", "Red", "Grey", "Ivory"];
    private static readonly string[] Materials = ["Cotton", "Linen", "Oak", "Steel", "Leather", "Bamboo", "Wool", "Glass", "Marble"];

    private readonly StringBuilder _text = new();
    private readonly List<NameMark> _marks = [];

    /// <summary>Fills a template.</summary>
    public NameExample Fill(string template)
    {
        _text.Clear();
        _marks.Clear();
        for (var i = 0; i < template.Length;)
        {
            var close = template[i] == '{' ? template.IndexOf('}', i) : -1;
            if (close > i + 1 && template.Skip(i + 1).Take(close - i - 1).All(char.IsAsciiLetter))
            {
                Slot(template[(i + 1)..close]);
                i = close + 1;
            }
            else
            {
                _text.Append(template[i++]);
            }
        }

        return Recase(new NameExample(_text.ToString(), [.. _marks]), random.Next(100));
    }

    /// <summary>A copy with other names in place of those that stand there; null when there are none.</summary>
    public NameExample? Rename(NameExample example)
    {
        _text.Clear();
        _marks.Clear();
        var at = 0;
        var changed = false;
        foreach (var mark in example.Marks)
        {
            _text.Append(example.Text, at, mark.Start - at);
            var old = example.Text[mark.Start..mark.End];
            var text = mark.Type < 0 || old[0] == '#' || random.Percent(25) ? old : Another(old, mark.Type);
            changed |= !ReferenceEquals(text, old);
            Mark(text, mark.Type);
            at = mark.End;
        }

        _text.Append(example.Text, at, example.Text.Length - at);
        return changed ? new NameExample(_text.ToString(), [.. _marks]) : null;
    }

    /// <summary>The text in small letters (12 of 100), in capitals (4) or as it is.</summary>
    public static NameExample Recase(NameExample example, int percent) => percent switch
    {
        < 12 => example with { Text = example.Text.ToLowerInvariant() },
        < 16 => example with { Text = example.Text.ToUpperInvariant() },
        _ => example,
    };

    private string Another(string old, int type)
    {
        var words = old.Count(c => c == ' ') + 1;
        var made = type switch
        {
            Person => words == 1 ? (random.Percent(60) ? GivenName(Script()) : Surname(Script())) : FullName(),
            Place when old.Any(char.IsAsciiDigit) => old,
            Place => words == 1 || random.Percent(50) ? PlaceName() : old,
            _ => Company(),
        };
        return old.Any(char.IsLower) ? (old.Any(char.IsUpper) ? made : made.ToLowerInvariant()) : made.Length > 4 ? made.ToUpperInvariant() : made;
    }

    private void Slot(string slot)
    {
        switch (slot)
        {
            case "per": Mark(FullName(), Person); break;
            case "PER": Mark(FullName().ToUpperInvariant(), Person); break;
            case "given": Mark(GivenName(Script()), Person); break;
            case "sur": Mark(Surname(Script()), Person); break;
            case "SUR": Mark(Surname(Script()).ToUpperInvariant(), Person); break;
            case "GIVEN": Mark(GivenName(Script()).ToUpperInvariant(), Person); break;
            case "INIT": _text.Append((char)('A' + random.Next(26))); break;
            case "REGION": Mark(random.Pick(pools.Regions).ToUpperInvariant(), Place); break;
            case "init": _text.Append((char)('A' + random.Next(26))).Append('.'); break;
            case "city": Mark(City(), Place); break;
            case "CITY": Mark(City().ToUpperInvariant(), Place); break;
            case "country": Mark(random.Pick(pools.Countries), Place); break;
            case "region": Mark(random.Pick(pools.Regions), Place); break;
            case "org": Mark(Company(), Organization); break;
            case "band": Mark(OneOf(Bands), Organization); break;
            case "ORG": Mark(Company().ToUpperInvariant(), Organization); break;
            case "street": Mark(Street(), Unknown); break;
            case "user": _text.Append(random.Pick(pools.CommonGiven).ToLowerInvariant()).Append(random.Next(1000)); break;
            default: _text.Append(pools.ThingPatterns.TryGetValue(slot, out var patterns) ? OneOf(patterns) : Plain(slot)); break;
        }
    }

    private void Mark(string text, int type)
    {
        _marks.Add(new NameMark(_text.Length, _text.Length + text.Length, type));
        _text.Append(text);
    }

    private int Script() => random.Next(100) switch { < 80 => 0, < 93 => 1, < 97 => 2, _ => 3 };

    private string GivenName(int script) => script == 0 && random.Percent(30) ? random.Pick(pools.CommonGiven) : Drawn(pools.Given[script]);

    private string Surname(int script) => script == 0 && random.Percent(30) ? random.Pick(pools.CommonSurnames) : Drawn(pools.Surnames[script]);

    /// <summary>One of a list, or the beginning of one with the end of another: a name that no list has.</summary>
    private string Drawn(string[] names)
    {
        var name = random.Pick(names);
        if (!random.Percent(35))
        {
            return name;
        }

        var other = random.Pick(names);
        return name.Length < 3 || other.Length < 3 || other.Contains(' ', StringComparison.Ordinal) || name.Contains(' ', StringComparison.Ordinal)
            ? name
            : name[..((name.Length + 1) / 2)] + other[(other.Length / 2)..].ToLowerInvariant();
    }

    private string FullName()
    {
        var script = Script();
        if (script == 3)
        {
            return random.Pick(pools.Surnames[3]) + (random.Percent(70) ? "" : " ") + random.Pick(pools.Given[3]);
        }

        string given = GivenName(script), last = Surname(script);
        return random.Next(100) switch
        {
            < 62 => $"{given} {last}",
            < 68 => $"{given[0]}. {last}",
            < 74 => $"{given} {(char)('A' + random.Next(26))}. {last}",
            < 79 => $"{given} {GivenName(script)} {last}",
            < 83 => $"{given} {last} {Surname(script)}",
            < 86 => $"{given} {last}-{Surname(script)}",
            < 88 => $"{given}-{GivenName(script)} {last}",
            < 91 => $"{given} {random.Pick(["van der", "de", "von", "van", "de la", "di", "al-", "bin", "da", "del", "Mc", "O'"])} {last}".Replace("- ", "-", StringComparison.Ordinal)
                .Replace("Mc ", "Mc", StringComparison.Ordinal).Replace("' ", "'", StringComparison.Ordinal),
            < 93 => $"{given} {last} {random.Pick(["Jr.", "Sr.", "III", "II"])}",
            < 95 => $"{(char)('A' + random.Next(26))}.{(char)('A' + random.Next(26))}. {last}",
            < 97 => $"{last} {given}",
            _ => given,
        };
    }

    private string City() => random.Percent(45) ? random.Pick(pools.Cities) : random.Percent(70) ? random.Pick(pools.Towns) : Drawn(pools.Towns);

    private string PlaceName() => random.Next(100) switch { < 55 => City(), < 80 => random.Pick(pools.Countries), _ => random.Pick(pools.Regions) };

    private string Street()
    {
        var kind = random.Pick(Streets);
        var name = random.Percent(50) ? random.Pick(pools.CommonSurnames) : NamePools.Capital(random.Pick(pools.Nouns));
        return char.IsLower(kind[0]) ? $"{name}{kind} {1 + random.Next(200)}" : $"{1 + random.Next(9000)} {name} {kind}";
    }

    private string Plain(string slot) => slot switch
    {
        "noun" => random.Pick(pools.Nouns),
        "Noun" => NamePools.Capital(random.Pick(pools.Nouns)),
        "NOUN" => random.Pick(pools.Nouns).ToUpperInvariant(),
        "verb" => random.Pick(pools.Verbs),
        "Verb" => NamePools.Capital(random.Pick(pools.Verbs)),
        "VERB" => random.Pick(pools.Verbs).ToUpperInvariant(),
        "ed" => random.Pick(pools.Verbs) + "ed",
        "adj" => random.Pick(pools.Adjectives),
        "Adj" => NamePools.Capital(random.Pick(pools.Adjectives)),
        "ADJ" => random.Pick(pools.Adjectives).ToUpperInvariant(),
        "tech" or "Tech" => random.Pick(pools.Tech),
        "ACR" => random.Percent(50) ? random.Pick(pools.Acronyms) : string.Concat(Enumerable.Range(0, 2 + random.Next(4)).Select(_ => (char)('A' + random.Next(26)))),
        "orgw" => random.Pick(pools.OrgWords),
        "Orgw" => NamePools.Capital(random.Pick(pools.OrgWords)),
        "idw" => random.Pick(pools.IdWords),
        "IDW" => random.Pick(pools.IdWords).ToUpperInvariant(),
        "drug" => random.Pick(pools.Drugs),
        "Drug" => NamePools.Capital(random.Pick(pools.Drugs)),
        "ware" => random.Pick(pools.Wares),
        "Ware" => NamePools.Capital(random.Pick(pools.Wares)),
        "deutsch" => random.Pick(pools.German),
        "Deutsch" => NamePools.Capital(random.Pick(pools.German)),
        "other" => random.Pick(pools.Other),
        "Other" => NamePools.Capital(random.Pick(pools.Other)),
        "Eponym" => random.Pick(random.Percent(50) ? pools.CommonSurnames : pools.Surnames[0]),
        "Kompositum" => NamePools.Capital(random.Pick(pools.German)) + random.Pick(["", "s", "en"]) + random.Pick(pools.German) + random.Pick(["", "en", "e", "s", "n"]),
        "Color" => NamePools.Capital(random.Pick(Colors)),
        "word" => CodeWord(),
        "Word" => NamePools.Capital(CodeWord()),
        "Adv" => NamePools.Capital(random.Pick(pools.Adverbs)),
        "role" => NamePools.Capital(random.Pick(pools.Roles)),
        "job" => random.Pick(pools.Roles),
        "people" => random.Pick(pools.Peoples),
        "title" => random.Pick(Titles),
        "Pascal" => Joined(true, ""),
        "camel" => Joined(false, ""),
        "snake" => Joined(false, "_"),
        "kebab" => Joined(false, "-"),
        "UPPER" => Joined(false, "_").ToUpperInvariant(),
        "path" => "/" + string.Join('/', Enumerable.Range(0, 2 + random.Next(3)).Select(_ => random.Pick(pools.Nouns))),
        "letter" => ((char)('a' + random.Next(26))).ToString(),
        "color" => random.Pick(Colors),
        "Material" => random.Pick(Materials),
        "material" => random.Pick(Materials).ToLowerInvariant(),
        "month" => random.Pick(Months),
        "weekday" => random.Pick(Days),
        "year" => Number(1800 + random.Next(230)),
        "n" => Number(random.Next(random.Percent(50) ? 20 : 500)),
        "num" => Number(1000 + random.Next(9_000_000)),
        "zip" => Number(10000 + random.Next(90000)),
        "amount" => random.Pick(["$", "€", "£", "EUR ", ""]) + Number(random.Next(9000)) + random.Pick([".00", ".50", "", ".99"]),
        "phone" => $"+{1 + random.Next(98)} {100 + random.Next(900)} {1000000 + random.Next(8999999)}",
        "ip" => $"10.{random.Next(255)}.{random.Next(255)}.{random.Next(255)}",
        "plate" => $"{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))}-{1000 + random.Next(9000)}",
        "ver" => $"{random.Next(12)}.{random.Next(30)}.{random.Next(10)}",
        "hex" => string.Concat(Enumerable.Range(0, 8 + random.Next(32)).Select(_ => "0123456789abcdef"[random.Next(16)])),
        "time" => $"{random.Next(24):00}:{random.Next(60):00}" + (random.Percent(40) ? $":{random.Next(60):00}" : ""),
        "date" => random.Next(4) switch
        {
            0 => $"{1950 + random.Next(80)}-{1 + random.Next(12):00}-{1 + random.Next(28):00}",
            1 => $"{1 + random.Next(28)} {random.Pick(Months)} {1950 + random.Next(80)}",
            2 => $"{1 + random.Next(12):00}/{1 + random.Next(28):00}/{1950 + random.Next(80)}",
            _ => $"{random.Pick(Months)} {1 + random.Next(28)}, {1950 + random.Next(80)}",
        },
        "email" => $"{random.Pick(pools.CommonGiven).ToLowerInvariant()}.{random.Pick(pools.CommonSurnames).ToLowerInvariant()}@{random.Pick(pools.Nouns)}.example",
        _ => throw new InvalidDataException($"The template asks for {{{slot}}}, which nothing fills."),
    };

    /// <summary>A name as programs give to things: short, cut off, put together.</summary>
    private string CodeWord()
    {
        var word = random.Pick(random.Percent(60) ? pools.Nouns : pools.Verbs);
        return random.Next(100) switch
        {
            < 30 => random.Pick(pools.TechWords),
            < 50 => word[..Math.Min(word.Length, 2 + random.Next(4))],
            < 62 => string.Concat(word.Where((c, i) => i == 0 || !"aeiou".Contains(c, StringComparison.Ordinal))),
            < 75 => word + random.Pick(pools.Nouns),
            < 80 => word[..Math.Min(word.Length, 4)] + random.Pick(pools.Nouns)[..2],
            < 84 => ((char)('a' + random.Next(26))).ToString() + random.Pick(["", "1", "2", "x", "p"]),
            < 88 => random.Pick(["re", "un", "pre", "sub", "de", "multi", "auto"]) + word,
            _ => word,
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Joined(bool capital, string mark)
    {
        var parts = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Pick(random.Percent(70) ? pools.Nouns : pools.Verbs)).ToList();
        return string.Join(mark, parts.Select((part, i) => mark.Length == 0 && (capital || i > 0) ? NamePools.Capital(part) : part));
    }
}
