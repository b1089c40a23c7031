using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>What does it say to the MCP server? Read once and strictly: version, session, and what the message is about.</summary>
internal sealed class ReadMcp(McpSubjects subjects, McpRetries retries, McpSignIn signIn, SessionTakeover takeover, KnownSessions sessions, EndedStandings ended) : IPipelineStep
{
    private const int MostRecords = 16;

    /// <summary>Before the names of what the protocol itself says in <c>_meta</c>.</summary>
    private const string ProtocolPrefix = "io.modelcontextprotocol/";

    /// <summary>The protocol's members of <c>_meta</c> without a prefix: the gateway writes its own trace in place of a client's.</summary>
    private static readonly FrozenSet<string> Protocol = new[] { "progressToken", "traceparent", "tracestate", "baggage" }.ToFrozenSet(StringComparer.Ordinal);

    public string Name => "read";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var call = exchange.Mcp!;
        var headers = exchange.Http.Request.Headers;
        exchange.Context.Candidates = [new RouteTarget { Id = "0", Provider = call.Server.Name }];
        var isPost = HttpMethods.IsPost(exchange.Http.Request.Method);
        if (isPost && (JudgeAccept(headers) ?? await McpMessageBody.ReadAsync(exchange, call, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        // Judged after the message is read: the error goes out under its id.
        if (!McpHeaders.TryReadVersion(headers, out var version))
        {
            return McpHeaders.Mismatch("MCP-Protocol-Version stands twice.");
        }

        call.IsStateless = (version is not null && McpVersions.IsStateless(version)) || (call.Message?.BodyVersion is { } inBody && McpVersions.IsStateless(inBody));
        call.Version = version ?? McpVersions.Assumed;
        if (call.Message is { Method: McpMethods.Initialize } && call.Message.Text("protocolVersion") is { } asked && McpVersions.IsKnown(asked))
        {
            call.Version = asked;
        }

        if (isPost && call.IsAnonymous && !McpSignIn.IsOpen(call))
        {
            return Refusal.MissingToken;
        }

        if (isPost && McpHeaders.Check(headers, call.Message!, call.IsStateless) is { } mismatch)
        {
            return mismatch;
        }

        if (call.IsStateless && call.Message is { Kind: McpMessageKind.Request } && McpMethods.IsOfSessions(call.Method))
        {
            return McpSubjects.MethodNotFound(call);
        }

        if (call.IsStateless ? !isPost : !isPost && version is not null && !McpVersions.IsKnown(version))
        {
            return call.IsStateless ? NotAllowed : McpHeaders.Unsupported(version!);
        }

        if (!call.IsStateless && await OpenSessionAsync(exchange, call, headers, exchange.Http.Request.Method, cancellationToken) is { } noSession)
        {
            return noSession;
        }

        return isPost ? await ReadMessageAsync(exchange, call, cancellationToken) : await StreamAsync(exchange, call, exchange.Http.Request.Method, cancellationToken);
    }

    private static Refusal NotAllowed { get; } = new()
    {
        Status = StatusCodes.Status405MethodNotAllowed,
        Code = "method_not_allowed",
        Message = "This protocol version has no streams besides those of its requests, and no sessions: send POST.",
    };

    private async ValueTask<Refusal?> StreamAsync(Exchange exchange, McpCall call, string method, CancellationToken cancellationToken)
    {
        call.Method = HttpMethods.IsDelete(method) ? McpMethods.EndSession : McpMethods.Stream;
        if (call.IsAnonymous && !HttpMethods.IsDelete(method))
        {
            return NotAllowed with { Message = "Without a token there is no stream." };
        }

        // The call was counted when it was made; what follows is its rest.
        call.IsRetry = call.Resume is not null;
        return call.Resume is { } position ? await subjects.ResumeAsync(exchange, call, position, cancellationToken) : null;
    }

    private async ValueTask<Refusal?> ReadMessageAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        var message = call.Message!;
        if (await subjects.FindAsync(exchange, call, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        call.IsRetry = call.IsStateless && call.IsToolCall && message.Text("requestState") is { } state && retries.TryTake(exchange, call, state);
        return Content(exchange, call, message, cancellationToken);
    }

    private async ValueTask<Refusal?> OpenSessionAsync(Exchange exchange, McpCall call, IHeaderDictionary headers, string method, CancellationToken cancellationToken)
    {
        var values = headers[McpHeaders.Session];
        var isInitialize = call.Message is { Method: McpMethods.Initialize };
        if (values.Count > 1)
        {
            return Refusal.BadRequest("duplicate_header", "Mcp-Session-Id stands twice.") with { Rpc = new RpcError(McpErrorCodes.InvalidRequest) };
        }

        if (values.Count == 0 || isInitialize)
        {
            return HttpMethods.IsDelete(method)
                ? Refusal.BadRequest("missing_session", "Name the session to end in Mcp-Session-Id.") with { Rpc = new RpcError(McpErrorCodes.InvalidRequest) }
                : await ResumeAsync(call, headers, method, cancellationToken);
        }

        call.SessionHandle = values[0]!;
        call.Session = await call.Handles!.OpenSessionAsync(call.SessionHandle, cancellationToken) ?? await TakeOverAsync(exchange, call, cancellationToken);
        if (call.Session is null || (exchange.Context.Identity is { } caller && ended.HasEnded(caller, DateTimeOffset.FromUnixTimeSeconds(call.Session.Began))))
        {
            return new Refusal
            {
                Status = StatusCodes.Status404NotFound,
                Code = "session_not_found",
                Message = "There is no such session. Begin a new one with 'initialize'.",
                Rpc = new RpcError(McpErrorCodes.SessionNotFound),
            };
        }

        if (HttpMethods.IsDelete(method))
        {
            sessions.Forget(call);
        }
        else
        {
            sessions.Note(exchange, call, call.Session);
        }

        if (headers[McpHeaders.Version].Count == 0)
        {
            call.Version = call.Session.Version;
        }

        return await ResumeAsync(call, headers, method, cancellationToken);
    }

    /// <summary>A session that began without a token is opened to whoever has signed in meanwhile, as a new one of theirs.</summary>
    private async ValueTask<McpSession?> TakeOverAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        if (call.IsAnonymous || call.Server.AnonymousMethods.Count == 0
            || await signIn.HandlesOf(null, call).OpenSessionAsync(call.SessionHandle, cancellationToken) is not { } anonymous
            || await takeover.TakeAsync(exchange, call, anonymous, cancellationToken) is not { } handle)
        {
            return null;
        }

        call.SessionHandle = handle;
        exchange.Http.Response.Headers[McpHeaders.Session] = handle;
        return await call.Handles!.OpenSessionAsync(handle, cancellationToken);
    }

    private static async ValueTask<Refusal?> ResumeAsync(McpCall call, IHeaderDictionary headers, string method, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(method) || headers[McpHeaders.LastEvent] is not [{ Length: > 0 } last])
        {
            return null;
        }

        call.Resume = await call.Handles!.OpenEventAsync(last, call.SessionHandle, cancellationToken);
        return call.Resume is not null ? null : Refusal.BadRequest("unknown_event", "Last-Event-ID is none of this session's.") with { Rpc = new RpcError(McpErrorCodes.InvalidRequest) };
    }

    private static Refusal? JudgeAccept(IHeaderDictionary headers)
    {
        var accept = headers.Accept.ToString();
        var takes = accept.Length == 0 || accept.Contains("*/*", StringComparison.Ordinal)
            || (accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) && accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));
        return takes ? null : new Refusal
        {
            Status = StatusCodes.Status406NotAcceptable,
            Code = "not_acceptable",
            Message = "Accept must name application/json and text/event-stream.",
        };
    }

    /// <summary>What the caller wrote, for Transform: arguments, and answers to what the server asked.</summary>
    private static Refusal? Content(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        exchange.Treatment = ContentTreatment.Off;
        var collector = new SegmentCollector { Cancellation = cancellationToken };
        if (message.Method is McpMethods.ToolsCall or McpMethods.PromptsGet && message.Member("arguments") is { } arguments)
        {
            collector.Walk(arguments, "/params/arguments", SegmentOrigin.ToolArguments, "argument");
        }

        if (message.Method == McpMethods.Complete && message.Member("argument") is { } argument)
        {
            collector.Walk(argument, "/params/argument", SegmentOrigin.ToolArguments, "argument");
        }

        if (message.Member("inputResponses") is { } responses)
        {
            collector.Walk(responses, "/params/inputResponses", SegmentOrigin.User, "content");
        }

        foreach (var member in (ReadOnlySpan<string>)["result", "error"])
        {
            if (message.Kind == McpMessageKind.Response && message.Root.TryGetProperty(member, out var reply))
            {
                collector.Walk(reply, "/" + member, SegmentOrigin.User, "content");
            }
        }

        if (message.Params is { } parameters && !McpTrace.IsKnown(message.Method))
        {
            // What nobody knows may carry anything anywhere.
            collector.Walk(parameters, "/params", SegmentOrigin.ToolArguments, "argument");
        }
        else if (!call.IsAnonymous)
        {
            Beside(collector, message);
        }

        if (call.IsToolCall && message.Member("arguments") is { } root)
        {
            exchange.Context.Resources = exchange.Context.Resources.AddRange(Records(call, root));
        }

        if (collector.TooMuch)
        {
            return Refusal.BadRequest("invalid_params", "The message has too many texts, or members with too long names.") with { Rpc = new RpcError(McpErrorCodes.InvalidParams) };
        }

        if (collector.Segments.Count == 0 && collector.Unscanned.Count == 0)
        {
            return null;
        }

        exchange.Treatment = call.Server.Treatment;
        exchange.BackendContent = new BackendContent(message.Bytes, message.Document)
        {
            Segments = collector.Segments.ToImmutable(),
            SegmentElements = collector.Elements.ToImmutable(),
            Unscanned = collector.Unscanned.ToImmutable(),
            Files = collector.Files,
            Attachments = collector.Attachments,
        };
        exchange.Context.Content = exchange.BackendContent.Segments;
        return null;
    }

    /// <summary>What stands beside the subject of a message that is known: words for people, and what a client says in its own members of <c>_meta</c>.</summary>
    private static void Beside(SegmentCollector collector, McpMessage message)
    {
        foreach (var name in (ReadOnlySpan<string>)["reason", "message"])
        {
            if (message.Method is McpMethods.Cancelled or McpMethods.Progress && message.Member(name) is { ValueKind: JsonValueKind.String } words)
            {
                collector.Walk(words, "/params/" + name, SegmentOrigin.User, name);
            }
        }

        foreach (var member in message.Meta?.EnumerateObject() ?? default)
        {
            if (!member.Name.StartsWith(ProtocolPrefix, StringComparison.Ordinal) && !Protocol.Contains(member.Name))
            {
                collector.AddName(member, "/params/_meta", SegmentOrigin.User);
                collector.Walk(member.Value, "/params/_meta/" + JsonPath.Escape(member.Name), SegmentOrigin.User, "content");
            }
        }
    }

    private static ImmutableArray<ResourceReference> Records(McpCall call, JsonElement arguments) =>
    [
        .. call.Server.ResourcePointers.Where(p => p.IsAbout(call.Tool!))
            .Select(p => (p.Resource.Type, Found: p.Resource.Pointer.TryFind(arguments, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.ToString() : null))
            .Where(p => p.Found is not null)
            .Take(MostRecords)
            .Select(p => new ResourceReference { Type = p.Type, Id = RecordedId.Of(p.Found!) }),
    ];
}
