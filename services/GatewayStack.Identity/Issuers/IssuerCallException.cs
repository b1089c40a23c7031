namespace GatewayStack.Identity.Issuers;

/// <summary>An issuer did not answer a question, or not in a way that counts.</summary>
/// <param name="reason">Stable word for log and metrics, such as <c>status</c>, <c>too_large</c> or <c>client_refused</c>.</param>
/// <param name="isOutage">True where asking again at once would be as vain for everybody; false where it may be this one question.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class IssuerCallException(string reason, bool isOutage, Exception? inner = null) : Exception("The issuer did not answer: " + reason, inner)
{
    public string Reason { get; } = reason;

    public bool IsOutage { get; } = isOutage;
}
