using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Names behind a small word for who somebody is to the writer, where no other word has a capital: <c>o padrinho Éverton</c>, <c>plumber (Errol)</c>.</summary>
internal static class RelatedNames
{
    private const double Full = 0.85;
    private const double Single = 0.72;
    private const int Shortest = 3;

    /// <summary>Kin, friends, neighbours and those who come to the house.</summary>
    public static readonly string[] Words =
    [
        .. ("brother sister mother father mum mom dad daughter husband wife uncle aunt auntie cousin niece nephew grandma grandpa granny nana neighbour neighbor friend colleague boyfriend "
            + "girlfriend fiancé fiancée plumber electrician landlord landlady nurse carer midwife babysitter nanny gardener cleaner coach dentist classmate flatmate roommate "
            + "hermano hermana madre padre hijo hija marido esposa esposo mujer tío tía primo sobrino sobrina abuelo abuela vecino vecina amigo amiga novio novia cuñado cuñada suegra suegro "
            + "fontanero electricista enfermera canguro compañero compañera casera casero yerno nuera nieto nieta "
            + "irmão irmã mãe pai filho filha sobrinho sobrinha avó avô vizinho vizinha namorado namorada cunhado cunhada sogra sogro padrinho madrinha afilhado afilhada encanador eletricista "
            + "enfermeira diretora diretor professora professor babá faxineira colega senhorio genro nora neto neta mulher tia tio "
            + "fratello sorella figlio figlia marito moglie zio zia cugino cugina nipote nonno nonna vicino vicina amico amica fidanzato fidanzata cognato cognata suocera idraulico elettricista "
            + "infermiera maestra collega compagno compagna badante "
            + "frère sœur mère père fils fille mari femme oncle cousine neveu nièce mamie papi voisin voisine ami amie copain copine fiancé beau-frère belle-sœur plombier électricien infirmière "
            + "nounou maîtresse collègue compagnon compagne "
            + "broer zus moeder vader zoon dochter vrouw oom tante neef oma opa buurman buurvrouw buur vriend vriendin schoonzus zwager loodgieter elektricien huisbaas bewoner bewoonster "
            + "verpleegster oppas collega juf meester kleinzoon kleindochter "
            + "brat siostra matka ojciec syn córka mąż żona wujek ciocia kuzyn kuzynka babcia dziadek sąsiad sąsiadka kolega koleżanka przyjaciel przyjaciółka narzeczony narzeczona teściowa szwagier "
            + "hydraulik elektryk pielęgniarka niania wnuk wnuczka "
            + "bratr sestra matka otec dcera manžel manželka strýc teta bratranec sestřenice babička dědeček děda soused sousedka kamarád kamarádka kolega kolegyně přítel přítelkyně tchyně švagr "
            + "instalatér elektrikář sestřička chůva vnuk vnučka syn švagrová manžela manželku "
            + "sused suseda kamarát manžela brat dcéra starká starký "
            + "szomszéd fiam lányom férjem feleségem bátyám öcsém nővérem húgom anyám apám nagymama nagypapa barátom barátnőm kolléga kolléganő unokatestvérem sógorom vízszerelő villanyszerelő "
            + "frate sora mama tata fiul fiica soțul soția unchiul mătușa vărul bunica bunicul vecinul vecina prietenul prietena colegul colega cumnata instalatorul asistenta "
            + "kardeşim abim ablam annem babam oğlum kızım eşim amcam dayım teyzem halam kuzenim komşum komşu arkadaşım tesisatçı elektrikçi "
            + "veli sisko äiti isä poika tytär mies vaimo setä täti serkku mummo pappa naapuri kaveri ystävä putkimies kollega "
            + "bror søster syster mor søn sønn datter dotter mand onkel farbror moster faster fætter kusine kusin bedstemor bestemor mormor farmor morfar farfar nabo granne "
            + "grannen naboen ven venn vän kollega kæreste kjæreste sambo rørlegger rörmokare "
            + "brat sestra majka otac kći suprug supruga ujak tetka rođak baka djed susjed susjeda komšija prijatelj prijateljica kolega kolegica vodoinstalater sosed soseda mož žena "
            + "брат сестра мать отец сын дочь муж жена дядя тётя бабушка дедушка сосед соседка друг подруга коллега сантехник электрик няня внук внучка тёща свекровь зять "
            + "син дочка чоловік дружина дядько тітка бабуся дідусь сусід сусідка подруга колега сантехнік онук мама тато мама папа "
            + "съсед съседка приятел колега съпруг съпруга комшија комшиница супруг супруга "
            + "αδερφός αδερφή μητέρα πατέρας γιος κόρη σύζυγος θείος θεία γείτονας γειτόνισσα φίλος φίλη υδραυλικός").Split(' ').Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Words with a capital that stand behind these and are nobody's name.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others = WordSet.Of(
        "geral executivo financeiro adjunto técnico comercial clínico facebook instagram whatsapp telegram google uber english spanish french german christmas easter god jesus mary day church teresa nature earth board country nbsp tongue company site id nr no");

    /// <summary>True where a name may follow a word that is written small.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int gate, int gateLength) =>
        char.IsLower(text[gate]) && (gate == 0 || text[gate - 1] is not ('-' or '_' or '/' or '.' or '@' or '\'' or '=')) && Read(text, gate + gateLength).Words > 0;

    /// <summary>The name.</summary>
    public static Verdict Verify(in Match match)
    {
        var name = Read(match.Text, match.Start + match.Length);
        return name.Words == 0 ? Verdict.No : new Verdict(name.End - name.Start, name.Words > 1 || name.IsKnown ? Full : Single, name.Start - match.Start);
    }

    private static NameShape Read(ReadOnlySpan<char> text, int at)
    {
        var isBracketed = at + 1 < text.Length && text[at] == ' ' && text[at + 1] == '(';
        var start = at + (isBracketed ? 2 : 1);
        if (start >= text.Length || text[at] != ' ' || !char.IsUpper(text[start]))
        {
            return default;
        }

        var name = NameShape.Read(text, start);
        var first = NameShape.Word(text, name.Start);
        return name.Words is >= 1 and <= 3 && first.Length >= Shortest && char.IsLower(first[^1]) && !Others.Contains(first) && !Nationalities.IsAdjective(first)
            && (!isBracketed || name.End < text.Length && text[name.End] is ')' or ',') ? name : default;
    }
}
