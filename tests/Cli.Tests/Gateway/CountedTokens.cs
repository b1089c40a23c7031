using System.Collections.Concurrent;
using GatewayStack.Credentials;

namespace GatewayStack.Cli.Tests.Gateway;

/// <summary>Writes down which tokens a source gave.</summary>
internal sealed class CountedTokens(ITokenSource source) : ITokenSource
{
    public ConcurrentDictionary<string, DateTimeOffset> Ends { get; } = new();

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        var token = await source.GetAsync(demand, cancellationToken);
        Ends[token.Value] = token.ExpiresAt;
        return token;
    }
}
