using System.Text.Json;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Introspection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Issuers;

/// <summary>What the gateway may ask of an issuer as its client.</summary>
internal sealed record IssuerConnection(Introspector? Introspector, TokenExchanger Exchanger, IssuerOptions Options)
{
    /// <summary>True where the same settings stand there: what is known of the issuer's tokens stays known.</summary>
    public bool IsFor(IssuerOptions issuer) => JsonSerializer.SerializeToUtf8Bytes(Options).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(issuer));

    /// <summary>Leaves the settings out.</summary>
    public override string ToString() => "connection to " + Options.Name;
}

internal sealed class IssuerConnections(IssuerHttp http, DocumentFetcher fetcher, IdentityMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    /// <returns>Null where the gateway is no client of the issuer.</returns>
    public IssuerConnection? Create(IssuerOptions issuer)
    {
        if (issuer.Client is not { } options)
        {
            return null;
        }

        var client = new IssuerClient(issuer.Issuer, options, http, fetcher, time);
        var introspector = issuer.Introspection is { } introspection
            ? new Introspector(issuer, introspection, client, metrics, time, loggers.CreateLogger<Introspector>())
            : null;
        return new IssuerConnection(introspector, new TokenExchanger(issuer, client, metrics, time, loggers.CreateLogger<TokenExchanger>()), issuer);
    }
}
