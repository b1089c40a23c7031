using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Dates;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>
/// Nationalities that a sentence gives somebody: "he is British", "Ola, Norwegian, needs a visa", "citoyenne suisse", "eine Dänin". What is not said of a person
/// ("it is Swiss made", "the Danish harbour") is none.
/// </summary>
internal static class Nationals
{
    private const double Said = 0.9;
    private const double Beside = 0.75;
    private const int SentenceReach = 90;

    /// <summary>Those who have a nationality, as nouns.</summary>
    private static readonly string[] People =
    [
        .. ("Däne Dänin Schwede Schwedin Pole Polin Finne Finnin Russe Russin Serbe Serbin Kroate Kroatin Bulgare Bulgarin Grieche Griechin Türke Türkin Franzose Französin "
            + "Brite Britin Ire Irin "
            + "Schotte Schottin Portugiese Portugiesin Rumäne Rumänin Ungar Ungarin Tscheche Tschechin Slowake Slowakin Slowene Slowenin Este Estin Lette Lettin Litauer "
                + "Litauerin Ukrainer "
            + "Ukrainerin Italiener Italienerin Spanier Spanierin Niederländer Niederländerin Belgier Belgierin Schweizerin Österreicher Österreicherin Engländer Engländerin "
                + "Norweger Norwegerin "
            + "Isländer Isländerin Albaner Albanerin Bosnier Bosnierin Mazedonier Syrer Syrerin Iraker Irakerin Iraner Iranerin Afghane Afghanin Chinese Chinesin Japaner "
                + "Japanerin Koreaner Koreanerin "
            + "Vietnamese Vietnamesin Inder Inderin Amerikaner Amerikanerin Kanadier Kanadierin Mexikaner Brasilianer Brasilianerin Ägypter Marokkaner Marokkanerin Tunesier "
                + "Nigerianer Nigerianerin "
            + "Ghanaer Ghanaerin Eritreer Eritreerin Deutscher "
            + "Dane Swede Finn Spaniard Scot Scotswoman Scotsman Irishman Irishwoman Englishman Englishwoman Frenchman Frenchwoman Dutchman Dutchwoman Welshman Welshwoman Turk "
                + "Briton Norwegian "
            + "Pool Poolse Deen Zweed Duitser Fransman Spanjaard Italiaan Belg Brit Engelsman Ier Noor Rus Turk Griek Kroaat Oekraïner Oekraïense "
            + "Polak Polka Niemiec Niemka Ukrainiec Ukrainka Rosjanin Rosjanka Czech Czeszka Słowak Litwin Litwinka Białorusin Włoch Włoszka Francuz Francuzka Hiszpan Hiszpanka "
                + "Anglik Szwed Duńczyk "
            + "Norweżka Rumun Rumunka Węgier Wietnamczyk").Split(' '),
    ];

    /// <summary>Forms that the lists of adjectives for forms and notes do not have.</summary>
    private static readonly string[] Inflected =
    [
        .. ("svenskt norskt danskt tyskt finskt polskt brittiskt franskt italienskt spanskt ukrainskt ryskt turkiskt syriskt irakiskt somaliskt somaliska eritreanska afghanska "
            + "irakiska syriska iranska "
            + "tchèque slovaque hongrois hongroise lituanien lituanienne letton lettone estonien estonienne finlandais finlandaise norvégien norvégienne danois danoise albanais "
                + "albanaise "
            + "bosniaque slovène afghan afghane irakien irakienne iranien iranienne haïtien haïtienne malgache comorien comorienne béninois béninoise togolais togolaise "
            + "litewski litewska niemiecki francuski francuska hiszpański hiszpańska włoski włoska polski czeski czeska słowacki słowacka ukraiński białoruski białoruska "
                + "rosyjski rosyjska "
            + "rumuński rumuńska brytyjski brytyjska wietnamski wietnamska "
            + "checo checa húngaro húngara eslovaco eslovaca lituano lituana letón letona estonio estonia finlandés finlandesa albanés albanesa sirio siria paraguayo paraguaya "
                + "hondureño hondureña "
            + "guatemalteco guatemalteca salvadoreño salvadoreña nicaragüense costarricense panameño panameña "
            + "lettone estone finlandese slovacco slovacca sloveno slovena peruviano peruviana ecuadoriano ecuadoriana filippino filippina moldavo moldava afgano afgana "
            + "polaco polaca búlgara ucraniana timorense são-tomense bengalese pakistana cingalese nepalese eritreo eritrea somalo somala maliano maliana ghanese ivoriano "
                + "ivoriana camerunese "
            + "bangladesí pakistaní filipino filipina hondureño nepalí ghanés guineano guineana maliense gambiano gambiana").Split(' '),
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Nouns = WordSet.Of(string.Join(' ', People.Distinct()));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Citizens = WordSet.Of(
        "citoyen citoyenne citoyens ressortissant ressortissante ressortissants nationalité ciudadano ciudadana ciudadanos nacionalidad cidadão cidadã cidadãos nacionalidade "
            + "cittadino cittadina cittadini "
            + "cittadinanza nazionalità obywatel obywatelka obywatela obywatelki obywatelem obywatelką obywatelstwo obywatelstwa medborgarskap medborgare");

    /// <summary>Persons before their adjective, as Romance languages put it: <c>una ingeniera chilena</c>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Described = WordSet.Of(
        "homme femme monsieur madame garçon fille élève étudiant étudiante patient patiente collègue ami amie voisin voisine mari épouse époux compagnon compagne chauffeur "
            + "chauffeuse développeur "
            + "développeuse ingénieur ingénieure médecin infirmier infirmière avocat avocate professeur joueur joueuse client cliente touriste stagiaire salarié salariée "
                + "ouvrier ouvrière artiste auteur "
        + "hombre mujer señor señora chico chica niño niña estudiante alumno alumna paciente compañero compañera amigo amiga vecino vecina marido esposa esposo pareja conductor "
            + "conductora ingeniero "
            + "ingeniera médico médica enfermero enfermera abogado abogada profesor profesora jugador jugadora cliente clienta turista trabajador trabajadora empleado empleada "
                + "técnico técnica "
        + "uomo donna signore signora ragazzo ragazza bambino bambina studente studentessa paziente collega amico amica vicino vicina marito moglie compagno compagna autista "
            + "ingegnere dottore dottoressa "
            + "infermiere infermiera avvocato avvocata giocatore giocatrice dipendente operaio operaia badante turista "
        + "homem mulher senhor senhora rapaz rapariga menino menina aluno aluna doente utente colega vizinho vizinha esposo motorista engenheiro engenheira enfermeiro "
            + "enfermeira advogado advogada "
            + "jogador jogadora trabalhador trabalhadora funcionário funcionária");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Persons = WordSet.Of(
        "citizenship nationality nationaliteit medborgare medborgarskap staatsbürger staatsbürgerin named called guest pupil lad lass postdoc seamstress driver skipper crewman "
            + "lodger tenant "
            + "intern apprentice trainee volunteer surgeon midwife carer nanny cleaner welder electrician plumber farmer waiter waitress hiker climber sailor rower skater skier "
                + "surfer jockey flatmate "
            + "roommate landlord landlady widow widower pensioner toddler teenager bride groom fiancé fiancée au-pair "
            + "kollegin kollege fahrer fahrerin gast nachbar nachbarin schülerin schüler praktikant praktikantin");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Copulas = WordSet.Of(
        "is was am are i'm he's she's they're ist war bin sind waren est suis était sont sommes es soy era son somos è sono siamo é sou são era ben zijn jest jestem jesteśmy są "
            + "był była är var");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pronouns = WordSet.Of(
        "i he she we they i'm he's she's we're they're ich er sie wir je il elle nous ils elles yo él ella nosotros ellos ellas io lui lei noi loro eu ele ela nós eles elas ik "
            + "hij zij ze wij on ona oni "
            + "ja my jag han hon vi de who wer qui quien chi quem wie");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Joints = WordSet.Of("and but und aber et mais y pero e ma mas en maar i ale och men with mit "
        + "by since who");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = WordSet.Of("a an ein eine einen einem einer der die den dem een un une jakiś en");

    /// <summary>What the rows wait for.</summary>
    public static string[] Words { get; } = [.. Nationalities.Adjectives.Concat(Inflected).Concat(People).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True for a word for a nationality.</summary>
    public static bool Is(ReadOnlySpan<char> word) => Nouns.Contains(word) || Nationalities.IsAdjective(word) || Inflections.Contains(word);

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var word = match.Value;
        var end = match.Start + match.Length;
        var isNoun = Nouns.Contains(word);
        var isUpper = char.IsUpper(word[0]);
        if ((end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '\'' or '’' or '/')) || match.At(-1) is '-' or '_' or '/' or '.' or '@'
            || (isUpper ? !isNoun && !IsEnglish(word) && !IsLineStart(text, match.Start) : isNoun && !Nationalities.IsAdjective(word) && !Inflections.Contains(word))
            || (!isUpper && IsEnglish(word) && !Nationalities.IsRomance(word)))
        {
            return Verdict.No;
        }

        var before = WordBefore(text, match.Start, out var at);
        var next = WordAt(text, end);
        if (Citizens.Contains(before) || (!isUpper && Described.Contains(before)) || (Persons.Contains(next) && !before.IsEmpty && !Copulas.Contains(before)))
        {
            return new Verdict(match.Length, Said);
        }

        if (isNoun && isUpper && Articles.Contains(before) && (ClosesClause(text, end) || Persons.Contains(next)))
        {
            return new Verdict(match.Length, Beside);
        }

        if (Copulas.Contains(before))
        {
            return EndsClause(text, end) && (HasSubject(text, before, at) || IsBeforeAge(text, end)) ? new Verdict(match.Length, Said) : Verdict.No;
        }

        return IsApposition(text, match.Start, end) ? new Verdict(match.Length, Beside) : Verdict.No;
    }

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Inflections = WordSet.Of(string.Join(' ', Inflected));

    private static bool IsEnglish(ReadOnlySpan<char> word) => Nationalities.IsEnglish(word);

    private static bool IsLineStart(ReadOnlySpan<char> text, int at) => at == 0 || text[..at].TrimEnd(' ') is [] or [.., '.' or '\n' or ':' or '|' or '('];

    /// <summary>Who it is that "is": a pronoun, a name, or whoever the sentence has begun with.</summary>
    private static bool HasSubject(ReadOnlySpan<char> text, ReadOnlySpan<char> copula, int at)
    {
        if (Pronouns.Contains(copula))
        {
            return true;
        }

        var before = text[..at].TrimEnd(' ');
        var comma = before is [.., ','];
        var subject = WordBefore(text, comma ? before.Length - 1 : at, out var start);
        if (Pronouns.Contains(subject) || AgeWords.Of(subject) == AgeWord.Person || IsName(text, subject, start)
            || (comma && subject.Length > 1 && char.IsUpper(subject[0]) && !NameWords.IsOther(subject)))
        {
            return true;
        }

        if (!Joints.Contains(subject))
        {
            return false;
        }

        // "She grew up in Ostrava and is Czech."
        var sentence = text[Math.Max(0, start - SentenceReach)..start];
        sentence = sentence[(sentence.LastIndexOfAny('.', '\n', ';') + 1)..];
        foreach (var range in sentence.Split(' '))
        {
            if (Pronouns.Contains(sentence[range].Trim(",")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Before an age, between commas: <c>the pilot is Swiss, 28, and ...</c>.</summary>
    private static bool IsBeforeAge(ReadOnlySpan<char> text, int end) =>
        text[end..] is [',', ' ', >= '1' and <= '9', >= '0' and <= '9', ',' or '.' or ')' or ';', ..];

    /// <summary>A clause of its own behind a name, or behind a name and an age: <c>Mateus Carvalho, 16, Brazilian, ...</c>, <c>Aurel Popescu (roumain)</c>.</summary>
    private static bool IsApposition(ReadOnlySpan<char> text, int start, int end)
    {
        var before = text[..start].TrimEnd(' ');
        if (before is not [.., ',' or '('] || !ClosesClause(text, end))
        {
            return false;
        }

        var at = before.Length - 1;
        var clause = text[..at].TrimEnd(" ,");
        var digits = clause.Length;
        while (digits > 0 && char.IsAsciiDigit(clause[digits - 1]))
        {
            digits--;
        }

        if (clause.Length - digits is 1 or 2 && clause[..digits].TrimEnd(' ') is [.., ','] named)
        {
            at = named.Length - 1;
        }

        var word = WordBefore(text, at, out var first);
        return IsName(text, word, first) && !LegalForms.Is(word);
    }

    /// <summary>A given name, or a word with a capital behind another one or a title.</summary>
    private static bool IsName(ReadOnlySpan<char> text, ReadOnlySpan<char> word, int start)
    {
        if (word.Length < 2 || !char.IsUpper(word[0]) || !word.ContainsAnyInRange('a', 'z') || NameWords.IsOther(word))
        {
            return false;
        }

        if (NameWords.IsGiven(word))
        {
            return true;
        }

        var first = start > 0 && text[start - 1] is ' ' or '-' ? WordBefore(text, start - 1, out _) : default;
        return first.Length > 0
            && (NameWords.IsGiven(first) || NameWords.IsTitle(first) || NameWords.IsParticle(first) || (first.Length > 1 && char.IsUpper(first[0]) && !NameWords.IsOther(first)));
    }

    private static bool EndsClause(ReadOnlySpan<char> text, int end) => ClosesClause(text, end) || (text[end] == ' ' && Joints.Contains(WordAt(text, end)));

    private static bool ClosesClause(ReadOnlySpan<char> text, int end) =>
        end >= text.Length || text[end] is ',' or ')' or ';' or '.' or '!' or '?' or '\n' or '\r' || text[end..].StartsWith(" – ") || text[end..].StartsWith(" - ");

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at)
    {
        at += at < text.Length && text[at] == ' ' ? 1 : 0;
        var end = at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '-'))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end, out int start)
    {
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        start = end;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] is '\'' or '’' or '-'))
        {
            start--;
        }

        return text[start..end];
    }
}
