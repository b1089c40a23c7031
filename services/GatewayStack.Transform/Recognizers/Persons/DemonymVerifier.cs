using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>A nationality before the word for a person: "the Norwegian colleague", "dänischer Staatsangehöriger". Before anything else ("Danish pastry") it is none.</summary>
internal static class DemonymVerifier
{
    /// <summary>Nationalities as adjectives, in the forms that stand before a noun.</summary>
    public static readonly string[] Words =
    [
        .. ("American German French Spanish Italian Portuguese Dutch Belgian Swiss Austrian British English Scottish Welsh Irish Swedish Norwegian Danish Finnish Icelandic "
            + "Polish Czech Slovak Hungarian Romanian Bulgarian Greek Croatian Serbian Bosnian Slovenian Albanian "
            + "Ukrainian Russian Belarusian Turkish Israeli Lebanese Syrian Iraqi Iranian Egyptian Moroccan Algerian Tunisian Nigerian Ghanaian Kenyan Ethiopian Indian "
                + "Pakistani Bangladeshi Nepali Chinese Taiwanese Japanese Korean Vietnamese Thai Filipino "
            + "Indonesian Malaysian Australian Canadian Mexican Brazilian Argentine Argentinian Chilean Colombian Peruvian Venezuelan Cuban Jamaican Estonian Latvian Lithuanian "
            + "Afghan Angolan Armenian Azerbaijani Bengali Bolivian Burmese Cambodian Cameroonian Congolese Cypriot Dominican Ecuadorian Emirati Eritrean Gambian Guatemalan "
                + "Haitian Honduran "
            + "Ivorian Jordanian Kazakh Kosovan Kuwaiti Kyrgyz Laotian Liberian Libyan Luxembourgish Macedonian Malagasy Malawian Malian Maltese Mauritian Moldovan Mongolian "
                + "Montenegrin "
            + "Mozambican Namibian Nepalese Nicaraguan Omani Palestinian Panamanian Paraguayan Qatari Rwandan Salvadoran Saudi Senegalese Singaporean Somali Sudanese Tajik "
                + "Tanzanian "
            + "Togolese Tongan Ugandan Uruguayan Uzbek Yemeni Zambian Zimbabwean").Split(' ').Distinct(),
        .. ("deutsch französisch spanisch italienisch portugiesisch niederländisch belgisch österreichisch britisch englisch irisch schwedisch norwegisch dänisch finnisch "
            + "polnisch tschechisch slowakisch ungarisch rumänisch bulgarisch griechisch kroatisch serbisch "
            + "bosnisch ukrainisch russisch türkisch syrisch irakisch iranisch ägyptisch marokkanisch nigerianisch indisch pakistanisch chinesisch japanisch koreanisch "
                + "vietnamesisch amerikanisch kanadisch mexikanisch brasilianisch australisch")
            .Split(' ').SelectMany(w => new[] { w + "er", w + "e", w + "en" }),
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Persons = WordSet.Of(
        "national nationals citizen citizens passport man woman boy girl student teacher nurse doctor engineer lawyer architect colleague colleagues friend neighbour neighbor "
            + "wife husband mother father partner girlfriend boyfriend author writer poet novelist painter sculptor "
        + "composer singer musician pianist violinist conductor actor actress director filmmaker photographer artist designer philosopher historian physicist chemist biologist "
            + "mathematician astronomer scientist economist politician president minister king queen diplomat general "
        + "soldier gunner sailor captain explorer inventor entrepreneur businessman businesswoman player footballer striker goalkeeper cyclist swimmer runner athlete coach "
            + "programmer developer researcher professor scholar linguist theologian monk nun priest bishop tourist "
        + "immigrant refugee expat worker chef cook journalist reporter publisher dancer choreographer guitarist drummer bassist producer "
        + "staatsangehöriger staatsangehörige staatsangehörigen staatsbürger staatsbürgerin staatsangehörigkeit staatsbürgerschaft pass physiker physikerin chemiker komponist "
            + "komponistin maler malerin schriftsteller schriftstellerin autor autorin dichter sänger sängerin "
        + "ingenieur ingenieurin arzt ärztin kollege kollegin freund freundin student studentin politiker politikerin architekt architektin spieler spielerin mathematiker "
            + "philosoph historiker");

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at >= text.Length || text[at] != ' ' || char.IsLetterOrDigit(match.At(-1)) || match.At(-1) is '-' or '_')
        {
            return Verdict.No;
        }

        var end = ++at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '-'))
        {
            end++;
        }

        if (text[at..end] is "national" && end + 1 < text.Length && text[end] == ' ' && char.IsLetter(text[end + 1])
            && text[(end + 1)..] is not (['w', 'h' or 'i', ..] or ['i', 'n' or 's', ' ', ..] or ['a', 'n', 'd', ..] or ['l', 'i', 'v', ..] or ['o', 'f', ' ', ..] or ['f', 'r',
            'o', 'm', ..]))
        {
            // A Thai national ID, the Danish national team.
            return Verdict.No;
        }

        return Persons.Contains(text[at..end]) ? new Verdict(match.Length, 0.8) : Verdict.No;
    }
}
