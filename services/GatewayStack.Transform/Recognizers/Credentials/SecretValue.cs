using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Judges values: how likely is it that this text, there, is a secret?</summary>
internal static class SecretValue
{
    private static readonly SearchValues<string> Unblanked = SearchValues.Create(FurtherLanguages.Unblanked, StringComparison.Ordinal);
    private static readonly SearchValues<char> FieldName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    private const double Never = -20;
    private const int ShortestHash = 20;
    private const int ShortestHex = 20;
    private const int LongestPassword = 128;

    /// <summary>Passwords are typed in Latin letters far more often than in others, whatever the language of the sentence.</summary>
    private const char LastOfLatin = '\u024F';

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> States = SecretWords.States.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The probability that the value is a secret.</summary>
    public static double Score(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place) => LogOdds.ToProbability(Judge(value, kind, place));

    private static double Judge(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place)
    {
        if (value.Length < 4 || IsHash(value) || SealedValues.Is(value) || (PlaceholderValues.Is(value) && !(kind == SecretKind.Pin && !value.ContainsAnyExcept(Alphabets.Digit)))
            || References.IsReference(value, place) || References.IsLocation(value, kind == SecretKind.Password && place is { Continues: false }) || PlainValues.IsTechnical(value)
            || PlaceholderValues.IsName(value) || IsMoment(value)
            || (place.Form >= ValueForm.Said && !place.Quoted && IsField(value)))
        {
            return Never;
        }

        if (place.Form == ValueForm.Assigned && !place.Quoted && value[^1] is '!' or '?' && States.Contains(value.TrimEnd("!?")))
        {
            // The type of a field: password: String!
            return Never;
        }

        if (value.ContainsAnyInRange('\u0E00', '\uD7FF') && value.ContainsAny(Unblanked))
        {
            // A rule or a message, of which no blank shows that it is a sentence.
            return Never;
        }

        if (value.IndexOfAny('「', '『', '«') > 0)
        {
            // In scripts without blanks, the sentence up to what it quotes.
            return Never;
        }

        if (value[^1] is '#' or '$' or '>' && value.Count('.') >= 2)
        {
            // What a device prints before it reads a command.
            return Never;
        }

        var shape = new ValueShape(value);
        return kind == SecretKind.Pin ? JudgePin(value, shape, place) : Place(place, kind) + (kind == SecretKind.Password ? JudgePassword(value, shape,
            place) : JudgeKey(value, shape, kind, place));
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
        if (shape.Length > LongestPassword || (shape.IsNumbers && shape.Symbols > 0 && !IsPairOfNumbers(value, shape, place)) || PlainValues.IsQuantity(value, shape))
        {
            return Never;
        }

        if (IsUuid(value) || (place.Form >= ValueForm.Said && !place.Quoted && IsCells(value)))
        {
            // The number of a thing; the cells of a list.
            return Never;
        }

        var evidence = shape.Length >= 8 ? 0.5 : shape.Length < 6 ? -0.7 : 0;
        if (place is { Form: ValueForm.Setting or ValueForm.Assigned, Quoted: true } && (PlainValues.IsPhrase(value) || IsFewWords(value)))
        {
            return evidence + 0.5;
        }

        if (value.Contains(' ') && (PlainValues.IsSentence(value) || PlainValues.IsKind(value) || value.ContainsAny('%', ':', ';') || WordPhrases.IsRule(value)))
        {
            return Never;
        }

        if (place.Form >= ValueForm.Said && !place.Quoted && value[^1] == '!' && new ValueShape(value.TrimEnd('!')) is { IsLetters: true } cried)
        {
            // The mark is the sentence's.
            return evidence + Word(value.TrimEnd('!'), cried, place);
        }

        if (place.Form == ValueForm.Mentioned && shape.Lowers == 0 && shape.Symbols == shape.Joiners && shape.Symbols > 0 && shape.Uppers <= 4)
        {
            // LT-0733, C-14.
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

        if (shape.IsNumbers)
        {
            return evidence + 0.4;
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

    /// <summary>Directly behind "is": <c>86551-2026</c>.</summary>
    private static bool IsPairOfNumbers(ReadOnlySpan<char> value, in ValueShape shape, in PossibleValue place) =>
        place is { Form: ValueForm.Said, Continues: false } && shape.Digits is >= 7 and <= 14 && shape.Symbols == 1 && value.IndexOf('-') is >= 3 and var joint
            && joint < value.Length - 3;

    /// <summary>Two words or three in small letters of which none holds a sentence together.</summary>
    private static bool IsFewWords(ReadOnlySpan<char> value) =>
        value.Contains(' ') && char.IsLower(value[0]) && WordPhrases.End(value, 0, out var words) == value.Length && words > 1 && WordPhrases.Held(value) <= 1
        && WordPhrases.Is(value, words, noted: true, words);

    /// <summary>The hash of a password, as the systems write it that keep it: whoever has it cannot sign in with it.</summary>
    public static bool IsHash(ReadOnlySpan<char> value)
    {
        if (value.Length < ShortestHash)
        {
            return false;
        }

        foreach (var beginning in (ReadOnlySpan<string>)["$2a$", "$2b$", "$2x$", "$2y$", "$1$", "$5$", "$6$", "$y$", "$7$", "$apr1$", "$argon2", "$pbkdf2", "$scrypt", "$P$",
            "pbkdf2_", "pbkdf2:", "scrypt:", "argon2$", "bcrypt$", "bcrypt_", "sha1$", "sha256$", "md5$", "e1NTSEF9", "e1NIQX", "e0NSWVBUf", "e1NNRDV9", "e01ENX", "{SSHA", "{SHA", "{SMD5}", "{CRYPT}", "SCRAM-SHA-"])
        {
            if (value.StartsWith(beginning, StringComparison.Ordinal))
            {
                return true;
            }
        }

        // PostgreSQL's: md5 and the digest of both names.
        return value.Length == 35 && value.StartsWith("md5") && !value[3..].ContainsAnyExcept(Alphabets.Hex);
    }

    /// <summary>Cells of a line, words and numbers each: <c>expired;Login;00:02</c>.</summary>
    private static bool IsCells(ReadOnlySpan<char> value)
    {
        if (!value.Contains(';'))
        {
            return false;
        }

        foreach (var range in value.Split(';'))
        {
            if (new ValueShape(value[range]) is { IsLetters: false, IsNumbers: false, Length: > 0 })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Another field of a log: <c>client=guest-device</c>.</summary>
    private static bool IsField(ReadOnlySpan<char> value) =>
        value.IndexOf('=') is >= 3 and var sign && sign < value.Length - 1 && value[sign + 1] != '=' && !value[..sign].ContainsAnyExcept(FieldName);

    /// <summary><c>2026-11-17T22:10:51Z</c>.</summary>
    private static bool IsMoment(ReadOnlySpan<char> value) =>
        value.Length >= 10 && value[4] == '-' && value[7] == '-' && !value[..4].ContainsAnyExcept(Alphabets.Digit) && !value[5..7].ContainsAnyExcept(Alphabets.Digit)
        && !value[8..10].ContainsAnyExcept(Alphabets.Digit) && (value.Length == 10 || value[10] is 'T' or ' ' or '_');

    private static bool IsUuid(ReadOnlySpan<char> value) => value.Length == 36 && Guid.TryParseExact(value, "D", out _);

    /// <summary>Only letters, or words joined: a word of the text more often than a password.</summary>
    private static double Word(ReadOnlySpan<char> value, in ValueShape shape, in PossibleValue place)
    {
        if (place.Form == ValueForm.Call || (place.Form == ValueForm.Mentioned && !place.Quoted) || (value.Contains(' ') && PlainValues.IsSentence(value)))
        {
            return Never;
        }

        if (shape.Length >= 8 && shape is { IsLetters: true, NonAscii: 0 } && Gibberish.RareShare(value) >= (place.Continues ? 0.5 : 0.35) && !States.Contains(value))
        {
            return 1.2;
        }

        if (States.Contains(value) || place.Continues || (shape.Uppers == shape.Letters && shape.Letters > 3 && value.Contains('_'))
            || (!place.Quoted && value[0] > LastOfLatin && shape.IsLetters && shape.Uppers == 0))
        {
            return Never;
        }

        var evidence = -1.3 - (char.IsUpper(value[0]) && !place.Quoted ? 0.8 : 0);
        evidence += value.Contains(' ') ? (shape.Length >= 16 ? -0.2 : -1) : 0;
        return place.Form is ValueForm.Said && !place.Quoted ? evidence - 2 : evidence;
    }

    private static double JudgeKey(ReadOnlySpan<char> value, in ValueShape shape, SecretKind kind, in PossibleValue place)
    {
        if (value.Contains(' ') || (shape.IsNumbers && shape.Symbols > 0) || PlainValues.IsQuantity(value, shape))
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

        if (kind == SecretKind.Token && place.Form == ValueForm.Mentioned
            && (IsUuid(value) || (!place.Quoted && shape.Length < ShortestHex && !value.ContainsAnyExcept(Alphabets.Hex))))
        {
            // In a sentence, of a session or a lock: its number.
            return Never;
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
        return PlainValues.IsNumberedName(value, shape) ? evidence - (place.Form >= ValueForm.Said ? 3 : 1.5) : evidence;
    }

    private static double JudgePin(ReadOnlySpan<char> value, in ValueShape shape, in PossibleValue place)
    {
        if (place.Form == ValueForm.Call)
        {
            return Never;
        }

        var groups = shape.Symbols > 0;
        if (value.Contains(',') || value.Contains('.') || !Ascii.IsValid(value))
        {
            return Never;
        }

        if (shape.Letters == 0 && shape.Symbols <= 1 && shape.Symbols == shape.Joiners && shape.Digits is >= 4 and <= 8)
        {
            return place.Form == ValueForm.Mentioned ? (place.Continues || value is ['1', '9', _, _] or ['2', '0', _, _] ? -0.2 : 0.2) : groups ? 0.2 : 1.2;
        }

        return shape.Letters > 0 && shape.Digits > 0 && !value.Contains('_') && shape.Length is >= 5 and <= 16 && place.Form != ValueForm.Mentioned && shape.Lowers == 0 ? 0.6 : Never;
    }
}
