using System.Collections.Frozen;
using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>What stands before a value says of it: how near a word about secrets is, and how the value is given.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TopicContext
{
    private const double Slight = 0.5;
    private const double AWord = 0.04;
    private const double ALine = 0.15;
    private const double ASentence = 0.2;
    private const double Label = -3.5;
    private const double Direct = 1.2;
    private const int LongestLabel = 28;

    /// <summary>Behind a verb and an article, which some languages put before numbers: <c>es el</c>, <c>is het</c>.</summary>
    private const double AnArticle = 0.6;
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = WordSet.Of("el la il lo le o a het de die das den det");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Giving = WordSet.Of(
        "is was are be it's its it’s that's that’s to ist lautet war heißt est c'est c’est es era è é to jest był är var luidt i.e. ie i.e said says tried use uses using try "
            + "with enter type put mit nimm nutze benutze verwende tippe avec utilise tape mets usa con pon "
        + "introduce com use digita digite inserisci met gebruik typ vul użyj wpisz z med använd skriv donc så also so czyli quindi então dus alltså seja thats thats: testa "
            + "prova probeer spróbuj probier versuch essaie prueba now jetzt nun maintenant ahora adesso ora agora nu teraz still immer noch toujours sigue ancora nog "
        + "took takes always reads becomes become stays remains bleibt reste siendo sendo essere étant");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Joining = WordSet.Of("and und et y e i en och plus + & then dann puis luego poi dan potem "
        + "sedan or oder ou o of lub eller aka");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Parting = WordSet.Of(
        "for of on in at from by about like as into via per the a an this that these our your my their his her für von vom auf am an im in bei zu der die das den dem ein eine "
            + "dieser wie als pour de du des sur à le la les un une ce cette comme para del de en el la los un una este "
        + "esta per di della dello del su il lo la un una questo voor van op het de een dit deze in na do w z dla ten ta för av på i en ett den det host server on user username "
            + "login nutzer benutzer utilisateur usuario utente gebruiker użytkownik användare "
        + "version model modell ticket room raum build release section page kapitel seite");

    /// <summary>The best word about secrets before the value, less what stands between both; minus infinity where none stands.</summary>
    public double Topic { get; private init; }

    /// <summary>What the signs and words directly before the value say.</summary>
    public double Given { get; private init; }

    /// <summary>True when a word about secrets stands directly before it.</summary>
    public bool IsDirect { get; private init; }

    /// <summary>True when a number or a value stands between that word and it.</summary>
    public bool IsTaken { get; private init; }

    /// <summary>True when a word for a login stands directly before it.</summary>
    public bool IsLogin { get; private init; }

    /// <summary>Reads what stands before a value.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="alone">True where it needs no word about secrets.</param>
    public static TopicContext Read(ReadOnlySpan<char> text, int at, bool alone = false) =>
        ReadTopic(text, at, alone) with { Given = alone ? Math.Max(1.0, HowGiven(text, at)) : HowGiven(text, at) };

    /// <summary>Whether people talk of secrets shortly before a place.</summary>
    public static bool IsTopic(ReadOnlySpan<char> text, int at) => ReadTopic(text, at, alone: false).Topic > 0;

    private static TopicContext ReadTopic(ReadOnlySpan<char> text, int at, bool alone)
    {
        var (best, direct, taken, login) = (alone ? Slight : double.NegativeInfinity, false, false, false);
        var (words, lines, sentences) = (0, 0, 0);
        var values = false;
        for (var i = at; i > 0;)
        {
            var c = text[i - 1];
            if (!char.IsLetter(c))
            {
                lines += c == '\n' ? 1 : 0;
                sentences += c is '.' or '!' or '?' or ';' && i < text.Length && char.IsWhiteSpace(text[i]) ? 1 : 0;
                values |= char.IsAsciiDigit(c) && words > 0;
                i--;
                continue;
            }

            var end = i;
            while (i > 0 && (char.IsLetter(text[i - 1]) || (text[i - 1] is '-' && i > 1 && char.IsLetter(text[i - 2]))))
            {
                i--;
            }

            var worth = TopicWords.Of(text[i..end]);
            if (worth > 0)
            {
                var odds = worth - (AWord * words) - (ALine * lines) - (ASentence * sentences);
                direct |= words == 0 && lines == 0;
                login |= words == 0 && worth < 3;
                (best, taken) = odds > best ? (odds, values) : (best, taken);
            }

            words++;
        }

        return new TopicContext { Topic = best, IsDirect = direct, IsTaken = taken, IsLogin = login };
    }

    /// <summary>What the signs and words directly before a value say, in log-odds.</summary>
    internal static double HowGiven(ReadOnlySpan<char> text, int at)
    {
        var before = at;
        var quoted = false;
        while (before > 0 && (text[before - 1] is ' ' or '\t' or '*' or '_' or '(' or '[' || ValueReader.IsQuote(text[before - 1])))
        {
            quoted |= text[before - 1] is not (' ' or '\t');
            before--;
        }

        if (before == 0)
        {
            return 0;
        }

        var blank = before < at && text[before] is ' ' or '\t';
        switch (text[before - 1])
        {
            case '\n' or '\r':
                return 1.0;
            case ':' or '=':
                return Field(text, before - 1, quoted);
            case '→' or '>':
                return 1.2;
            case ']':
                return 0.5;
            case '/' or '|' or '-' or '–' or '—' or '+' or '&' when blank && before > 1 && text[before - 2] is ' ' or '\t':
                return text[before - 1] is '/' ? 1.5 : text[before - 1] is '|' ? -1.0 : 0.8;
            case ',' or ';':
                return 0.5;
            case '.' when before > 1 && text[before - 2] == '.':
                // The dots of a form.
                return 1.2;
            case '?' or '!' or '.' when !(before > 3 && text[before - 3] == '.'):
                return 0.4;
        }

        var end = before;
        while (before > 0 && !char.IsWhiteSpace(text[before - 1]))
        {
            before--;
        }

        var word = text[before..end].Trim("\"'`*()[],;");
        if (Giving.Contains(word) || TopicWords.Of(word) >= 2)
        {
            return Direct;
        }

        if (SpokenWords.IsFieldName(word) || SpokenWords.IsNumber(word))
        {
            return Label;
        }

        return Parting.Contains(word) ? (Articles.Contains(word) && Giving.Contains(WordBefore(text, before)) ? AnArticle : -1.6) : Joining.Contains(word) ? 0.4 : quoted
            ? 0.6 : -0.9;
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end)
    {
        end = text[..end].TrimEnd(' ').Length;
        var start = end;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        return text[start..end];
    }

    /// <summary>Behind the sign of a field its name decides; in a chat who speaks stands there.</summary>
    private static double Field(ReadOnlySpan<char> text, int sign, bool quoted)
    {
        var end = sign;
        while (end > 0 && (text[end - 1] is ' ' or '*' || ValueReader.IsQuote(text[end - 1])))
        {
            end--;
        }

        var line = text[(text[..sign].LastIndexOf('\n') + 1)..sign];
        var isJson = (end < sign && text[end] == '"') || line.StartsWith("  ");
        var start = end;
        while (start > 0 && end - start < LongestLabel && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-' or '.'))
        {
            start--;
        }

        var label = text[start..end];
        if (label.Length > 2 && start > 2 && text[start - 1] == ' ' && text[start - 2] == ' ' && TopicWords.Of(label) < 2 && !IsSaying(label))
        {
            // The next field of a form, behind a gap.
            return Label;
        }

        var parts = new NameParts(label);
        var topic = 0.0;
        var other = SpokenWords.IsFieldName(label);
        while (parts.MoveNext())
        {
            topic = Math.Max(topic, TopicWords.Of(parts.Current));
            other |= SpokenWords.IsLabel(parts.Current) || parts.Current.Equals("id", StringComparison.OrdinalIgnoreCase)
                || parts.Current.Equals("nr", StringComparison.OrdinalIgnoreCase) || parts.Current.Equals("no", StringComparison.OrdinalIgnoreCase);
        }

        return other || ((isJson || text[sign] == '=') && topic < 2 && !(isJson && IsSaying(label))) ? Label : topic >= 2 ? Direct + 0.4 : Direct;
    }

    /// <summary>The field of what somebody says, in a chat that is kept as JSON.</summary>
    private static bool IsSaying(ReadOnlySpan<char> label) => label is "msg" or "text" or "message" or "body" or "content" or "note" or "comment" or "value";
}
