namespace GatewayStack.Credentials.SignIn;

/// <summary>The head of a browser's request, as far as it is looked at.</summary>
internal sealed record LoopbackRequest(string Method, string Path, string Query, string Host)
{
    /// <summary>Leaves the query out.</summary>
    public override string ToString() => $"{Method} {Path}";

    /// <summary>Reads lines such as <c>GET /callback?code=..&amp;state=.. HTTP/1.1</c> and <c>Host: 127.0.0.1:41035</c>; null where they are none.</summary>
    public static LoopbackRequest? Parse(string head)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
        {
            return null;
        }

        var hosts = lines.Skip(1).Where(l => l.StartsWith("host:", StringComparison.OrdinalIgnoreCase)).Select(l => l["host:".Length..].Trim()).ToList();
        if (hosts.Count != 1)
        {
            return null;
        }

        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (target[..at], target[(at + 1)..]) : (target, string.Empty);
        return new LoopbackRequest(method, path, query, hosts[0]);
    }
}
