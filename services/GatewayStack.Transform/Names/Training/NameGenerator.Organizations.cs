using System.Text;

namespace GatewayStack.Transform.Names.Training;

/// <content>Names of organisations.</content>
internal sealed partial class NameGenerator
{
    private const int PatternedOf100 = 35;

    private static readonly string[] Legal =
    [
        "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp", "Corp.", "Corporation", "GmbH", "AG", "KG", "S.A.", "SARL", "S.p.A.", "B.V.", "plc", "Oy", "AB",
        "A/S", "Pty Ltd", "Co.", "& Co", "Group", "Holdings", "LLP", "Limited", "e.V.", "SE", "GmbH & Co. KG",
    ];

    private static readonly string[] Bands =
    [
        "The {Noun}s", "The {Adj} {Noun}s", "{Adj} {Noun}", "{Noun} {Noun}", "{Noun}", "The {Noun}", "{Noun} and the {Noun}s", "{given} and the {Noun}s", "{Noun} of {Noun}",
        "{sur} {Noun} Band", "{Noun} [Orchestra|Quartet|Ensemble|Choir|Trio]", "{n} {Noun}s",
    ];

    private string Company()
    {
        string Word() => NamePools.Capital(random.Pick(random.Percent(70) ? pools.Nouns : pools.Adjectives));
        if (random.Percent(PatternedOf100))
        {
            return Patterned();
        }

        return random.Next(100) switch
        {
            < 40 => random.Pick(pools.Organizations),
            < 46 => $"{Surname(0)} {random.Pick(Legal)}",
            < 50 => $"{Surname(0)} & {Surname(0)}",
            < 54 => $"{Surname(0)}, {Surname(0)} and {Surname(0)}",
            < 58 => $"{Surname(0)} {NamePools.Capital(random.Pick(pools.OrgWords))}",
            < 64 => $"{City()} {NamePools.Capital(random.Pick(pools.OrgWords))}",
            < 68 => $"University of {City()}",
            < 71 => $"{NamePools.Capital(random.Pick(pools.OrgWords))} of {PlaceName()}",
            < 74 => $"{PlaceName()} {Word()} {NamePools.Capital(random.Pick(pools.OrgWords))}",
            < 80 => $"{Word()} {Word()} {random.Pick(Legal)}",
            < 84 => $"{City()} {Word()} {NamePools.Capital(random.Pick(pools.OrgWords))}",
            < 88 => $"{Word()}{random.Pick(["ify", "ly", "tec", "Soft", "Works", "Net", "Lab", "Pay", "Cloud", "Hub", "ware", "ora", "ix"])} {random.Pick(Legal)}",
            < 91 => $"{Word()}{random.Pick(["Soft", "Works", "Net", "Lab", "Pay", "Cloud", "Hub", "ware", "ora", "ix"])}",
            < 94 => $"{Surname(0)} {Word()} {random.Pick(Legal)}",
            < 97 => $"{random.Pick(pools.Peoples)} {Word()} {NamePools.Capital(random.Pick(pools.OrgWords))}",
            _ => $"{Word()} for {Word()} {random.Pick(["Foundation", "Trust", "Society", "Alliance", "Network"])}",
        };
    }

    /// <summary>One of the patterns of a list: what clinics, schools, firms and clubs are called in several languages.</summary>
    private string Patterned() => OneOf(pools.OrgPatterns);

    private string OneOf(string[] patterns)
    {
        var name = new StringBuilder();
        Fill(random.Pick(patterns), name);
        return Tidy(name);
    }

    private static string Tidy(StringBuilder name) =>
        name.ToString().Replace("  ", " ", StringComparison.Ordinal).Replace("' ", "'", StringComparison.Ordinal).Trim();

    private void Fill(ReadOnlySpan<char> pattern, StringBuilder into)
    {
        while (!pattern.IsEmpty)
        {
            var close = pattern[0] switch { '[' => pattern.IndexOf(']'), '{' => pattern.IndexOf('}'), _ => -1 };
            if (close < 0)
            {
                into.Append(pattern[0]);
                pattern = pattern[1..];
                continue;
            }

            if (pattern[0] == '[')
            {
                Fill(random.Pick(pattern[1..close].ToString().Split('|')), into);
            }
            else
            {
                into.Append(Part(pattern[1..close].ToString()));
            }

            pattern = pattern[(close + 1)..];
        }
    }

    private string Part(string slot) => slot switch
    {
        "Own" => random.Next(100) switch { < 50 => Surname(random.Percent(80) ? 0 : 1), < 75 => City(), < 85 => Part("Wort"), _ => Part("Noun") },
        "sur" => Surname(random.Percent(80) ? 0 : 1),
        "given" => GivenName(random.Percent(80) ? 0 : 1),
        "city" => City(),
        "region" => random.Pick(pools.Regions),
        "Wort" => NamePools.Capital(random.Pick(pools.Other)),
        _ => Plain(slot),
    };
}
