using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>How the value stands beside the word that announces it.</summary>
internal enum ValueForm
{
    /// <summary><c>password = x</c>, <c>password: x</c>.</summary>
    Assigned,

    /// <summary><c>PASSWORD=x</c> without blanks, as in settings and shells.</summary>
    Setting,

    /// <summary><c>--password x</c>.</summary>
    Argument,

    /// <summary><c>&lt;password&gt;x&lt;/password&gt;</c>.</summary>
    Element,

    /// <summary><c>setPassword("x")</c>, <c>("password", "x")</c>.</summary>
    Call,

    /// <summary>Below its heading in a table.</summary>
    Cell,

    /// <summary><c>the password is x</c>.</summary>
    Said,

    /// <summary><c>the password x</c>, or further behind the verb.</summary>
    Mentioned,
}

/// <summary>A text that may be a secret, with what is known of its place.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length; 0 when there is none.</param>
/// <param name="Form">How it stands there.</param>
/// <param name="Quoted">True when quotes show its ends.</param>
/// <param name="Continues">True when the line goes on with another word.</param>
internal readonly record struct PossibleValue(int Start, int Length, ValueForm Form, bool Quoted, bool Continues);

/// <summary>Judges values: how likely is it that this text, there, is a secret?</summary>
internal static class SecretValue
{
    private const double Never = -20;
    private const int LongestPassword = 128;
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> States = SecretWords.States.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Technical = SecretWords.Technical.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Names = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:");
    private static readonly SearchValues<char> Joints = SearchValues.Create("-_. ");
    private static readonly SearchValues<char> Openers = SearchValues.Create("([{<");
    private static readonly SearchValues<char> Closers = SearchValues.Create(")]}>\"'");
    private static readonly SearchValues<char> Marks = SearchValues.Create("!#$%^&*");

    private static readonly string[] FileEndings =
    [
        ".json", ".yaml", ".yml", ".pem", ".txt", ".key", ".crt", ".cer", ".env", ".py", ".js", ".ts", ".cs", ".go", ".java", ".md", ".html", ".xml",
        ".properties", ".conf", ".ini", ".toml", ".gpg", ".sh", ".png", ".svg", ".com", ".org", ".net", ".io",
        ".php", ".rb", ".css", ".kdbx", ".p12", ".pfx", ".jks", ".csv", ".log",
    ];

    /// <summary>The probability that the value is a secret.</summary>
    public static double Score(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place) => LogOdds.ToProbability(Judge(value, kind, place));

    private static double Judge(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place)
    {
        if (value.Length < 4 || PlaceholderValues.Is(value) || IsReference(value, place) || IsLocation(value) || IsTechnical(value)
            || PlaceholderValues.IsName(value))
        {
            return Never;
        }

        var shape = new ValueShape(value);
        return kind == SecretKind.Pin ? JudgePin(shape, place) : Place(place, kind) + (kind == SecretKind.Password ? JudgePassword(value, shape,
            place) : JudgeKey(value, shape, kind, place));
    }

    private static bool IsSentence(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split(' '))
        {
            if (value[range].ToString().ToLowerInvariant() is "the" or "a" or "is" or "are" or "to" or "of" or "and" or "or" or "be" or "must"
                or "should" or "can" or "not" or "your" or "you" or "for" or "in" or "on" or "with" or "that" or "it" or "at"
                or "any" or "will" or "when" or "if" or "please" or "this" or "new" or "no" or "was" or "has" or "an" or "from" or "by" or "password"
                    or "token" or "der" or "die" or "das" or "und" or "ist" or "le" or "la" or "et" or "de" or "el")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTechnical(ReadOnlySpan<char> value)
    {
        if (Technical.Contains(value))
        {
            return true;
        }

        // SHA-512, HMAC-SHA256, AES-256-GCM: each part is a word or a number.
        return value.Length <= 32 && value.ContainsAny('-', '_', '/') && NameParts.HasAny(value, SecretWords.Algorithm) && !value.ContainsAny(Marks);
    }

    private static double Place(in PossibleValue place, SecretKind kind)
    {
        var evidence = place.Form switch
        {
            ValueForm.Setting => 1.6,
            ValueForm.Element => 1.2,
            ValueForm.Assigned or ValueForm.Argument => 1.0,
            ValueForm.Cell or ValueForm.Call => 0.2,
            ValueForm.Said => -0.2,
            _ => -1.2,
        };
        evidence -= kind == SecretKind.Token ? 0.4 : 0;
        return evidence + (!place.Quoted ? 0 : place.Form == ValueForm.Said ? 1.2 : 0.7);
    }

    private static double JudgePassword(ReadOnlySpan<char> value, in ValueShape shape, in PossibleValue place)
    {
        if (shape.Length > LongestPassword || (shape.IsNumbers && shape.Symbols > 0) || IsQuantity(value, shape))
        {
            return Never;
        }

        var evidence = shape.Length >= 8 ? 0.5 : shape.Length < 6 ? -0.7 : 0;
        if (value.Contains(' ') && (IsSentence(value) || value.ContainsAny('%', ':', ';')))
        {
            return Never;
        }

        if (shape.IsMixed)
        {
            evidence += 1.8 + (shape.Symbols > shape.Joiners ? 0.6 : 0) + (shape.Uppers > 0 && shape.Lowers > 0 ? 0.4 : 0);
            return evidence + (place.Continues && shape.Digits == 0 ? -2 : 0);
        }

        if (shape.IsDigits)
        {
            return evidence + (shape.Length is >= 4 and <= 16 ? 0.2 : -2) + (place.Continues ? -2 : 0);
        }

        if (shape.InnerUppers > 0 && shape.Lowers > 0 && shape.IsLetters)
        {
            // A name of a program's, or a password of joined words.
            return evidence + (place.Form is ValueForm.Call or >= ValueForm.Said
                && Gibberish.RareShare(value) < 0.3 ? Never : Gibberish.RareShare(value) >= 0.3 ? 1.5 : place.Quoted
                || place.Form is ValueForm.Setting ? -0.8 : -2) + (place.Continues ? -1.5 : 0);
        }

        return evidence + Word(value, shape, place);
    }

    /// <summary>Only letters, or words joined: a word of the text more often than a password.</summary>
    private static double Word(ReadOnlySpan<char> value, in ValueShape shape, in PossibleValue place)
    {
        if (place.Form == ValueForm.Call || (place.Form == ValueForm.Mentioned && !place.Quoted) || (value.Contains(' ') && IsSentence(value)))
        {
            return Never;
        }

        if (shape.Length >= 8 && shape.IsLetters && Gibberish.RareShare(value) >= 0.35)
        {
            return 1.2;
        }

        if (States.Contains(value) || place.Continues || (shape.Uppers == shape.Letters && shape.Letters > 3 && value.Contains('_')))
        {
            return Never;
        }

        var evidence = -1.3 - (char.IsUpper(value[0]) && !place.Quoted ? 0.8 : 0);
        evidence += value.Contains(' ') ? (shape.Length >= 16 ? -0.2 : -1) : 0;
        return place.Form is ValueForm.Said && !place.Quoted ? evidence - 2 : evidence;
    }

    private static double JudgeKey(ReadOnlySpan<char> value, in ValueShape shape, SecretKind kind, in PossibleValue place)
    {
        if (value.Contains(' ') || (shape.IsNumbers && shape.Symbols > 0) || IsQuantity(value, shape))
        {
            return Never;
        }

        if (shape.IsDigits)
        {
            return kind == SecretKind.Key && shape.Length >= 16 ? -0.5 : kind == SecretKind.Token && shape.Length is >= 6 and <= 8
                && place.Form == ValueForm.Said ? 0.6 : Never;
        }

        if (shape.Digits == 0)
        {
            if (States.Contains(value) || place.Continues)
            {
                return Never;
            }

            var rare = Gibberish.RareShare(value);
            var drawn = shape.Letters >= 12 && (rare >= 0.35 || (shape.InnerUppers >= 4 && rare >= 0.25));
            return drawn ? 1.5 : kind == SecretKind.Secret && shape.Symbols > shape.Joiners && shape.Length >= 8 ? 0.8
                : kind == SecretKind.Secret && place.Quoted && shape.Length >= 10 && place.Form is not (ValueForm.Mentioned or ValueForm.Call) ? -1.2 : -3;
        }

        if (place.Form == ValueForm.Call && shape.Length < 16 && shape.Changes < 3)
        {
            return Never;
        }

        var evidence = shape.Length >= 20 ? 2.0 : shape.Length >= 12 ? 1.2 : shape.Length >= 8 ? 0.3 : -1.5;
        evidence += shape.Symbols > shape.Joiners ? 0.3 : 0;
        evidence += shape.Changes >= 3 ? 0.8 : shape.Changes >= 2 ? 0.3 : -0.3;
        evidence += shape.Entropy >= 3.5 ? 0.4 : 0;

        // Words with a number behind them name things; so do they in a sentence.
        return IsNumberedName(value, shape) ? evidence - (place.Form >= ValueForm.Said ? 3 : 1.5) : evidence;
    }

    private static double JudgePin(in ValueShape shape, in PossibleValue place)
    {
        if (place.Form == ValueForm.Call)
        {
            return Never;
        }

        var groups = shape.Symbols > 0;
        if (shape.Letters == 0 && shape.Symbols <= 1 && shape.Symbols == shape.Joiners && shape.Digits is >= 4 and <= 8)
        {
            return place.Form == ValueForm.Mentioned ? (shape.Digits >= 5 ? 0.3 : -0.2) : groups ? 0.2 : 1.2;
        }

        return shape.Letters > 0 && shape.Digits > 0 && shape.Length is >= 5 and <= 16 && place.Form != ValueForm.Mentioned && shape.Lowers == 0 ? 0.6 : Never;
    }

    private static bool IsNumberedName(ReadOnlySpan<char> value, in ValueShape shape) => IsWordsAndNumbers(value) ||
        (shape.Digits <= 4 && shape.Changes <= 2 && Gibberish.RareShare(value) < 0.2 && shape.InnerUppers <= 2 && shape.Symbols == shape.Joiners);

    /// <summary><c>json-schema-2020-12</c>: joined parts of which none mixes letters and digits.</summary>
    private static bool IsWordsAndNumbers(ReadOnlySpan<char> value)
    {
        var parts = 0;
        foreach (var range in value.SplitAny(Joints))
        {
            var part = value[range];
            var shape = new ValueShape(part);
            if (!shape.IsLetters && !(shape.IsDigits && part.Length <= 4))
            {
                return false;
            }

            parts++;
        }

        return parts >= 3 && Gibberish.RareShare(value) < 0.25;
    }

    /// <summary><c>kafka:9092</c>.</summary>
    private static bool IsHost(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        return colon > 0 && value.Length - colon is >= 3 and <= 6 && !value[(colon + 1)..].ContainsAnyExcept(Alphabets.Digit)
            && !value[..colon].ContainsAnyExcept(Names);
    }

    /// <summary><c>24h</c>, <c>30days</c>, <c>v1.2</c>, <c>8+</c>, <c>3rd</c>.</summary>
    private static bool IsQuantity(ReadOnlySpan<char> value, in ValueShape shape)
    {
        if (shape.Letters == 0 || shape.Length > 12)
        {
            return shape.Length <= 6 && shape.Digits > 0 && shape.Letters == 0 && shape.Symbols > 0;
        }

        var start = value[0] is 'v' or 'V' or '~' or '<' or '>' ? 1 : 0;
        var digits = start;
        while (digits < value.Length && (char.IsDigit(value[digits]) || value[digits] is '.' or ',' or '-' or ':'))
        {
            digits++;
        }

        var unit = value[digits..].Trim('-');
        if (digits == start)
        {
            return false;
        }

        return (start == 1 && unit.IsEmpty)
            || unit is "h" or "s" or "m" or "d" or "ms" or "kb" or "mb" or "gb" or "KB" or "MB" or "GB" or "k" or "K" or "M" or "am" or "pm" or "AM"
                or "PM" or "x" or "st" or "nd" or "rd" or "th" or "days" or "day" or "hours"
                or "min" or "mins" or "minutes" or "minute" or "chars" or "char" or "digit" or "digits" or "character" or "characters" or "bit"
                    or "bits" or "byte" or "bytes" or "months" or "month" or "sec" or "secs" or "seconds" or "hour"
                or "hr" or "hrs" or "year" or "years" or "px" or "em" or "rem" or "b" or "B" or "tokens" or "times";
    }

    /// <summary>Something that the program looks up: a variable, a member, a call.</summary>
    private static bool IsReference(ReadOnlySpan<char> value, in PossibleValue place)
    {
        if (value.Contains("://", StringComparison.Ordinal) || value.StartsWith("arn:", StringComparison.Ordinal)
            || value.StartsWith("vault:", StringComparison.Ordinal) || value.StartsWith("op://", StringComparison.Ordinal)
            || value.StartsWith("sha256:", StringComparison.Ordinal) || value.StartsWith("projects/", StringComparison.Ordinal)
                || value.StartsWith("env:", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("secret/", StringComparison.Ordinal) || value.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                || value.StartsWith("secrets/", StringComparison.Ordinal))
        {
            return true;
        }

        if (value[^1] == '=' && IsIdentifier(value[..^1]) && new ValueShape(value).Digits == 0)
        {
            return true;
        }

        if (IsEnvironmentName(value))
        {
            return true;
        }

        if (value.EndsWith(".*") || value.Contains("[*]", StringComparison.Ordinal) || value.Contains("[0]", StringComparison.Ordinal) || IsHost(value))
        {
            return true;
        }

        if (value[^1] == ')' && value.IndexOf('(') is > 0 and var call && !value[..call].ContainsAnyExcept(Names))
        {
            return true;
        }

        if (place.Quoted)
        {
            return false;
        }

        if (value[0] is '.' or '\\' or ']' or ')' or '}' or ',' || value.Contains("][", StringComparison.Ordinal))
        {
            return true;
        }

        // A call or an index: a name before the bracket.
        var bracket = value.IndexOfAny(Openers);
        if (bracket == 0 || (bracket > 0 && (value[bracket] == '(' || value[bracket..].IndexOfAny(Closers) > 0 || bracket == value.Length - 1)
            && IsIdentifier(value[..bracket])))
        {
            return true;
        }

        if (value[^1] is ':' or '{' or '[' or '(' || value.StartsWith("//") || value.StartsWith("/*") || value.StartsWith("&&")
            || value.StartsWith("||") || value.StartsWith("=") || value.StartsWith(">"))
        {
            return true;
        }

        var dot = value.IndexOf('.');
        return (dot > 0 && place.Form != ValueForm.Setting && IsMember(value)) || (PlaceholderValues.NamesSecret(value) && IsIdentifier(value)
            && new ValueShape(value).Digits <= 1);
    }

    private static bool IsMember(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split('.'))
        {
            if (!IsIdentifier(value[range]) || new ValueShape(value[range]).Digits > 1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || (!char.IsLetter(value[0]) && value[0] is not ('_' or '@' or '$' or '&' or '*' or '!')))
        {
            return false;
        }

        foreach (var c in value[1..])
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-' or '>' or '?' or '!' or '&'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>DB_PASSWORD</c>: capitals joined by underscores, with few digits.</summary>
    private static bool IsEnvironmentName(ReadOnlySpan<char> value)
    {
        if (!value.Contains('_') || !char.IsLetter(value[0]))
        {
            return false;
        }

        var digits = 0;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }

            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits <= 2;
    }

    /// <summary>A path, a file, a mail address.</summary>
    private static bool IsLocation(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("./") || value.StartsWith("../") || value.StartsWith("~/") || value.StartsWith("C:\\") || (value[0] == '/'
            && value[1..].Contains('/') && new ValueShape(value).Digits < 3))
        {
            return true;
        }

        if (value[0] == '/' && new ValueShape(value[1..]).IsWords)
        {
            return true;
        }

        if (value[0] == '#' && value.Length is 4 or 7 && !value[1..].ContainsAnyExcept(Alphabets.Hex))
        {
            return true;
        }

        if (value.Contains('/') && !value.ContainsAny(Marks) && new ValueShape(value) is { Digits: <= 3 } path && path.Symbols == path.Joiners
            && Gibberish.RareShare(value) < 0.25)
        {
            return true;
        }

        var at = value.IndexOf('@');
        if (at > 0 && value[at..].LastIndexOf('.') is > 1 and var dot && at + dot < value.Length - 2
            && new ValueShape(value[(at + dot + 1)..]).IsLetters && !value.ContainsAny(Marks))
        {
            return true;
        }

        foreach (var ending in FileEndings)
        {
            if (value.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && value.Length > ending.Length)
            {
                return true;
            }
        }

        return false;
    }
}
