using System.Collections.Frozen;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Doors;

/// <summary>Keeps identity headers that callers send from getting anywhere.</summary>
internal sealed class HeaderGate(RouterMetrics metrics)
{
    /// <summary>The names the gateway sets itself.</summary>
    public static readonly FrozenSet<string> Ours = new[]
    {
        "X-User-Id", "X-Org-Id", "X-Tenant", "X-User-Role", "X-User-Roles", "X-User-Scopes", "X-Request-Id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that other proxies and frameworks use for who is calling: nobody below is to believe them.</summary>
    private static readonly string[] Claims = ["X-User-", "X-Org-", "X-Tenant-", "X-Role", "X-Audit-"];

    private static readonly FrozenSet<string> Single = new[] { "Content-Type", "Backend-Credential", "traceparent", "X-Request-Id" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes what is ours and refuses what imitates it.</summary>
    public Refusal? Clean(IHeaderDictionary headers)
    {
        List<string>? dropped = null;
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith("X-Gateway-", StringComparison.OrdinalIgnoreCase))
            {
                return Imitation(name);
            }

            if (name.Equals("X-Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                // What the server makes of a Content-Length that came beside a Transfer-Encoding: somebody in front may have read the other one.
                return Refusal.BadRequest("conflicting_length", "The body's length is given in two ways; send one.");
            }

            if (Single.Contains(name) && values.Count > 1)
            {
                return Refusal.BadRequest("duplicate_header", $"The header {name} stands twice.");
            }

            if (name.Contains('_', StringComparison.Ordinal))
            {
                var spelt = name.Replace('_', '-');
                if (Ours.Contains(spelt) || spelt.StartsWith("X-Gateway-", StringComparison.OrdinalIgnoreCase))
                {
                    return Imitation(name);
                }

                (dropped ??= []).Add(name);
            }
            else if (Ours.Contains(name) || Claims.Any(c => name.StartsWith(c, StringComparison.OrdinalIgnoreCase)))
            {
                (dropped ??= []).Add(name);
            }
        }

        if (dropped is not null)
        {
            dropped.ForEach(name => headers.Remove(name));
            metrics.HeadersStripped(dropped.Count);
        }

        return null;
    }

    private static Refusal Imitation(string name) =>
        Refusal.BadRequest("reserved_header", $"The header {name} is set by the gateway alone; remove it.");
}
