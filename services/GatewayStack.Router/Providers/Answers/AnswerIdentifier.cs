using System.Buffers;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>Tells identifiers of an answer from texts that stand where an identifier should: only what looks like one is not looked at.</summary>
internal static class AnswerIdentifier
{
    private const int MaxWord = 64;
    private const int MaxWordDigits = 6;
    private const int MaxLength = 128;

    /// <summary>Most digits of an identifier that is no more than a few letters: the fewest of a card are 13.</summary>
    private const int MaxBareDigits = 12;

    /// <summary>Neither a blank nor a sign of an address, nor an escape of JSON.</summary>
    private static readonly SearchValues<byte> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/+"u8);

    /// <param name="member">The member's name.</param>
    /// <param name="value">What stands between the quotes.</param>
    /// <returns>True for a value that its member's name says enough of.</returns>
    public static bool Is(string member, ReadOnlySpan<byte> value) => member switch
    {
        // Numbered by whoever made them, often at random.
        "id" or "tool_call_id" or "model" or "system_fingerprint" or "obfuscation" => IsId(value),
        _ => value.Length <= MaxWord && !value.ContainsAnyExcept(Characters) && Count(value).Digits <= MaxWordDigits,
    };

    private static bool IsId(ReadOnlySpan<byte> value)
    {
        if (value.Length > MaxLength || value.ContainsAnyExcept(Characters))
        {
            return false;
        }

        var (letters, digits, longest) = Count(value);
        return digits <= MaxWordDigits || (longest <= MaxBareDigits && 3 * letters >= digits) || (longest <= MaxWordDigits && letters > 0 && digits <= MaxBareDigits);
    }

    private static (int Letters, int Digits, int LongestRun) Count(ReadOnlySpan<byte> value)
    {
        var (letters, digits, run, longest) = (0, 0, 0, 0);
        foreach (var c in value)
        {
            run = char.IsAsciiDigit((char)c) ? run + 1 : 0;
            digits += run > 0 ? 1 : 0;
            letters += char.IsAsciiLetter((char)c) ? 1 : 0;
            longest = Math.Max(longest, run);
        }

        return (letters, digits, longest);
    }
}
