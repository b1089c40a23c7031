using System.Collections.Immutable;

namespace GatewayStack.Policy.Compilation;

/// <summary>A name or a pattern with <c>*</c> for any characters. Takes at most length times length steps; never backtracks further than the last star.</summary>
internal sealed class Glob(string pattern, bool ignoreCase)
{
    private readonly bool _exact = !pattern.Contains('*', StringComparison.Ordinal);

    public string Pattern => pattern;

    public bool IsExact => _exact;

    /// <summary>Whether one of the patterns fits; none fits what is not there.</summary>
    public static bool Any(ImmutableArray<Glob> globs, string? text)
    {
        if (text is null)
        {
            return false;
        }

        foreach (var glob in globs)
        {
            if (glob.Matches(text))
            {
                return true;
            }
        }

        return false;
    }

    public bool Matches(ReadOnlySpan<char> text)
    {
        if (_exact)
        {
            return text.Equals(pattern, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        }

        int at = 0, p = 0, star = -1, from = 0;
        while (at < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                from = at;
            }
            else if (p < pattern.Length && Same(pattern[p], text[at]))
            {
                p++;
                at++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                at = ++from;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private bool Same(char left, char right) => left == right || (ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}

/// <summary>A path pattern: <c>*</c> stays inside a segment, <c>**</c> stands for any number of segments.</summary>
internal sealed class PathGlob
{
    private readonly ImmutableArray<Glob?> _segments;
    private readonly bool _lenient;

    /// <param name="pattern">Begins with a slash.</param>
    /// <param name="lenient">Ignores case and empty segments, as many backends do: for rules that must not be gone round.</param>
    public PathGlob(string pattern, bool lenient)
    {
        _lenient = lenient;
        _segments = [.. Split(pattern).Select(s => string.Equals(s, "**", StringComparison.Ordinal) ? null : new Glob(s, lenient))];
    }

    public bool Matches(string path)
    {
        var segments = Split(path);
        int at = 0, p = 0, star = -1, from = 0;
        while (at < segments.Length)
        {
            if (p < _segments.Length && _segments[p] is null)
            {
                star = p++;
                from = at;
            }
            else if (p < _segments.Length && _segments[p]!.Matches(segments[at]))
            {
                p++;
                at++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                at = ++from;
            }
            else
            {
                return false;
            }
        }

        while (p < _segments.Length && _segments[p] is null)
        {
            p++;
        }

        return p == _segments.Length;
    }

    private string[] Split(string path) =>
        path.TrimStart('/').Split('/', _lenient ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None);
}
