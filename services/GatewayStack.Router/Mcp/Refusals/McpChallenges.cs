using System.Collections.Immutable;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp.Refusals;

/// <summary>Writes challenges (RFC 6750, RFC 9728): where to get a token, and which scopes to ask for.</summary>
internal sealed class McpChallenges(McpAddresses addresses)
{
    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string Header(McpServer server, Refusal refusal)
    {
        var parts = new List<string>(4);
        if (refusal.Status == StatusCodes.Status403Forbidden)
        {
            parts.Add("error=\"insufficient_scope\"");
        }
        else if (refusal.InvalidCredential)
        {
            parts.Add("error=\"invalid_token\"");
        }

        if (parts.Count > 0)
        {
            parts.Add($"error_description=\"{Description(refusal)}\"");
        }

        AddScopes(parts, server, refusal);
        parts.Add($"resource_metadata=\"{addresses.MetadataOf(server)}\"");
        return "Bearer " + string.Join(", ", parts);
    }

    /// <summary>The same for <c>_meta["mcp/www_authenticate"]</c>, where error and description are required.</summary>
    public string InResult(McpServer server, Refusal refusal)
    {
        var parts = new List<string>(4)
        {
            $"resource_metadata=\"{addresses.MetadataOf(server)}\"",
            refusal.Status == StatusCodes.Status403Forbidden ? "error=\"insufficient_scope\"" : "error=\"invalid_token\"",
            $"error_description=\"{Description(refusal)}\"",
        };
        AddScopes(parts, server, refusal);
        return "Bearer " + string.Join(", ", parts);
    }

    private static string Description(Refusal refusal) => refusal.Status == StatusCodes.Status403Forbidden
        ? "This needs a further permission."
        : refusal.InvalidCredential ? "The access token is not acceptable here." : "Sign in to use this.";

    private static void AddScopes(List<string> parts, McpServer server, Refusal refusal)
    {
        var scopes = refusal.Status == StatusCodes.Status403Forbidden ? Safe(refusal.RequiredScopes) : server.InitialScopes;
        if (scopes.Length > 0)
        {
            parts.Add($"scope=\"{string.Join(' ', scopes.Select(server.AtIssuer))}\"");
        }
    }

    // Scopes may come from a token: what no header can carry does not get into one.
    private static ImmutableArray<string> Safe(ImmutableArray<string> scopes) =>
        [.. scopes.Where(s => s.Length > 0 && s.All(c => c is >= '!' and <= '~' and not ('"' or '\\')))];
}
