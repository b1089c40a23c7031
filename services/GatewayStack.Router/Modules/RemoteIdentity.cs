using System.Globalization;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Modules;

/// <summary>
/// Asks Identity, and where it is on the other side of a wire uses what it said for seconds: who stands behind a token, and the assertion for an upstream. Never a refusal, never
/// what is for one request alone, never past the end of the token or of the assertion.
/// </summary>
internal sealed class RemoteIdentity(IIdentityModule identity, StageInvoker stages, RemoteModules modules, RouterSnapshotStore settings, TimeProvider time)
{
    private const int Most = 20_000;

    /// <summary>What an assertion must still have to live, for the stages before it and the clock of who checks it.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    private readonly KeyedHash _hash = new();
    private readonly ExpiringCache<AuthenticationResult> _callers = new(Most, time);
    private readonly ExpiringCache<AssertionResult> _assertions = new(Most, time);

    public async ValueTask<(StageCall Call, AuthenticationResult? Answer)> AuthenticateAsync(Exchange exchange, AuthenticationRequest request, CancellationToken cancellationToken)
    {
        var seconds = modules.IsRemote(ModuleNames.Identity) ? settings.Options.IdentityCacheSeconds : 0;
        var key = seconds > 0 && request.Credentials.Length > 0 ? KeyOf(request) : null;
        if (key is not null && _callers.Find(key) is { } known)
        {
            return (StageCall.Answered, known);
        }

        var (call, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Identity, "identify"), (identity, request), static (s, ct) => s.identity.AuthenticateAsync(s.request, ct), cancellationToken);
        if (key is not null && result is { Status: AuthenticationStatus.Authenticated, Identity: not null, ParentRequestId: null }
            && AssertionLife.EndOf(result.InternalAssertion) is { } end)
        {
            _callers.Set(key, result, Earliest(time.GetUtcNow() + TimeSpan.FromSeconds(seconds), end - Reserve, result.ExpiresAt, result.AcceptedUntil));
        }

        return (call, result);
    }

    /// <returns>The assertion for an upstream, or null when there is none.</returns>
    public async ValueTask<string?> MintAsync(Exchange exchange, AssertionRequest request, CancellationToken cancellationToken)
    {
        var key = request.RequestId is null && modules.IsRemote(ModuleNames.Identity) && settings.Options.IdentityCacheSeconds > 0
            ? _hash.Of([request.Audience, request.InternalAssertion])
            : null;
        if (key is not null && _assertions.Find(key) is { } known)
        {
            return known.Token;
        }

        var (_, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Identity, "identify"), (identity, request), static (s, ct) => s.identity.MintAssertionAsync(s.request, ct), cancellationToken);
        if (result is not { Minted: true, Token: not null })
        {
            return null;
        }

        if (key is not null && result.ExpiresAt is { } end)
        {
            _assertions.Set(key, result, Earliest(end - Reserve, exchange.Authentication?.ExpiresAt));
        }

        return result.Token;
    }

    /// <summary>As <see cref="MintAsync"/>, apart from any request.</summary>
    public async ValueTask<string?> MintForAsync(CallerIdentity caller, AssertionRequest request, CancellationToken cancellationToken)
    {
        var call = new ModuleCall { Module = ModuleNames.Identity, Stage = "identify", Person = ModuleCall.SenderOf(caller.Tenant, caller.PersonId) };
        var (_, result) = await stages.InvokeAsync(call, (identity, request), static (s, ct) => s.identity.MintAssertionAsync(s.request, ct), cancellationToken);
        return result is { Minted: true } ? result.Token : null;
    }

    /// <returns>A token of the caller's own for an upstream, or why there is none; null where Identity did not answer. Kept by Identity alone.</returns>
    public async ValueTask<UpstreamTokenResult?> ExchangeAsync(Exchange exchange, UpstreamTokenRequest request, CancellationToken cancellationToken)
    {
        var (_, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Identity, "identify"), (identity, request), static (s, ct) => s.identity.ExchangeTokenAsync(s.request, ct), cancellationToken);
        return result;
    }

    private static DateTimeOffset Earliest(DateTimeOffset first, params ReadOnlySpan<DateTimeOffset?> others)
    {
        foreach (var other in others)
        {
            first = other < first ? other.Value : first;
        }

        return first;
    }

    private string KeyOf(AuthenticationRequest request) =>
        _hash.Of([.. request.Credentials.SelectMany(c => new[] { ((int)c.Carrier).ToString(CultureInfo.InvariantCulture), c.Value }), "backend",
        request.Backend?.Name ?? string.Empty, request.Backend?.Audience ?? string.Empty, "audiences", .. request.Audiences]);
}
