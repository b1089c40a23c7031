using System.Collections.Concurrent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Assertions;

/// <summary>Mints assertions for upstreams, against a valid internal one, and hands them out again while they are fresh.</summary>
internal sealed class UpstreamAssertions(AssertionReader reader, AssertionMinter minter, TimeProvider time)
{
    private const int MostAudiences = 128;

    private readonly BoundedCache<Known> _known = new(10_000);

    public AssertionResult Mint(AssertionRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Audience) || request.Audience == AssertionFormat.InternalAudience)
        {
            return new AssertionResult { Minted = false, Reason = "audience_refused" };
        }

        var key = TokenKey.Of(request.InternalAssertion);
        var known = _known.Find(key);
        if (known is null || time.GetUtcNow() >= known.Assertion.ExpiresAt)
        {
            var problem = CompactToken.TryParse(request.InternalAssertion, out var token);
            var read = problem is null ? reader.Read(token!, AssertionFormat.InternalAudience) : new ReadResult(null, problem);
            if (read.Assertion is not { } assertion)
            {
                return new AssertionResult { Minted = false, Reason = read.Reason };
            }

            known = new Known(assertion);
            _known.Set(key, known);
        }

        return request.RequestId is { } requestId
            ? Result(minter.Mint(known.Assertion.Identity, request.Audience, requestId))
            : Shared(known, request.Audience);
    }

    private AssertionResult Shared(Known known, string audience)
    {
        if (known.ByAudience.TryGetValue(audience, out var shared) && time.GetUtcNow() < shared.FreshUntil)
        {
            return shared.Result;
        }

        var minted = minter.Mint(known.Assertion.Identity, audience, requestId: null);
        shared = new SharedResult(Result(minted), minted.FreshUntil);
        if (known.ByAudience.Count < MostAudiences)
        {
            known.ByAudience[audience] = shared;
        }

        return shared.Result;
    }

    private static AssertionResult Result(MintedAssertion minted) => new() { Minted = true, Token = minted.Token, ExpiresAt = minted.ExpiresAt };

    private sealed record Known(VerifiedAssertion Assertion)
    {
        public ConcurrentDictionary<string, SharedResult> ByAudience { get; } = new(StringComparer.Ordinal);
    }

    private sealed record SharedResult(AssertionResult Result, DateTimeOffset FreshUntil);
}
