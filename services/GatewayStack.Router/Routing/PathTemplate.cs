using System.Collections.Immutable;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Router.Routing;

/// <summary>A method and path with named parameters, such as <c>GET /events/{event}</c>; a parameter is a resource of that type.</summary>
internal sealed class PathTemplate
{
    private readonly string _method;
    private readonly ImmutableArray<string> _segments;

    private PathTemplate(string text, string method, ImmutableArray<string> segments)
    {
        Text = text;
        _method = method;
        _segments = segments;
    }

    public string Text { get; }

    public static PathTemplate? TryParse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || parts[1][0] != '/' || !parts[0].All(c => c == '*' || char.IsAsciiLetterUpper(c)))
        {
            return null;
        }

        var segments = parts[1][1..].Split('/').ToImmutableArray();
        var good = segments.All(s => s.Length > 0 && s.Contains('{', StringComparison.Ordinal) == (s[0] == '{' && s[^1] == '}' && s.Length > 2));
        return good ? new PathTemplate(text, parts[0], segments) : null;
    }

    /// <summary>The resources a path names, or null when it does not fit.</summary>
    public ImmutableArray<ResourceReference>? Match(string method, string path)
    {
        if (_method != "*" && !string.Equals(_method, method, StringComparison.Ordinal))
        {
            return null;
        }

        var given = path.Trim('/').Split('/');
        if (given.Length != _segments.Length)
        {
            return null;
        }

        var resources = ImmutableArray.CreateBuilder<ResourceReference>();
        for (var i = 0; i < given.Length; i++)
        {
            var segment = _segments[i];
            if (segment[0] == '{' && given[i].Length > 0)
            {
                resources.Add(new ResourceReference { Type = segment[1..^1], Id = given[i] });
            }
            else if (!string.Equals(segment, given[i], StringComparison.Ordinal))
            {
                return null;
            }
        }

        return resources.ToImmutable();
    }
}
