using System.Globalization;
using System.Text;
using System.Text.Json;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp.Protocol;

/// <summary>Checks the headers that repeat what the body says (2026-07-28, transports): whoever decides on one of the two must know that the other says the same.</summary>
internal static class McpHeaders
{
    public const string Version = "MCP-Protocol-Version";
    public const string Session = "Mcp-Session-Id";
    public const string LastEvent = "Last-Event-ID";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";
    public const string ParameterPrefix = "Mcp-Param-";

    private const string CapabilitiesMember = "io.modelcontextprotocol/clientCapabilities";
    private const int MaxValue = 4096;

    /// <summary>The version that the header names; null where there is none.</summary>
    /// <returns>False where it stands there twice.</returns>
    public static bool TryReadVersion(IHeaderDictionary headers, out string? version)
    {
        var values = headers[Version];
        version = values.Count == 1 ? values[0]?.Trim() : null;
        return values.Count <= 1;
    }

    /// <summary>Judges the version and the headers of a message against its body.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="message">The message.</param>
    /// <param name="isStateless">True where header or body name 2026-07-28 or later.</param>
    public static Refusal? Check(IHeaderDictionary headers, McpMessage message, bool isStateless)
    {
        if (!TryReadVersion(headers, out var version))
        {
            return Mismatch("MCP-Protocol-Version stands twice.");
        }

        if (isStateless && CheckStateless(message, version) is { } wrong)
        {
            return wrong;
        }

        if (!isStateless && version is not null && !McpVersions.IsKnown(version))
        {
            // A body that names a version is of the era in which bodies do.
            return message.BodyVersion is null ? Unsupported(version)
                : Unsupported(version) with
                {
                    Rpc = new RpcError(McpErrorCodes.UnsupportedVersion)
                    {
                        Supported = [McpVersions.Stateless],
                        Requested = version.Length <= 64
                ? version : version[..64]
                    }
                };
        }

        if (!isStateless && message.BodyVersion is { } other && other != version)
        {
            return Mismatch("The body names another protocol version than the header.");
        }

        var required = isStateless && message.Kind != McpMessageKind.Response;
        if (CheckText(headers, Method, message.Method, required) is { } wrongMethod)
        {
            return wrongMethod;
        }

        // A header about a name where the method has none is nobody's: it is not judged, and does not go on.
        var named = NameOf(message);
        return named is null ? null : CheckText(headers, Name, named, isStateless && !McpMethods.IsOfTask(message.Method));
    }

    /// <summary>Judges one <c>Mcp-Param-</c> header against the argument that it repeats.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="name">The name after the prefix.</param>
    /// <param name="argument">The argument; null where it is left out.</param>
    /// <param name="required">True where an argument must be repeated.</param>
    public static Refusal? CheckParameter(IHeaderDictionary headers, string name, JsonElement? argument, bool required)
    {
        var expected = argument is not { } given ? null : given.ValueKind switch
        {
            JsonValueKind.String => given.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => given.GetRawText(),
            _ => null,
        };
        return CheckText(headers, ParameterPrefix + name, expected, required && expected is not null, IsSameNumber);
    }

    public static Refusal Mismatch(string message) => Refusal.BadRequest("header_mismatch", message) with { Rpc = new RpcError(McpErrorCodes.HeaderMismatch) };

    public static Refusal Unsupported(string requested) => Refusal.BadRequest("unsupported_protocol_version", "The protocol version is not served here.") with
    {
        Rpc = new RpcError(McpErrorCodes.UnsupportedVersion)
        {
            // Of the era that the request is of: to a client that speaks without sessions, the others say nothing.
            Supported = [.. McpVersions.Known.Where(v => McpVersions.IsStateless(v) == McpVersions.IsStateless(requested))],
            Requested = requested.Length <= 64 ? requested : requested[..64],
        },
    };

    private static Refusal? CheckStateless(McpMessage message, string? version)
    {
        if (message.Kind == McpMessageKind.Response)
        {
            return Refusal.BadRequest("invalid_message", "This protocol version has no replies from the client.") with { Rpc = new RpcError(McpErrorCodes.InvalidRequest) };
        }

        if (version is null)
        {
            return Mismatch("The header MCP-Protocol-Version is missing.");
        }

        if (message.Kind == McpMessageKind.Request && message.BodyVersion is null)
        {
            return Refusal.BadRequest("invalid_params", $"'params._meta' must name {McpMessageReader.VersionMember}.") with { Rpc = new RpcError(McpErrorCodes.InvalidParams) };
        }

        if (message.BodyVersion is { } inBody && inBody != version)
        {
            return Mismatch("The body names another protocol version than the header.");
        }

        if (!McpVersions.IsKnown(version))
        {
            return Unsupported(version);
        }

        return message.Kind == McpMessageKind.Request
            && !(message.Meta?.TryGetProperty(CapabilitiesMember, out var capabilities) == true && capabilities.ValueKind == JsonValueKind.Object)
            ? Refusal.BadRequest("invalid_params", $"'params._meta' must hold {CapabilitiesMember}.") with { Rpc = new RpcError(McpErrorCodes.InvalidParams) }
            : null;
    }

    /// <summary>What <c>Mcp-Name</c> repeats; null where the method has no name.</summary>
    public static string? NameOf(McpMessage message) => message.Method switch
    {
        McpMethods.ToolsCall or McpMethods.PromptsGet => message.Text("name"),
        McpMethods.ResourcesRead => message.Text("uri"),
        var method when McpMethods.IsOfTask(method) => message.Text("taskId"),
        _ => null,
    };

    private static Refusal? CheckText(IHeaderDictionary headers, string header, string? expected, bool required, Func<string, string, bool>? same = null)
    {
        var values = headers[header];
        if (values.Count == 0)
        {
            return required ? Mismatch($"The header {header} is missing.") : null;
        }

        if (values.Count > 1 || values[0]!.Length > MaxValue || Decode(values[0]!) is not { } given)
        {
            return Mismatch($"The header {header} cannot be read: it stands once, as text or as =?base64?...?=.");
        }

        return expected is not null && (string.Equals(given, expected, StringComparison.Ordinal) || same?.Invoke(given, expected) == true)
            ? null
            : Mismatch($"The header {header} says something else than the body.");
    }

    private static bool IsSameNumber(string header, string argument) =>
        decimal.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
        && decimal.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var b) && a == b;

    /// <summary>A value as a header can carry it.</summary>
    public static string Encode(string value) =>
        value.Length > 0 && value.Trim(' ') == value && value.All(c => c is >= ' ' and <= '~') && !value.StartsWith("=?", StringComparison.Ordinal)
            ? value
            : "=?base64?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + "?=";

    /// <summary>A value that HTTP cannot carry is wrapped as <c>=?base64?...?=</c>.</summary>
    private static string? Decode(string value)
    {
        const string start = "=?base64?";
        const string end = "?=";
        value = value.Trim(' ', '\t');
        if (!value.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        {
            return value.All(c => c is >= ' ' and <= '~' or '\t') ? value : null;
        }

        if (!value.EndsWith(end, StringComparison.Ordinal) || value.Length < start.Length + end.Length)
        {
            // Without its end it is no wrapping.
            return value.All(c => c is >= ' ' and <= '~' or '\t') ? value : null;
        }

        var text = value[start.Length..^end.Length];
        var bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out var length) ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
