using System.Buffers;
using GatewayStack.Transform.Recognizers.Handles;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Values whose shape says little: what makes them personal is the word before them.</summary>
internal static class LabelledVerifiers
{
    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-@\\");
    private static readonly SearchValues<char> Code = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly string[] Demonyms =
    [
        "american", "german", "french", "spanish", "italian", "portuguese", "dutch", "belgian", "swiss", "austrian", "british", "english", "scottish", "welsh", "irish",
        "swedish", "norwegian", "danish", "finnish",
        "icelandic", "polish", "czech", "slovak", "hungarian", "romanian", "bulgarian", "greek", "croatian", "serbian", "bosnian", "slovenian", "albanian", "macedonian",
        "ukrainian", "russian", "belarusian", "turkish",
        "israeli", "lebanese", "syrian", "iraqi", "iranian", "saudi", "emirati", "egyptian", "moroccan", "algerian", "tunisian", "libyan", "nigerian", "ghanaian", "kenyan",
        "ethiopian", "ugandan", "tanzanian", "south african",
        "indian", "pakistani", "bangladeshi", "sri lankan", "nepali", "nepalese", "chinese", "taiwanese", "japanese", "korean", "south korean", "vietnamese", "thai",
        "filipino", "filipina", "indonesian", "malaysian",
        "singaporean", "australian", "new zealander", "canadian", "mexican", "brazilian", "argentine", "argentinian", "chilean", "colombian", "peruvian", "venezuelan",
        "ecuadorian", "uruguayan", "cuban", "jamaican", "dominican",
        "deutsch", "français", "française", "francaise", "española", "español", "italiana", "italiano", "österreichisch", "schweizer", "brasileira", "brasileiro", "portuguesa",
        "mexicana", "mexicano", "estonian", "latvian", "lithuanian",
        "usa", "uk", "us", "germany", "france", "spain", "italy", "india", "china", "japan", "brazil", "mexico", "canada", "australia", "poland", "netherlands", "sweden",
        "norway", "ireland", "portugal", "switzerland", "austria", "belgium",
    ];

    public static Verdict Username(in Match match) => ReadName(match, out var value, out var marked) ? value.IsAssigned ? value.Is(marked || value.IsQuoted ? 2.5 : 1.2)
        : marked && char.IsAsciiLetter(value.ValueOf(match)[0]) ? value.Is(0.8) : Verdict.No : Verdict.No;

    /// <summary>Behind words that say it less clearly a name is one when it looks like it.</summary>
    public static Verdict User(in Match match) =>
        ReadName(match, out var value, out var marked) && char.IsAsciiLetter(value.ValueOf(match)[0])
        && (AccountSigns.IsLogin(match.Value) || AccountSigns.Stand(value.ValueOf(match), match.Text[(match.Start + value.Offset + value.Length)..]))
        && (value.IsAssigned ? marked || value.IsQuoted || IsAlone(match, value) || IsField(match, value) : match.Value.Length <= 5 && IsAccount(value.ValueOf(match)))
        ? value.Is(value.IsAssigned ? 1.2 : 0.6) : Verdict.No;

    /// <summary>All there is behind a colon: <c>Login: jdoe</c>.</summary>
    private static bool IsAlone(in Match match, Labelled value) =>
        match.At(match.Length) == ':' && value.Length >= 3 && !value.ValueOf(match).ContainsAnyInRange('A', 'Z')
            && match.At(value.Offset + value.Length) is '\n' or '\r' or '\0' or ',';

    /// <summary>A field of a log: <c> user=jdoe </c>.</summary>
    private static bool IsField(in Match match, Labelled value) =>
        match.At(match.Length) == '=' && match.At(-1) is ' ' or '\t' && value.Length >= 4 && match.At(value.Offset + value.Length) is ' ' or '\t'
        && !value.ValueOf(match).ContainsAnyInRange('A', 'Z');

    /// <summary>Small letters with a digit or an underscore among them, as accounts are called.</summary>
    private static bool IsAccount(ReadOnlySpan<char> name) =>
        name.Length >= 4 && char.IsAsciiLetterLower(name[0]) && (name.ContainsAny(Alphabets.Digit) || name.Contains('_')) && !name.ContainsAny('-', '.', '\\')
        && !name.ContainsAnyInRange('A', 'Z');

    private static bool ReadName(in Match match, out Labelled value, out bool marked)
    {
        value = Labelled.Read(match, Name);
        var name = value.ValueOf(match);
        marked = false;
        if (name.Length is < 2 or > 40 || NoNames.IsWord(name) || NoNames.IsPost(name) || AccountSigns.IsPattern(name) || IsCode(match, value) || name.Contains('@')
            || !name.ContainsAnyExcept(Alphabets.Digit)
            || char.IsLetter(match.At(value.Offset + value.Length)) || (value.IsQuoted && match.At(value.Offset + value.Length) == ' '))
        {
            // Words in quotes are no account: "control room".
            return false;
        }

        // A member, a file, or an assignment of one variable to another.
        var dot = name.LastIndexOf('.');
        if (dot >= 0 && dot + 1 < name.Length && (char.IsAsciiLetterUpper(name[dot + 1]) || name.Length - dot <= 4
            || name[(dot + 1)..] is "example" or "local" or "internal" or "test" or "invalid"
            || name[..name.IndexOf('.')].TrimStart('_') is "var" or "local" or "module" or "data" or "each" or "self" or "config" or "settings" or "secrets" or "env" or "values" or "inputs" or "params"))
        {
            return false;
        }

        marked = name.ContainsAny(Alphabets.Digit) || name[1..].ContainsAny('_', '.', '-');
        if (!marked && !value.IsQuoted && IsSentence(match.Text[(match.Start + value.Offset + value.Length)..]))
        {
            return false;
        }

        return value.IsQuoted || match.At(match.Length) != ' ' || match.At(match.Length + 1) is not ('=' or '?' or '|' or '&' or '-' or '+' or '!');
    }

    /// <summary>A word goes on behind it that is no field's name and joins nothing: <c>user name: as on the badge</c>.</summary>
    private static bool IsSentence(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] != ' ' || !char.IsLetter(rest[1]))
        {
            return false;
        }

        var end = 1;
        while (end < rest.Length && (char.IsLetterOrDigit(rest[end]) || rest[end] is '_' or '-'))
        {
            end++;
        }

        return !(end < rest.Length && rest[end] is ':' or '=') && rest[1..end] is not ("and" or "und" or "et" or "y" or "e" or "en" or "i" or "och" or "with" or "mit"
            or "avec" or "con" or "com"
            or "met" or "z" or "med" or "from" or "at" or "on" or "pw" or "pass" or "password" or "passwort" or "kennwort" or "mdp" or "wachtwoord" or "senha" or "hasło"
            or "lösenord");
    }

    /// <summary>Behind words that nothing but an account follows: of a log of sign-ins, or of a path to somebody's files.</summary>
    public static Verdict Account(in Match match)
    {
        var rest = match.Text[(match.Start + match.Length)..];
        var start = rest.Length > 0 && rest[0] == ' ' ? 1 : 0;
        var length = rest[start..].IndexOfAnyExcept(Name);
        length = length < 0 ? rest.Length - start : length;
        var isPath = match.At(match.Length - 1) is '/' or '\\';
        length = isPath && rest.Slice(start, length).IndexOf('\\') is > 0 and var folder ? folder : length;
        var name = rest.Slice(start, length).TrimEnd(".,-");
        return name.Length is < 3 or > 32 || NoNames.IsWord(name) || NoNames.IsPost(name) || name.ContainsAny('@', '\\') || !char.IsAsciiLetter(name[0]) || (isPath
            ? start > 0 : char.IsAsciiLetterUpper(name[0]))
            ? Verdict.No
            : new Verdict(name.Length, LogOdds.ToProbability(isPath && LoginShape.IsPersonal(name) ? 2.2 : 0.8), match.Length + start);
    }

    public static Verdict Nationality(in Match match)
    {
        var rest = match.Text[(match.Start + match.Length)..];
        var value = Labelled.Read(match, Alphabets.EmailDomain);
        if (value.Length < 2)
        {
            return Verdict.No;
        }

        var at = match.Text[(match.Start + value.Offset)..];
        foreach (var demonym in Demonyms)
        {
            if (at.StartsWith(demonym, StringComparison.OrdinalIgnoreCase) && (at.Length == demonym.Length || !char.IsLetter(at[demonym.Length])))
            {
                return new Verdict(demonym.Length, LogOdds.ToProbability(3), value.Offset);
            }
        }

        var word = value.ValueOf(match);
        if (Nationalities.IsAdjective(word) || (value.IsAssigned && Nationalities.IsCode(word)))
        {
            return value.Is(3);
        }

        return value.IsAssigned && rest.Length > 1 && char.IsUpper(word[0]) && word.Length >= 4 && !word.ContainsAny(Alphabets.Digit) ? value.Is(0.6) : Verdict.No;
    }

    /// <summary>The three or four digits on the back of a card.</summary>
    public static Verdict Cvv(in Match match)
    {
        var value = Labelled.Read(match, Alphabets.Digit, linked: true);
        var end = value.Offset + value.Length;
        var goesOn = match.At(end) == '%' || (match.At(end) is '.' or '-' or '/' && char.IsAsciiDigit(match.At(end + 1)));
        var isSure = value.IsAssigned || match.At(end) is not '.' || match.Value.StartsWith("cv", StringComparison.OrdinalIgnoreCase);
        return value.Length is 3 or 4 && !goesOn && isSure ? value.Is(value.IsAssigned ? 2.5 : 1.2) : Verdict.No;
    }

    /// <summary>The code of a bank (ISO 9362), which any word of eight capitals resembles.</summary>
    public static Verdict Swift(in Match match)
    {
        var value = Labelled.Read(match, Code, linked: true);
        var code = value.ValueOf(match);
        return code.Length is 8 or 11 && !code[..6].ContainsAny(Alphabets.Digit) ? value.Is(value.IsAssigned ? 3.5 : 1.5) : Verdict.No;
    }

    /// <summary>An expression rather than a value: it goes on as a call, a member or a template.</summary>
    private static bool IsCode(in Match match, Labelled value) =>
        match.At(value.Offset + value.Length) is '(' or '[' or '{' or '<' or '$' or '/' or '*' or '|'
        || (match.At(value.Offset + value.Length) == ':' && match.At(value.Offset + value.Length + 1) == '/') || match.At(value.Offset - 1) is '$' or '{' or '<' or '%' or '/';
}
