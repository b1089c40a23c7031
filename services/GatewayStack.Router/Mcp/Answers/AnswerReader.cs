using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Lists;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>What becomes of a message that a server sent.</summary>
internal enum AnswerKind
{
    /// <summary>It goes on to the caller; more may follow.</summary>
    Passed,

    /// <summary>It is the answer to the caller's request.</summary>
    Answer,

    /// <summary>It is not for the caller.</summary>
    Dropped,

    /// <summary>It must not go on, and nothing after it.</summary>
    Bad,
}

/// <summary>One message of a server, read, judged and changed.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Reason">Why it is bad, for the record.</param>
/// <param name="Refusal">What the caller is told in its place, where it is withheld for what is in it.</param>
internal sealed record ServerMessage(AnswerKind Kind, ReadOnlyMemory<byte> Body = default, string? Reason = null, Refusal? Refusal = null)
{
    /// <summary>False for an error whose code only servers of the session era give for a request without a session.</summary>
    public bool IsOfStatelessEra { get; init; } = true;
}

/// <summary>Reads what a server says, and makes of it what the caller may see.</summary>
internal sealed class AnswerReader(ListFilter lists, ResultContent content, McpRetries retries)
{
    public async ValueTask<ServerMessage> ReadAsync(Exchange exchange, McpCall call, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (McpMessageReader.TryReadAny(body, out var message) is not null)
        {
            return Bad("garbage");
        }

        using (message)
        {
            return message!.Kind switch
            {
                McpMessageKind.Request => await RequestAsync(exchange, call, message, cancellationToken),
                McpMessageKind.Notification => await NotificationAsync(exchange, call, message, cancellationToken),
                _ when message.Id is { } id && call.IsAnswer(id) => await AnswerAsync(exchange, call, message, cancellationToken),
                // Where the server could not read the id, it says so with none; the caller waits for its own.
                _ when message.Id is { ValueKind: JsonValueKind.Null } && call.Message?.Id is { } own => await ErrorAsync(exchange, call, message, own, cancellationToken),
                _ => Bad("answer_to_another_request"),
            };
        }
    }

    /// <summary>The server asks the client something: under an id that only this caller can answer.</summary>
    private async ValueTask<ServerMessage> RequestAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        if (call.IsStateless)
        {
            return Bad("request_of_the_server");
        }

        var splices = new BodySplices();
        var id = await call.Handles!.SignRequestIdAsync(message.Id!.Value.GetRawText(), call.SessionHandle, cancellationToken);
        splices.Replace(StrictJson.Locate(message.Bytes.Span, message.Id.Value), BodySplices.Literal(id));
        return await content.TreatAsideAsync(exchange, call, message, splices, cancellationToken) ?? Bad("content_withheld");
    }

    private async ValueTask<ServerMessage> NotificationAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        var splices = new BodySplices();
        if (message.Method == "notifications/cancelled" && message.Member("requestId") is { } id && !call.IsStateless)
        {
            splices.Replace(StrictJson.Locate(message.Bytes.Span, id), BodySplices.Literal(await call.Handles!.SignRequestIdAsync(id.GetRawText(), call.SessionHandle, cancellationToken)));
        }

        if (message.Method.StartsWith("notifications/tasks", StringComparison.Ordinal))
        {
            if (call.Tool is null || message.Params is not { } parameters)
            {
                // Which tool it runs for is not known here; who started it asks for it.
                return new ServerMessage(AnswerKind.Dropped);
            }

            await TaskIds.ReplaceAsync(call, message, parameters, splices, cancellationToken);
        }

        return await content.TreatAsideAsync(exchange, call, message, splices, cancellationToken) ?? new ServerMessage(AnswerKind.Dropped);
    }

    private async ValueTask<ServerMessage> ErrorAsync(Exchange exchange, McpCall call, McpMessage message, JsonElement own, CancellationToken cancellationToken)
    {
        var splices = new BodySplices();
        splices.Replace(StrictJson.Locate(message.Bytes.Span, message.Id!.Value), JsonMarshal.GetRawUtf8Value(own).ToArray());
        return await content.TreatErrorAsync(exchange, call, message, splices, cancellationToken) with { IsOfStatelessEra = !AsksForSession(message) };
    }

    private async ValueTask<ServerMessage> AnswerAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        if (!message.Root.TryGetProperty("result", out var result))
        {
            return await content.TreatErrorAsync(exchange, call, message, new BodySplices(), cancellationToken) with { IsOfStatelessEra = !AsksForSession(message) };
        }

        if (result.ValueKind != JsonValueKind.Object)
        {
            return Bad("garbage");
        }

        var splices = new BodySplices();
        if (McpMethods.IsList(call.AnsweredMethod) && !await lists.FilterAsync(exchange, call, message, result, splices, cancellationToken))
        {
            return new ServerMessage(AnswerKind.Bad, Refusal: Refusal.Unavailable("decide"));
        }

        Scope(call, message, result, splices);
        await TaskIds.ReplaceAsync(call, message, result, splices, cancellationToken);
        if (result.TryGetProperty("requestState", out var state) && state.ValueKind == JsonValueKind.String)
        {
            retries.Remember(exchange, call, state.GetString()!);
        }

        if (call.AnsweredMethod == McpMethods.Initialize && result.TryGetProperty("protocolVersion", out var version) && version.ValueKind == JsonValueKind.String
            && McpVersions.IsKnown(version.GetString()!))
        {
            call.Outcome.AgreedVersion = version.GetString();
        }

        if (call.AnsweredMethod is McpMethods.ToolsCall or McpMethods.TasksResult && result.TryGetProperty("isError", out var isError))
        {
            call.Outcome.IsError = isError.ValueKind == JsonValueKind.True;
        }

        return await content.TreatAsync(exchange, call, message, result, splices, cancellationToken);
    }

    /// <summary>What was filtered for one person is nobody else's; a catalogue is everyone's.</summary>
    private static void Scope(McpCall call, McpMessage message, JsonElement result, BodySplices splices)
    {
        if (!call.IsStateless || !(McpMethods.IsList(call.AnsweredMethod) || result.TryGetProperty("cacheScope", out _)))
        {
            return;
        }

        var isPublic = call.Server.List == McpListing.Catalogue && call.AnsweredMethod == McpMethods.ToolsList;
        var value = BodySplices.Literal(isPublic ? "public" : "private");
        if (result.TryGetProperty("cacheScope", out var given))
        {
            splices.Replace(StrictJson.Locate(message.Bytes.Span, given), value);
            return;
        }

        splices.Insert(StrictJson.Locate(message.Bytes.Span, result).Start.Value + 1, result.EnumerateObject().Any() ? BodySplices.Member("cacheScope", value)
            : BodySplices.Member("cacheScope", value)[..^1]);
    }

    // -32000 and -32001 are the official SDKs' own, for a session or an initialization that is missing.
    private static bool AsksForSession(McpMessage message) =>
        message.Root.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) && code.TryGetInt32(out var number)
        && number is -32000 or -32001 or McpErrorCodes.InvalidRequest;

    private static ServerMessage Bad(string reason) => new(AnswerKind.Bad, Reason: reason);
}
