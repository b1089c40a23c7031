using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Stars that Markdown has round words in bold. They say nothing of a value, where one alone multiplies it or stands for what is left out.</summary>
internal static class Emphasis
{
    /// <summary>True where the stars behind a value close what others before it in its line have opened.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="end">Behind it.</param>
    public static bool Ends(ReadOnlySpan<char> text, int start, int end)
    {
        var behind = text[end..].TrimStart('*');
        if (behind.Length == text.Length - end || (!behind.IsEmpty && (char.IsLetterOrDigit(behind[0]) || behind[0] is '(' or '-' or '+')))
        {
            return false;
        }

        var before = text[Math.Max(0, start - Surroundings.Before)..start];
        return before[(before.LastIndexOf('\n') + 1)..].Contains('*');
    }
}
