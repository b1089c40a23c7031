using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>
/// Finds JSON that stands in more strings of JSON than are read, each in JSON that stands in the next. Each of them doubles the backslashes before a quote, so that these tell
/// how many there are: <c>\"</c>, <c>\\\"</c>, <c>\\\\\\\"</c>.
/// </summary>
internal static class DeepJson
{
    /// <summary>Backslashes before the hexadecimal number of a quote in one string too many; before the quote itself stand twice as many, but for one.</summary>
    private const int Escaped = 1 << JsonContent.MostStrings;

    private static readonly string Backslashes = new('\\', Escaped);

    /// <summary>True where a text has some of it.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOf(Backslashes) is >= 0 and var at)
        {
            text = text[at..];
            var run = text.IndexOfAnyExcept('\\');
            if (run < 0)
            {
                return false;
            }

            text = text[run..];
            if (text.StartsWith("u0022") || (text[0] == '"' && run >= (2 * Escaped) - 1))
            {
                return true;
            }
        }

        return false;
    }
}
