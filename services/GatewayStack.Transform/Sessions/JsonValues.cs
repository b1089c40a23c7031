using System.Buffers;

namespace GatewayStack.Transform.Sessions;

/// <summary>The values in a piece of JSON, which may begin and end anywhere: where each of them begins and ends.</summary>
internal static class JsonValues
{
    /// <summary>What stands between the values of JSON.</summary>
    private const string Signs = " \t\r\n{}[],:";

    private static readonly SearchValues<char> Borders = SearchValues.Create("\"{}[]:");

    /// <summary>True for what goes over the border of a string of JSON, and for what is none of its values.</summary>
    public static bool AreSeveral(ReadOnlySpan<char> source, bool isOutside) =>
        isOutside ? source.ContainsAny(Borders) || IsNoValue(source.Trim(Signs.AsSpan())) : QuoteIn(source) < source.Length;

    /// <summary>What stands before a value outside of strings, the quote included with which a string begins, and how long the value is; 0 for what says nothing.</summary>
    public static (int Skipped, int Length) First(ReadOnlySpan<char> source)
    {
        var start = source.IndexOfAnyExcept(Signs.AsSpan());
        if (start < 0 || source[start] == '"')
        {
            return (start < 0 ? source.Length : start + 1, 0);
        }

        var value = source[start..];
        value = value[..(value.IndexOfAny(Borders) is var border and >= 0 ? border : value.Length)].TrimEnd(Signs.AsSpan());
        return IsNoValue(value) ? (start + value.Length, 0) : (start, value.Length);
    }

    /// <summary>Where the string ends in which a text begins; the text's length where it does not.</summary>
    public static int QuoteIn(ReadOnlySpan<char> source)
    {
        var i = 0;
        while (i < source.Length && source[i] != '"')
        {
            i += source[i] == '\\' ? 2 : 1;
        }

        return Math.Min(i, source.Length);
    }

    private static bool IsNoValue(ReadOnlySpan<char> text) => text is "" or "null" or "true" or "false";
}
