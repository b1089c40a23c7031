using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp.Servers;

/// <summary>Protected-resource metadata of MCP routes (RFC 9728): where a client gets a token for one.</summary>
internal sealed class McpResourceMetadata(RouterSnapshotStore snapshots, McpAddresses addresses, IIdentityModule identity, TimeProvider time)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(1);

    private volatile Known? _known;

    public async Task HandleAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
            headers.AccessControlAllowHeaders = "*";
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (http.Request.RouteValues["server"] is not string name || !snapshots.Current.McpServers.TryGetValue(name, out var server))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var description = await DescribeAsync(http.RequestAborted);
        headers.CacheControl = "public, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, Readable);
        writer.WriteStartObject();
        writer.WriteString("resource", addresses.ResourceOf(server));
        Write(writer, "authorization_servers", description.AuthorizationServers);
        if (server.InitialScopes.Length > 0)
        {
            Write(writer, "scopes_supported", server.InitialScopes.Select(server.AtIssuer));
        }

        Write(writer, "bearer_methods_supported", ["header"]);
        writer.WriteString("resource_name", server.Name);
        writer.WriteEndObject();
    }

    /// <summary>What was said last is still true while Identity cannot be asked.</summary>
    private async ValueTask<IdentityDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        if (known is not null && time.GetUtcNow() < known.Until)
        {
            return known.Description;
        }

        try
        {
            var description = await identity.DescribeAsync(cancellationToken);
            _known = new Known(description, time.GetUtcNow() + KnownFor);
            return description;
        }
        catch (ModuleCallException) when (known is not null)
        {
            return known.Description;
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private sealed record Known(IdentityDescription Description, DateTimeOffset Until);
}
