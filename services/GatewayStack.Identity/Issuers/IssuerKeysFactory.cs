using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Issuers;

internal sealed class IssuerKeysFactory(DocumentFetcher fetcher, IdentityMetrics metrics, TimeProvider time, ILogger<IssuerKeys> logger)
{
    public IssuerKeys Create(IssuerOptions issuer) => new(issuer, new KeySource(issuer.Issuer, issuer.JwksUri, fetcher), metrics, time, logger);
}
