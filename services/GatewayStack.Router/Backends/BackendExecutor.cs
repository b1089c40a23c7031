using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayStack.Router.Backends;

/// <summary>Forwards to a backend (YARP), with the verified identity injected and signed.</summary>
internal sealed class BackendExecutor(
    IHttpForwarder forwarder, ProviderClients clients, RemoteIdentity identity, UpstreamTokens upstreamTokens, ChildRequests children) : IRouteExecutor
{
    private const int UsageCaptureBytes = 256 * 1024;

    public IReadOnlyCollection<string> Routes => ["backend"];

    public async ValueTask<Refusal?> ExecuteAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (backend, http, context) = (exchange.Backend!, exchange.Http, exchange.Context);
        var assertion = await AssertAsync(exchange, backend, cancellationToken);
        if (assertion is null)
        {
            return Refusal.Unavailable("identify");
        }

        var credential = backend.Credential;
        Func<CancellationToken, ValueTask<string?>>? renew = null;
        if (backend.TokenExchange is { } wanted)
        {
            var (token, refusal) = await upstreamTokens.GetAsync(exchange, wanted, backend.Name, cancellationToken);
            if (refusal is not null)
            {
                return refusal;
            }

            credential = "Bearer " + token;
            renew = async ending => await upstreamTokens.RenewAsync(exchange, wanted, token!, ending);
        }

        if (exchange.BackendContent is { } content)
        {
            var body = content.Write(exchange.Plan[0].Edits);
            http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
            http.Request.ContentLength = body.Length;
        }

        if (backend.CallerCredential is not null)
        {
            children.Expect(context.RequestId);
        }

        var original = http.Response.Body;
        var held = new HoldBackStream(original, () => http.Response.ContentLength, backend.StatesUsage ? UsageCaptureBytes : 0);
        http.Response.Body = held;
        var transformer = new BackendTransformer(exchange, backend, assertion, credential, renew, CanRepeat(exchange));
        var error = await SendAsync(http, backend, transformer, cancellationToken);
        if (transformer.Renewed is { } renewed)
        {
            if (http.Request.Body.CanSeek)
            {
                http.Request.Body.Seek(0, SeekOrigin.Begin);
            }

            // The first answer's status is all that was taken over of it.
            (http.Response.StatusCode, http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase) = (StatusCodes.Status200OK, null);
            transformer = new BackendTransformer(exchange, backend, assertion, "Bearer " + renewed, renew: null, repeats: false);
            error = await SendAsync(http, backend, transformer, cancellationToken);
        }

        Finish(exchange, error, transformer.Redirected, held);
        http.Response.Body = original;
        exchange.HeldBack = End(exchange, error, transformer.Redirected, held);
        return null;
    }

    private ValueTask<ForwarderError> SendAsync(HttpContext http, Backend backend, BackendTransformer transformer, CancellationToken cancellationToken) => forwarder.SendAsync(
        http, backend.BaseUrl.ToString(), clients.For("backend:" + backend.Name), new ForwarderRequestConfig { ActivityTimeout = backend.Timeout }, transformer, cancellationToken);

    /// <summary>
    /// True where nothing of the request is gone once it was sent: its body is in memory, or there is none. A backend that calls back may have begun to work
    /// on it, and have done so at another replica: it is not sent the request a second time.
    /// </summary>
    private static bool CanRepeat(Exchange exchange) => exchange.Backend is { CallerCredential: null }
        && (exchange.BackendContent is not null || exchange.Http.Request.ContentLength == 0
            || exchange.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false });

    private async ValueTask<string?> AssertAsync(Exchange exchange, Backend backend, CancellationToken cancellationToken)
    {
        var request = new AssertionRequest
        {
            InternalAssertion = exchange.Authentication!.InternalAssertion!,
            Audience = backend.Audience,
            RequestId = backend.CallerCredential is null ? null : exchange.Context.RequestId,
        };
        return await identity.MintAsync(exchange, request, cancellationToken);
    }

    private void Finish(Exchange exchange, ForwarderError error, bool redirected, HoldBackStream held)
    {
        var backend = exchange.Backend!;
        var status = exchange.Http.Response.StatusCode;
        var cut = CutOffOf(exchange, error);
        var cancelled = error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled
            && exchange.Http.RequestAborted.IsCancellationRequested;
        var reason = cut is not null ? cut.Refusal.Code : error != ForwarderError.None ? error.ToString() : redirected ? "redirect" : null;
        var target = exchange.Plan[0].Target;
        exchange.Context.RoutingDecision = new RoutingDecision
        {
            Provider = backend.Name,
            Model = target.Model,
            Attempts = [new RoutingAttempt { Number = 1, Target = target, Status = redirected || error != ForwarderError.None ? null : status, Error = reason }],
        };
        var outcome = cut is not null ? EventOutcomes.Refused : cancelled ? EventOutcomes.Cancelled : reason is null ? EventOutcomes.Completed : EventOutcomes.Failed;
        exchange.Execution = new ExecutionResult
        {
            Outcome = outcome,
            Status = redirected ? StatusCodes.Status502BadGateway : cut is not null && !exchange.Http.Response.HasStarted ? cut.Refusal.Status : status,
            Reason = reason,
            Attempts = target.Model is null ? [] : [Usage(exchange, backend, held, error)],
        };
    }

    /// <summary>The block that ended it under way, where it was one.</summary>
    private static CutOff? CutOffOf(Exchange exchange, ForwarderError error) =>
        error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled ? exchange.CutOff : null;

    private AttemptUsage Usage(Exchange exchange, Backend backend, HoldBackStream held, ForwarderError error)
    {
        var target = exchange.Plan[0].Target;
        var tokens = held.Captured is { } body ? Read(body, backend) : null;

        // What the answer should have stated and did not is charged by its bound, or leaving before its end would be free.
        var sent = error is not (ForwarderError.RequestCreation or ForwarderError.NoAvailableDestinations or ForwarderError.Request);
        var estimated = tokens is null && backend.StatesUsage && sent && !children.HasArrived(exchange.Context.RequestId);
        if (estimated)
        {
            tokens = new TokenUsage { InputTokens = exchange.InputTokenBound, OutputTokens = exchange.Plan[0].MaxOutputTokens };
        }

        var price = exchange.Context.LimitsDecision?.Prices.MaxBy(p => p.Output);
        return new AttemptUsage
        {
            Attempt = 1,
            Provider = backend.Name,
            Model = target.Model,
            Tokens = tokens,
            Estimated = estimated,
            CostMicros = tokens is null || price is null ? null : Pricing.Cost(price, tokens),
        };
    }

    private static TokenUsage? Read(ReadOnlyMemory<byte> body, Backend backend)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var input = Count(document.RootElement, backend.InputTokensPointer);
            var output = Count(document.RootElement, backend.OutputTokensPointer);
            return input is null && output is null ? null : new TokenUsage { InputTokens = input ?? 0, OutputTokens = output ?? 0 };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Count(JsonElement root, JsonPath? pointer) =>
        pointer is not null && pointer.TryFind(root, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var count)
        && count is >= 0 and < 1_000_000_000 ? count : null;

    private static IHeldBackEnd End(Exchange exchange, ForwarderError error, bool redirected, HoldBackStream held)
    {
        if (error == ForwarderError.None && !redirected)
        {
            return new StreamEnd(held);
        }

        if (error is ForwarderError.RequestBodyClient && !exchange.Http.Response.HasStarted)
        {
            var tooLarge = exchange.Http.Response.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return new RefusalEnd(exchange, tooLarge
                ? Doors.BodyReader.TooLarge(exchange.Snapshot.MaxBodyBytes)
                : Refusal.BadRequest("bad_request", "The request's body could not be read."));
        }

        if (exchange.Http.Response.HasStarted)
        {
            return new AbortEnd(exchange);
        }

        exchange.Http.Response.Headers.Clear();
        exchange.Http.Response.Headers["x-request-id"] = exchange.Context.RequestId;
        exchange.ShowDegraded();
        return new RefusalEnd(exchange, CutOffOf(exchange, error)?.Refusal ?? Unanswered(error, redirected));
    }

    private static Refusal Unanswered(ForwarderError error, bool redirected) => redirected
        ? new Refusal { Status = StatusCodes.Status502BadGateway, Code = "backend_redirected", Message = "The backend answered with a redirect, which is not followed." }
        : error == ForwarderError.RequestTimedOut
            ? new Refusal { Status = StatusCodes.Status504GatewayTimeout, Code = "backend_timeout", Message = "The backend did not answer in time." }
            : new Refusal { Status = StatusCodes.Status502BadGateway, Code = "backend_unavailable", Message = "The backend could not be reached or broke off." };

    private sealed class StreamEnd(HoldBackStream held) : IHeldBackEnd
    {
        public ValueTask ReleaseAsync(CancellationToken cancellationToken) => held.ReleaseAsync(cancellationToken);
    }
}
