using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Values that count or name something: quantities, versions, algorithms, numbered names, pieces of sentences.</summary>
internal static class PlainValues
{
    private const int ShortestSequence = 12;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Technical = SecretWords.Technical.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> PhraseLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz ");
    private static readonly SearchValues<char> Bases = SearchValues.Create("ACGTUN");
    private static readonly SearchValues<char> Substance = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    private static readonly SearchValues<char> Joints = SearchValues.Create("-_. ");
    private static readonly SearchValues<char> Marks = SearchValues.Create("!#$%^&*");

    public static bool IsSentence(ReadOnlySpan<char> value)
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

    /// <summary>Four words or more in small letters that tell the reader nothing to do: a passphrase, where a setting is quoted.</summary>
    public static bool IsPhrase(ReadOnlySpan<char> value)
    {
        if (value.Count(' ') < 3 || value.ContainsAnyExcept(PhraseLetters) || PlaceholderValues.NamesSecret(value))
        {
            return false;
        }

        foreach (var range in value.Split(' '))
        {
            if (value[range] is "your" or "you" or "must" or "should" or "enter" or "please" or "here" or "set" or "change" or "this" or "value" or "not" or "none")
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsTechnical(ReadOnlySpan<char> value)
    {
        if (Technical.Contains(value) || IsSuite(value) || IsOfScience(value)
            || (value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && !value[2..].ContainsAnyExcept(Alphabets.Hex) && value.Length <= 18))
        {
            return true;
        }

        // SHA-512, HMAC-SHA256, AES-256-GCM: each part is a word or a number.
        return value.Length <= 32 && value.ContainsAny('-', '_', '/') && NameParts.HasAny(value, SecretWords.Algorithm) && !value.ContainsAny(Marks);
    }

    /// <summary>A sequence of DNA (<c>CGTTTCTCCGCC</c>), the key of a substance (InChIKey).</summary>
    private static bool IsOfScience(ReadOnlySpan<char> value) =>
        (value.Length >= ShortestSequence && !value.ContainsAnyExcept(Bases))
        || (value.Length == 27 && value[14] == '-' && value[25] == '-' && value.Count('-') == 2 && !value.ContainsAnyExcept(Substance));

    /// <summary>Algorithms with dashes between them (<c>aes256-sha256-modp2048</c>), a pin of a chip.</summary>
    private static bool IsSuite(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("GPIO", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var parts = 0;
        foreach (var range in value.Split('-'))
        {
            parts += Technical.Contains(value[range]) ? 1 : 0;
        }

        return parts >= 2;
    }

    /// <summary><c>24h</c>, <c>30days</c>, <c>v1.2</c>, <c>8+</c>, <c>3rd</c>.</summary>
    public static bool IsQuantity(ReadOnlySpan<char> value, in ValueShape shape)
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

    public static bool IsNumberedName(ReadOnlySpan<char> value, in ValueShape shape) => IsWordsAndNumbers(value) ||
        (shape.Digits <= 4 && shape.Changes <= 2 && Gibberish.RareShare(value) < 0.2 && shape.InnerUppers <= 2 && shape.Symbols == shape.Joiners);

    /// <summary>A word in small letters, and which of its kind: <c>policy P2</c>, <c>level 3</c>.</summary>
    public static bool IsKind(ReadOnlySpan<char> value)
    {
        var blank = value.IndexOf(' ');
        return blank >= 3 && value.Length - blank - 1 is >= 1 and <= 3 && !value[..blank].ContainsAnyExceptInRange('a', 'z')
            && new ValueShape(value[(blank + 1)..]) is { Symbols: 0, Digits: > 0 };
    }

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
}
