using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Recognizers;

/// <summary>How patterns are made: no pattern here can take longer than its text is long.</summary>
internal static class Patterns
{
    /// <summary>A pattern of the table: anchored where the gate opened.</summary>
    public static LinearPattern Anchored(string pattern) => new($@"\A(?:{pattern})");

    /// <summary>An operator's pattern.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs what a pattern without backtracking cannot do, or is too large.</exception>
    public static Regex FromOperator(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));
}
