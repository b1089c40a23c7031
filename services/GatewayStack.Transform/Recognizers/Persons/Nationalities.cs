using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Nationalities as forms and notes give them: <c>nationalité belge</c>, <c>"nat": "DEU"</c>, <c>Hiroshi Tanabe, japonés, pasaporte TR4688520</c>.</summary>
internal static class Nationalities
{
    private const int Reach = 48;

    /// <summary>Adjectives that stand by themselves, in the languages of those who write them.</summary>
    public static readonly string[] Adjectives =
    [
        .. DemonymVerifier.Words.Where(w => char.IsAsciiLetterUpper(w[0])),
        .. ("deutsch französisch spanisch italienisch portugiesisch niederländisch belgisch österreichisch schweizerisch britisch irisch schwedisch norwegisch dänisch finnisch "
            + "polnisch tschechisch slowakisch ungarisch rumänisch bulgarisch griechisch kroatisch serbisch bosnisch "
            + "slowenisch albanisch ukrainisch russisch türkisch syrisch irakisch iranisch afghanisch ägyptisch marokkanisch tunesisch nigerianisch ghanaisch indisch "
                + "pakistanisch chinesisch japanisch koreanisch vietnamesisch amerikanisch kanadisch mexikanisch brasilianisch australisch staatenlos "
            + "allemand allemande espagnol espagnole italien italienne portugais portugaise néerlandais néerlandaise belge suisse autrichien autrichienne britannique anglais "
                + "anglaise irlandais irlandaise suédois suédoise polonais polonaise roumain roumaine bulgare grec grecque croate serbe "
            + "ukrainien ukrainienne russe turc turque syrien syrienne marocain marocaine algérien algérienne tunisien tunisienne sénégalais sénégalaise malien malienne "
                + "ivoirien ivoirienne camerounais camerounaise congolais congolaise nigérian nigériane égyptien égyptienne libanais libanaise "
            + "indien indienne chinois chinoise japonais japonaise vietnamien vietnamienne américain américaine canadien canadienne brésilien brésilienne français française "
            + "alemán alemana francés francesa español española italiano italiana portugués portuguesa neerlandés holandés holandesa belga suizo suiza austríaco británico "
                + "británica inglés inglesa irlandés irlandesa sueco sueca noruego noruega danés danesa polaco polaca rumano rumana búlgaro "
            + "griego griega ucraniano ucraniana ruso rusa turco turca marroquí argelino argelina senegalés senegalesa nigeriano nigeriana chino china japonés japonesa "
                + "estadounidense canadiense mexicano mexicana argentino argentina colombiano colombiana peruano peruana venezolano venezolana "
            + "ecuatoriano ecuatoriana chileno chilena boliviano boliviana uruguayo uruguaya cubano cubana dominicano dominicana brasileño brasileña "
            + "tedesco tedesca francese spagnolo spagnola portoghese olandese svizzero svizzera austriaco austriaca inglese irlandese svedese norvegese danese polacco polacca "
                + "ceco ceca ungherese rumeno rumena bulgaro bulgara greco greca croato croata serbo albanese ucraino ucraina russo russa "
            + "marocchino marocchina tunisino tunisina senegalese nigeriano egiziano egiziana indiano indiana pakistano cinese giapponese statunitense brasiliano brasiliana "
            + "alemão alemã francês espanhol espanhola holandês suíço suíça austríaca britânico inglês irlandês sueco norueguês dinamarquês polonês polonesa romeno romena grego "
                + "ucraniano russo angolano angolana moçambicano moçambicana cabo-verdiano cabo-verdiana guineense chinês japonês "
            + "japonesa americano americana brasileiro brasileira português "
            + "duits duitse frans franse spaans spaanse italiaans portugees nederlandse nederlands belgisch zwitsers oostenrijks brits britse iers zweeds noors deens pools "
                + "poolse tsjechisch hongaars roemeens bulgaars grieks kroatisch oekraïens oekraïense russisch turks turkse syrisch "
            + "marokkaans marokkaanse surinaams indiaas chinees japans amerikaans canadees "
            + "niemieckie niemiecka francuskie hiszpańskie włoskie polskie polska czeskie słowackie ukraińskie ukraińska białoruskie rosyjskie wietnamskie indyjskie "
            + "tysk tyska fransk franska spansk spanska italiensk svensk svenska norsk norska dansk danska finsk finska polsk polska rysk ryska ukrainsk ukrainska turkisk "
                + "syrisk irakisk iransk somalisk eritreansk kinesisk amerikansk brittisk").Split(' '),
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = Adjectives.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> English =
        Adjectives.Where(w => char.IsAsciiLetterUpper(w[0])).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others =
        Adjectives.Where(w => !char.IsAsciiLetterUpper(w[0])).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Countries by their codes (ISO 3166-1, of two and of three letters).</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Codes = (
        "AD AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BI BJ BO BR BW BY CA CD CG CH CI CL CM CN CO CR CU CV CY CZ DE DK DO DZ EC EE EG ER ES ET FI FR GA GB GE GH GM GN GR GT HK "
            + "HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KR KW KZ LA LB LK LR LT LU LV LY MA MD ME MG MK ML MM MN "
        + "MR MT MU MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PH PK PL PS PT PY QA RO RS RU RW SA SD SE SG SI SK SL SN SO SR SV SY TD TG TH TJ TM TN TR TT TW TZ UA UG US UY UZ "
            + "VE VN YE ZA ZM ZW "
        + "AFG AGO ALB AND ARE ARG ARM AUS AUT AZE BDI BEL BEN BFA BGD BGR BIH BLR BOL BRA BWA CAN CHE CHL CHN CIV CMR COD COG COL CPV CRI CUB CYP CZE DEU DNK DOM DZA ECU EGY "
            + "ERI ESP EST ETH FIN FRA GAB GBR GEO GHA GIN GMB GRC GTM HKG HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM "
        + "JOR JPN KAZ KEN KGZ KHM KOR KWT LAO LBN LBR LBY LKA LTU LUX LVA MAR MDA MDG MEX MKD MLI MLT MMR MNE MNG MOZ MRT MUS MYS NAM NER NGA NIC NLD NOR NPL NZL OMN PAK PAN "
            + "PER PHL POL PRT PRY PSE QAT ROU RUS RWA SAU SDN SEN SGP SLE SLV SOM SRB SUR SVK SVN SWE SYR TCD TGO THA TJK TKM TTO "
        + "TUN TUR TWN TZA UGA UKR URY USA UZB VEN VNM YEM ZAF ZMB ZWE D F I E P S N A B L").Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly ContextWords Papers = new(
        "passport", "passports", "passeport", "passeports", "pasaporte", "passaporte", "passaporto", "reisepass", "paspoort", "paszport", "visa", "visum", "residence",
        "citizen", "id", "dni", "nie", "cc", "born", "né", "née", "geboren", "geb", "nacido", "nacida", "nascido", "nascida",
        "nato", "nata", "urodzony", "urodzona", "ur", "född", "dob", "carta d'identità", "documento", "ausweis", "identiteitskaart", "dowód", "nasc", "nac", "permit", "aufenthaltstitel");

    private static readonly ContextWords Tongues = new("language", "languages", "speaks", "fluent", "translation", "translations", "sprachen", "sprache", "spricht", "langue",
        "langues", "parle", "idioma", "idiomas", "habla", "lingue", "lingua", "talen", "taal", "języki", "språk", "cuisine", "menu", "wine", "wines", "cheese");

    /// <summary>True for a nationality's adjective.</summary>
    public static bool IsAdjective(ReadOnlySpan<char> word) => Known.Contains(word);

    /// <summary>True for an adjective of English, which has a capital.</summary>
    public static bool IsEnglish(ReadOnlySpan<char> word) => English.Contains(word);

    /// <summary>True for one of a language that writes it small.</summary>
    public static bool IsRomance(ReadOnlySpan<char> word) => Others.Contains(word);

    /// <summary>True for a country's code.</summary>
    public static bool IsCode(ReadOnlySpan<char> word) => Codes.Contains(word);

    /// <summary>An adjective that is a clause of its own, behind a name or beside somebody's papers. One of several is a list of something else.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var before = text[..match.Start].TrimEnd(' ');
        var rest = text[(match.Start + match.Length)..];
        if (before.IsEmpty || before[^1] is not (',' or '(' or ';' or '|' or '–' or '-') || before.Length == match.Start && before[^1] is '-'
            || rest.IsEmpty || rest.TrimStart(' ') is not ([',' or ')' or ';' or '|' or '–' or '.' or '\n', ..] or [] or ['-', ' ', ..])
            || (rest[0] == ' ' && rest.TrimStart(' ') is ['.', ..]))
        {
            return Verdict.No;
        }

        var line = text[(before.LastIndexOf('\n') + 1)..match.Start];
        var near = rest[..Math.Min(rest.Length, Reach)];
        near = near.IndexOf('\n') is var end and >= 0 ? near[..end] : near;
        if (Tongues.FindBefore(text, match.Start, Reach) >= 0 || IsListed(line) || IsAdjective(FirstWord(near)))
        {
            return Verdict.No;
        }

        return Papers.FindBefore(near, near.Length, near.Length) >= 0 || Papers.FindBefore(text, match.Start, Reach) >= 0 ? new Verdict(match.Length, 0.8) : Verdict.No;
    }

    /// <summary>The clause before is another one.</summary>
    private static bool IsListed(ReadOnlySpan<char> line)
    {
        var clause = line.TrimEnd(" ,;(|–-");
        var start = clause.LastIndexOfAny(',', ';', '|') + 1;
        return IsAdjective(clause[start..].Trim());
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" ,;)|–-");
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[..end];
    }
}
