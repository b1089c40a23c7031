using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Names behind a title, a greeting or the end of a letter, and before a mail address.</summary>
internal static class TitledNames
{
    private const int LongestSignature = 32;

    /// <summary>So long is a title that is cut short with a point.</summary>
    private const int LongestShort = 4;

    /// <summary>Words that offices and teams sign with.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Offices = WordSet.Of(
        "ihre ihr euer eure dein deine der die das le les el los il lo the your votre vos departamento departement département serviços servicios servizi servizio direção dirección direzione "
            + "direktion ufficio oficina gabinete abteilung verwaltung redaktion geschäftsstelle dział zespół biuro oddział oddělení osztály iroda birou departamentul ekibi avdelning avdelingen "
            + "afdeling afdelingen kundtjänst kundeservice asiakaspalvelu");

    /// <summary>Titles, with the forms of other languages.</summary>
    public static readonly string[] Titles =
        ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "herr", "herrn", "frau", "monsieur", "madame", "mme", "mlle", "señor", "señora", "sra", "signor", "signora",
        "sig", "dott", "dhr", "mevr", "mx", "rev", "avv", "geom", "ing", "anh", "chị", "cô", "chú", "bác", "bà", "ông", "thầy", "pán", "paní", "tante", "oom", "juf", "mw", "mgr", "bc", "judr", "mudr", "phdr", "rndr", "dipl-ing", "don", "doña", "dona", "senhor",
        "senhora", "srta", "sayın", "domnul", "doamna", "dl", "dna", "gospodin", "gospođa", "gospa", "herra", "rouva", "bapak", "ibu", "pak", "encik", "puan", "tuan"];

    /// <summary>Titles that are written small as well, before a name.</summary>
    public static readonly string[] SmallTitles =
        ["dhr", "mw", "mevr", "mevrouw", "meneer", "juf", "oom", "tante", "pan", "pana", "panu", "panem", "panią", "pani", "paní", "pán", "pána", "pánovi", "pane", "slečna", "slečny",
        "herr", "fru", "hr", "frk", "fröken", "frøken", "domnul", "doamna", "signor", "signora", "señor", "señora", "senhor", "senhora", "dona", "doña", "gospodin", "gospođa", "gospa",
        "herra", "rouva", "sayın", "anh", "chị", "cô", "chú", "bác", "bà", "ông", "thầy", "bapak", "ibu"];

    /// <summary>Beginnings of letters, with the blank behind them.</summary>
    public static readonly string[] Greetings =
    [
        "dear ", "hi ", "hello ", "hey ", "hallo ", "liebe ", "lieber ", "cher ", "chère ", "bonjour ",
        "hei ", "hej ", "moi ", "terve ", "ahoj ", "čau ", "szia ", "kedves ", "dragă ", "bună ", "salut ", "salutare ", "merhaba ", "selam ", "cześć ", "drogi ", "droga ", "witaj ", "kære ",
        "kjære ", "olá ", "oi ", "prezado ", "prezada ", "egregio ", "gentilissimo ", "gentilissima ", "buongiorno ", "buonasera ", "bom dia ", "boa tarde ", "buenos días ",
        "buenas tardes ", "goedemorgen ", "goedemiddag ", "goedenavond ", "hoi ", "dag ", "moin ", "servus ", "guten tag ", "guten morgen ", "dobrý den ", "dobré ráno ", "dobrý deň ",
        "dobar dan ", "pozdrav ", "živjo ", "zdravo ", "bok ", "sveiki ", "labas ", "tere ", "chào ", "kính gửi ", "thân gửi ", "halo ", "привет, ", "привет ", "здравствуйте, ",
        "добрый день, ", "добрый день ", "дорогой ", "дорогая ", "уважаемый ", "уважаемая ", "привіт, ", "привіт ", "добрий день, ", "шановний ", "шановна ", "здравей, ", "здраво ",
        "γεια σου ", "αγαπητέ ", "αγαπητή ",
        "hola ", "estimado ", "estimada ", "querido ", "querida ", "caro ", "cara ", "ciao ", "gentile ", "beste ",
    ];

    /// <summary>Ends of letters.</summary>
    public static readonly string[] Closings =
    [
        "sincerely", "regards", "best wishes", "thanks", "thank you", "many thanks", "cheers", "yours truly", "yours faithfully", "respectfully", "cordially", "warmly", "best",
        "mit freundlichen grüßen", "viele grüße",
        "beste grüße", "liebe grüße", "freundliche grüße", "cordialement", "bien à vous", "saludos", "un saludo", "atentamente", "cordiali saluti", "distinti saluti",
        "atenciosamente", "met vriendelijke groet", "groeten", "mvh",
        "gruß", "lg", "vg", "mfg", "beste grüsse", "herzliche grüße", "liebe grüsse", "danke", "danke dir", "s pozdravem", "s úctou", "díky", "děkuji", "zdravím", "s pozdravom", "ďakujem",
        "üdvözlettel", "üdv", "köszönettel", "tisztelettel", "köszönöm", "pozdrawiam", "pozdrawiam serdecznie", "z poważaniem", "dziękuję", "pozdrowienia", "cu stimă", "cu respect",
        "mulțumesc", "saygılarımla", "saygılar", "teşekkürler", "teşekkür ederim", "sevgiler", "terveisin", "ystävällisin terveisin", "terveiset", "kiitos", "hilsen", "med venlig hilsen",
        "venlig hilsen", "vennlig hilsen", "vh", "hälsningar", "med vänliga hälsningar", "vänliga hälsningar", "vänligen", "tack", "tak", "takk", "kram", "kveðja", "lugupidamisega",
        "tervitades", "ar cieņu", "paldies", "pagarbiai", "ačiū", "lp", "lep pozdrav", "srdačan pozdrav", "s poštovanjem", "hvala", "с уважением", "спасибо", "з повагою",
        "дякую", "поздрави", "поздрав", "με εκτίμηση", "ευχαριστώ", "trân trọng", "thân mến", "cảm ơn", "hormat saya", "salam", "terima kasih", "obrigado", "obrigada", "cumprimentos",
        "com os melhores cumprimentos", "melhores cumprimentos", "abraço", "abraços", "beijinhos", "grazie", "cordialmente", "un abbraccio", "a presto", "saluti", "gracias", "saludos cordiales",
        "un abrazo", "besos", "merci", "bien cordialement", "bisous", "amitiés", "met vriendelijke groeten", "groet", "groetjes", "bedankt", "xx",
        "ขอแสดงความนับถือ", "ด้วยความเคารพ", "مع خالص التحية", "مع التحية", "تحياتي", "وتفضلوا بقبول فائق الاحترام", "با احترام", "בברכה", "בכבוד רב", "תודה", "सादर", "धन्यवाद", "भवदीय",
        "signed", "signed by", "gezeichnet", "gez", "firmado por", "firmado",
    ];

    /// <summary>True where a name may follow a title.</summary>
    public static bool IsTitle(ReadOnlySpan<char> text, int gate, int gateLength) => char.IsUpper(text[gate]) && NameAfterTitle(text, gate, gateLength).Words > 0;

    /// <summary>True where a name may follow a title that is written small.</summary>
    public static bool IsSmallTitle(ReadOnlySpan<char> text, int gate, int gateLength) =>
        char.IsLower(text[gate]) && NameAfterTitle(text, gate, gateLength) is { Words: > 0 } name && !Nationalities.IsAdjective(text[name.Start..name.End]);

    /// <summary>The name behind a title.</summary>
    public static Verdict VerifyTitled(in Match match)
    {
        var name = NameAfterTitle(match.Text, match.Start, match.Length);
        var isBare = name.Words == 1 && name.End - name.Start <= 3 && !char.IsLower(match.Text[name.End - 1]);
        return name.Words is 0 or > 4 || isBare ? Verdict.No : new Verdict(name.End - name.Start, name.Words > 1 ? 0.95 : 0.85, name.Start - match.Start);
    }

    /// <summary>True where a name may follow a greeting.</summary>
    public static bool IsGreeting(ReadOnlySpan<char> text, int gate, int gateLength) => NameAfterGreeting(text, gate, gateLength).Words > 0;

    /// <summary>The name behind a greeting.</summary>
    public static Verdict VerifyGreeted(in Match match)
    {
        var name = NameAfterGreeting(match.Text, match.Start, match.Length);
        return name.Words == 0 ? Verdict.No : new Verdict(name.End - name.Start, name.IsKnown ? 0.9 : 0.75, name.Start - match.Start);
    }

    /// <summary>True where a name may follow the end of a letter.</summary>
    public static bool IsClosing(ReadOnlySpan<char> text, int gate, int gateLength) => NameAfterClosing(text, gate, gateLength).Words > 0;

    /// <summary>The name behind the end of a letter.</summary>
    public static Verdict VerifySigned(in Match match)
    {
        var name = NameAfterClosing(match.Text, match.Start, match.Length);
        return name.Words == 0 ? Verdict.No : new Verdict(name.End - name.Start, name.Words > 1 || name.IsKnown ? 0.92 : 0.7, name.Start - match.Start);
    }

    /// <summary>The name before <c>&lt;jane@example.org&gt;</c>.</summary>
    public static Verdict VerifyMailbox(in Match match)
    {
        var text = match.Text;
        if (match.At(-1) != '<' || ReachOf(text[..(match.Start - 1)]) is var start && start == match.Start - 1)
        {
            return Verdict.No;
        }

        var name = NameShape.Read(text, start);
        var rest = text[name.End..match.Start].Trim("\" ");
        return name.Words is >= 2 and <= 4 && rest is "<" ? new Verdict(name.End - name.Start, 0.93, name.Start - match.Start) : Verdict.No;
    }

    /// <summary>Where a name begins that a mail address may follow.</summary>
    public static int ReachOf(ReadOnlySpan<char> known)
    {
        var at = known.TrimEnd(" \"").Length;
        var start = known.Length;
        for (var words = 0; words < 4; words++)
        {
            var end = at;
            while (at > 0 && (char.IsLetter(known[at - 1]) || known[at - 1] is '-' or '\'' or '’' || (known[at - 1] == '.' && at == end)))
            {
                at--;
            }

            if (at == end || NameWords.IsOther(known[at..end]) || !char.IsUpper(known[at]) && !NameWords.IsParticle(known[at..end]))
            {
                break;
            }

            start = char.IsUpper(known[at]) ? at : start;
            if (at == 0 || known[at - 1] is not (' ' or ','))
            {
                break;
            }

            at = known[..at].TrimEnd(" ").Length;
            at -= at > 0 && known[at - 1] == ',' && words == 0 ? 1 : 0;
        }

        return start;
    }

    private static NameShape NameAfterTitle(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var at = gate + gateLength;
        at += at < text.Length && text[at] == '.' && gateLength <= LongestShort && System.Text.Ascii.IsValid(text[gate..at]) ? 1 : 0;
        var start = NameShape.Skip(text, at);
        var isShouted = gateLength > 1 && char.IsUpper(text[gate + 1]) && start + 1 < text.Length && char.IsLower(text[start + 1]);
        return start > at && !isShouted && start < text.Length && char.IsUpper(text[start]) && NameShape.Word(text, start).Length > 1 ? NameShape.Read(text, start) : default;
    }

    private static NameShape NameAfterGreeting(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var start = NameShape.Skip(text, gate + gateLength);
        if (start >= text.Length || !char.IsUpper(text[start]) || (gate > 0 && text[gate - 1] is not ('\n' or '"' or ' ' or '>' or '\'' or 'n')))
        {
            return default;
        }

        var name = NameShape.Read(text, start);
        var next = name.End < text.Length ? text[name.End] : '\n';
        return name.Words is >= 1 and <= 3 && (next is ',' or '!' or '\n' or '\r' or ':' || (next is '.' or '-' or ' ' or '?' && name.IsKnown)) ? name : default;
    }

    private static NameShape NameAfterClosing(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var at = gate + gateLength;
        var lines = 0;
        var isSigned = text[gate..at].EndsWith("by", StringComparison.OrdinalIgnoreCase) || text[gate..at].EndsWith("por", StringComparison.OrdinalIgnoreCase);
        while (at < text.Length && at < gate + gateLength + 12 && text[at] is ' ' or ',' or '.' or '\n' or '\r' or '!' or '-' or ':' or '*' or '\\' or '\t' or '>')
        {
            var isEscaped = text[at] == '\\' && at + 1 < text.Length && text[at + 1] is 'n' or 'r';
            lines += text[at] == '\n' || isEscaped ? 1 : 0;
            at += isEscaped ? 2 : 1;
        }

        if ((lines == 0 && !isSigned) || lines > 3 || at >= text.Length || !char.IsUpper(text[at]))
        {
            return lines is > 0 and <= 3 && at < text.Length && WordStart.IsUncased(text[at]) && WordStart.IsUncased(text[gate]) ? Uncased(text, at) : default;
        }

        var name = NameShape.Read(text, at);
        var next = name.End < text.Length ? text[name.End] : '\n';
        return name.Words is >= 1 and <= 4 && !IsOffice(text[name.Start..name.End]) && (next is '\n' or '\r' or '"' or ',' or '|' or '\\' or '<' or '(' || (isSigned && name.Words > 1)) ? name : default;
    }

    private static bool IsOffice(ReadOnlySpan<char> name)
    {
        foreach (var range in name.Split(' '))
        {
            // Articles are part of names as well, but seldom begin one.
            if (Offices.Contains(name[range]) && (range.Start.Value == 0 || name[range].Length > LongestShort))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line of a signature in a script without capitals: a few words and nothing else.</summary>
    private static NameShape Uncased(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        var words = 1;
        while (end < text.Length && (WordStart.IsUncased(text[end]) || WordStart.IsMark(text[end]) || text[end] is ' ' or '.' or '-'))
        {
            words += text[end] == ' ' ? 1 : 0;
            end++;
        }

        return words is > 1 and <= 4 && end - at <= LongestSignature && (end >= text.Length || text[end] is '\n' or '\r') ? new NameShape(at, end, words, IsKnown: false, Ends: true) : default;
    }
}
