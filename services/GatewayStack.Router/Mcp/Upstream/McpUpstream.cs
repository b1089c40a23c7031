using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>Sends to a server: the message, the headers that belong to it, and who the person is. The caller's token never goes along.</summary>
internal sealed class McpUpstream(ProviderClients clients, RemoteIdentity identity, McpCredentials credentials, UpstreamTokens tokens, TimeProvider time)
{
    private const int MaxOwnAnswer = 16 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Sends the caller's request, changed as decided.</summary>
    /// <exception cref="McpUpstreamException">No answer came, or none that may be passed on.</exception>
    public async Task<HttpResponseMessage> SendAsync(Exchange exchange, McpCall call, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        var method = body is not null ? HttpMethod.Post : HttpMethods.IsDelete(exchange.Http.Request.Method) ? HttpMethod.Delete : HttpMethod.Get;
        return await SendAsync(exchange, call, () => Create(exchange, call, method, body), cancellationToken);
    }

    /// <summary>Asks something of the gateway's own, as the caller.</summary>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<(McpMessage? Answer, string? Failure)> AskAsync(Exchange exchange, McpCall call, string method, Func<string, byte[]> body, CancellationToken cancellationToken)
    {
        var (answer, _, failure) = await AskOwnAsync(exchange, call, method, body, cancellationToken);
        return (answer, failure);
    }

    /// <summary>Begins a session for the caller.</summary>
    /// <returns>The session, or null where the server gave none.</returns>
    public async Task<McpSession?> BeginSessionAsync(Exchange exchange, McpCall call, Func<string, byte[]> initialize, CancellationToken cancellationToken)
    {
        var (answer, session, _) = await AskOwnAsync(exchange, call, McpMethods.Initialize, initialize, cancellationToken);
        using (answer)
        {
            if (answer is null || session is not { Length: > 0 and <= 1024 }
                || !answer.Root.TryGetProperty("result", out var result) || result.ValueKind != System.Text.Json.JsonValueKind.Object
                || !result.TryGetProperty("protocolVersion", out var version) || version.ValueKind != System.Text.Json.JsonValueKind.String
                || !McpVersions.IsKnown(version.GetString()!))
            {
                return null;
            }

            var begun = new McpSession(session, version.GetString()!, time.GetUtcNow().ToUnixTimeSeconds());
            call.Session = begun;
            try
            {
                using var acknowledged = await SendAsync(exchange, call, () => CreateOwn(call, McpMethods.Initialized, """{"jsonrpc":"2.0","method":"notifications/initialized"}"""u8.ToArray()), cancellationToken);
                return begun;
            }
            catch (McpUpstreamException)
            {
                return null;
            }
        }
    }

    private async Task<(McpMessage? Answer, string? Session, string? Failure)> AskOwnAsync(Exchange exchange, McpCall call, string method, Func<string, byte[]> body,
        CancellationToken cancellationToken)
    {
        // An id that nobody uses: two questions at once in one session must not get each other's answer.
        var id = "gatewaystack-" + Guid.NewGuid().ToString("N");
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(call.Server.Timeout);
            using var response = await SendAsync(exchange, call, () => CreateOwn(call, method, body(id)), deadline.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            var (answer, failure) = IsStream(response)
                ? await FindAsync(new SseReader(stream, MaxOwnAnswer), id, deadline.Token)
                : Read(await ReadWholeAsync(stream, MaxOwnAnswer, deadline.Token), id);
            return (answer, response.Headers.TryGetValues(McpHeaders.Session, out var ids) ? ids.FirstOrDefault() : null, failure);
        }
        catch (McpUpstreamException e)
        {
            return (null, null, e.Reason);
        }
        catch (SseFormatException e)
        {
            return (null, null, e.Reason);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null, "timeout");
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (null, null, "broken_off");
        }
    }

    /// <summary>Ends a session for a caller who does not come any more.</summary>
    /// <returns>Why it could not be ended; null where it has ended.</returns>
    public async Task<string?> EndSessionAsync(McpServer server, McpSession session, CallerIdentity caller, string internalAssertion, CancellationToken cancellationToken)
    {
        using var call = new McpCall { Server = server, Resource = string.Empty, Session = session, Version = session.Version, Method = McpMethods.EndSession };
        if (await identity.MintForAsync(caller, new AssertionRequest { InternalAssertion = internalAssertion, Audience = server.AssertionAudience }, cancellationToken) is not { } assertion)
        {
            return "no_assertion";
        }

        var message = Create(call, HttpMethod.Delete, body: null);
        IdentityHeaders.Write(message, caller, "req_" + Guid.CreateVersion7().ToString("N"), assertion);
        if (credentials.Current(server) is { } credential)
        {
            message.Headers.TryAddWithoutValidation("Authorization", credential);
        }

        try
        {
            using var response = await SendOnceAsync(call, message, cancellationToken);
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound ? null : "status";
        }
        catch (McpUpstreamException e)
        {
            return e.Reason;
        }
    }

    public static bool IsStream(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="SseFormatException">It is larger than <paramref name="most"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(Stream stream, long most, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > most)
            {
                throw new SseFormatException("answer_too_large");
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Exchange exchange, McpCall call, Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        var assertion = call.IsAnonymous ? null : await AssertAsync(exchange, call, cancellationToken);
        var own = call.Server.TokenExchange is { } wanted && !call.IsAnonymous ? await ExchangeAsync(exchange, call, wanted, cancellationToken) : null;
        for (var attempt = 1; ; attempt++)
        {
            var message = create();
            if (assertion is not null)
            {
                IdentityHeaders.Write(message, exchange.Context.Identity!, exchange.Context.RequestId, assertion);
            }

            if ((own ?? credentials.Current(call.Server)) is { } credential)
            {
                message.Headers.TryAddWithoutValidation("Authorization", credential);
            }

            var response = await SendOnceAsync(call, message, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                return response;
            }

            // Its challenge is between it and the gateway: the caller has no token for it and never gets one.
            var status = (int)response.StatusCode;
            // A 401 of an MCP server is about the token, with a challenge or, since 2025-11-25, without; one with another challenge is about something else.
            var isAboutToken = status == StatusCodes.Status401Unauthorized && (response.Headers.WwwAuthenticate.Count == 0 || UpstreamTokens.IsAboutToken(response));
            response.Dispose();
            if (attempt == 1 && own is not null && isAboutToken
                && await tokens.RenewAsync(exchange, call.Server.TokenExchange!, own["Bearer ".Length..], cancellationToken) is { } renewed)
            {
                own = "Bearer " + renewed;
            }
            else if (attempt > 1 || !credentials.Renew(call.Server))
            {
                throw new McpUpstreamException("credential_refused", status);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(McpCall call, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var firstByte = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        firstByte.CancelAfter(call.Server.Timeout);
        try
        {
            // The answer is read as it comes: an invoker does not buffer.
            var response = await clients.For("mcp:" + call.Server.Name).SendAsync(message, firstByte.Token);
            if ((int)response.StatusCode is >= 300 and < 400)
            {
                response.Dispose();
                throw new McpUpstreamException("redirect", (int)response.StatusCode);
            }

            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpUpstreamException("timeout");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new McpUpstreamException(e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } ? "connect"
                : "broken_off");
        }
    }

    private async Task<string> AssertAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        var request = new AssertionRequest { InternalAssertion = exchange.Authentication!.InternalAssertion!, Audience = call.Server.AssertionAudience };
        return await identity.MintAsync(exchange, request, cancellationToken) ?? throw new McpUpstreamException("no_assertion") { IsOurs = true };
    }

    private async Task<string> ExchangeAsync(Exchange exchange, McpCall call, TokenExchange wanted, CancellationToken cancellationToken)
    {
        var (token, refusal) = await tokens.GetAsync(exchange, wanted, call.Server.Name, cancellationToken);
        return token is not null ? "Bearer " + token : throw new McpUpstreamException(refusal!.Code);
    }

    private static HttpRequestMessage Create(Exchange exchange, McpCall call, HttpMethod method, ReadOnlyMemory<byte>? body)
    {
        var message = Create(call, method, body);
        RepeatedHeaders.Write(message, exchange, call, body);

        if (call.Resume is { } resume)
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.LastEvent, resume.Id);
        }

        return message;
    }

    private static HttpRequestMessage CreateOwn(McpCall call, string method, ReadOnlyMemory<byte> body)
    {
        var message = Create(call, HttpMethod.Post, body);
        if (call.IsStateless)
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.Method, method);
        }

        return message;
    }

    private static HttpRequestMessage Create(McpCall call, HttpMethod method, ReadOnlyMemory<byte>? body)
    {
        var message = new HttpRequestMessage(method, call.Server.Url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        if (body is { } bytes)
        {
            message.Content = new ReadOnlyMemoryContent(bytes);
            message.Content.Headers.ContentType = Json;
        }

        message.Headers.TryAddWithoutValidation("Accept", method == HttpMethod.Get ? "text/event-stream" : "application/json, text/event-stream");
        if (call.Method != McpMethods.Initialize)
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.Version, call.Version);
        }

        if (call.Session is { Id.Length: > 0 } session)
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.Session, session.Id);
        }

        return message;
    }

    private static async Task<(McpMessage? Answer, string? Failure)> FindAsync(SseReader events, string id, CancellationToken cancellationToken)
    {
        while (await events.ReadAsync(cancellationToken) is { } sse)
        {
            if (sse.Data is not { Length: > 0 } data)
            {
                continue;
            }

            var (answer, failure) = Read(data, id);
            if (answer is not null || failure == "garbage")
            {
                return (answer, failure);
            }
        }

        return (null, "broken_off");
    }

    private static (McpMessage? Answer, string? Failure) Read(ReadOnlyMemory<byte> body, string id)
    {
        if (McpMessageReader.TryReadAny(body, out var message) is not null)
        {
            return (null, "garbage");
        }

        // An error about a request whose id could not be read has none.
        if (message is { Kind: McpMessageKind.Response, Id: { } given }
            && ((given.ValueKind == System.Text.Json.JsonValueKind.String && given.ValueEquals(id)) || given.ValueKind == System.Text.Json.JsonValueKind.Null))
        {
            return (message, null);
        }

        message!.Dispose();
        return (null, "answer_to_another_request");
    }
}

/// <summary>A server gave no answer that can be passed on.</summary>
internal sealed class McpUpstreamException(string reason, int? status = null) : Exception(reason)
{
    /// <summary>Why, for the record.</summary>
    public string Reason { get; } = reason;

    /// <summary>Its HTTP status, where it gave one.</summary>
    public int? Status { get; } = status;

    /// <summary>True where the gateway's own module is at fault.</summary>
    public bool IsOurs { get; init; }
}
