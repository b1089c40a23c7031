using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayStack.Router.Doors;

/// <summary>Refuses paths that two parsers could read differently: the decision and the backend must see the same one.</summary>
internal static class PathGate
{
    public static Refusal? Check(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty;
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? target.AsSpan() : target.AsSpan(0, end);
        if (path.IndexOfAny('\\', ';') >= 0 || path.IndexOf("//", StringComparison.Ordinal) >= 0 || HasDotSegment(path) || HasForbiddenEscape(path))
        {
            return Refusal.BadRequest("bad_path", "The path has dot segments, empty segments, encoded slashes or separators; send it in its plain form.");
        }

        return null;
    }

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "." or "..")
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasForbiddenEscape(ReadOnlySpan<char> path)
    {
        for (var i = path.IndexOf('%'); i >= 0 && i < path.Length;)
        {
            var escape = path[i..Math.Min(i + 3, path.Length)];
            if (escape.Length < 3 || !char.IsAsciiHexDigit(escape[1]) || !char.IsAsciiHexDigit(escape[2]))
            {
                return true;
            }

            foreach (var forbidden in (ReadOnlySpan<string>)["%2e", "%2f", "%5c", "%00", "%25", "%3b", "%0a", "%0d"])
            {
                if (escape.Equals(forbidden, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            var next = path[(i + 1)..].IndexOf('%');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return false;
    }
}
