using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Edits;

/// <summary>What stands where something was: its type and nothing of its value.</summary>
internal static partial class Placeholder
{
    /// <summary>Letters of pseudonyms and hashes: no digits, which a recogniser might take for a number of something, and no vowels, which make words.</summary>
    public const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    /// <summary>How many of them there are behind the type.</summary>
    public const int LetterCount = 12;

    /// <summary>No request has more values than so many digits count: a longer number in brackets may be the value itself.</summary>
    private const int MostDigits = 5;

    /// <summary><see cref="Letters"/>, to look for.</summary>
    public static readonly SearchValues<char> OfLetters = SearchValues.Create(Letters);

    /// <summary>Everything that may stand in a text in place of what was there: <c>[EMAIL_1]</c>, <c>[EMAIL#qmkxdwztrplb]</c>, <c>EMAIL_QMKXDWZTRPLB</c>. It is a placeholder
    /// only where <see cref="TypeOf"/> is a type.</summary>
    public static Regex Any { get; } = AnyPlaceholder();

    /// <summary>
    /// What stands where the type of a placeholder stands. A number that is too long to count values, or begins with 0, is one itself, and part of what stands there.
    /// </summary>
    public static string TypeOf(ReadOnlySpan<char> placeholder)
    {
        if (placeholder[0] != '[')
        {
            return placeholder[..^(LetterCount + 1)].ToString();
        }

        var inside = placeholder[1..^1];
        var hash = inside.IndexOf('#');
        inside = hash < 0 ? inside : inside[..hash];
        var unnumbered = inside.TrimEnd("0123456789");
        return (unnumbered is [.., '_'] && IsNumber(inside[unnumbered.Length..]) ? unnumbered[..^1] : inside).ToString();
    }

    /// <summary>True for a pseudonym such as <c>EMAIL_QMKXDWZTRPLB</c>, false for one that keeps the form of what it stands for.</summary>
    public static bool IsPseudonym(string token) =>
        token.Length > LetterCount + 1 && token[^(LetterCount + 1)] == '_' && token[0] is >= 'A' and <= 'Z'
            && token.AsSpan(token.Length - LetterCount).IndexOfAnyExcept(OfLetters) < 0
        && token.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');

    /// <summary>Such as <c>[EMAIL]</c>.</summary>
    public static string For(string type) => $"[{type}]";

    /// <summary>Such as <c>[EMAIL_1]</c>.</summary>
    public static string For(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"[{type}_{number}]");

    private static bool IsNumber(ReadOnlySpan<char> digits) => digits.Length is >= 1 and <= MostDigits && digits[0] != '0';

    [GeneratedRegex(
        @"\[[A-Z][A-Z0-9_]{1,63}(?:#[bcdfghjklmnpqrstvwxz]{12})?\]|\b[A-Z][A-Z0-9_]{1,63}_[BCDFGHJKLMNPQRSTVWXZ]{12}\b",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex AnyPlaceholder();
}
