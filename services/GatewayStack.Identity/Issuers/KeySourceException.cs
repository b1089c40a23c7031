namespace GatewayStack.Identity.Issuers;

/// <summary>An issuer's keys could not be had.</summary>
/// <param name="reason">Stable word for log and metrics, such as <c>status</c>, <c>too_large</c> or <c>not_a_key_set</c>.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class KeySourceException(string reason, Exception? inner = null) : Exception("The issuer's keys could not be had: " + reason, inner)
{
    public string Reason { get; } = reason;
}
