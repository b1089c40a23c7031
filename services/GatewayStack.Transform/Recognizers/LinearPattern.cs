using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Recognizers;

/// <summary>A regular expression without backtracking, made when the first text needs it: most of the table's hundreds never are, and all of them together cost
/// a process seconds and hundreds of megabytes at its start.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class LinearPattern
{
    private readonly Lazy<Regex> _regex;

    /// <summary>A pattern that is known to be one.</summary>
    public LinearPattern(string pattern) =>
        _regex = new Lazy<Regex>(() => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout));

    /// <summary>A pattern that has been made.</summary>
    public LinearPattern(Regex regex) => _regex = new Lazy<Regex>(regex);

    /// <summary>The expression.</summary>
    public Regex Regex => _regex.Value;

    /// <summary>Its text.</summary>
    public override string ToString() => Regex.ToString();
}
