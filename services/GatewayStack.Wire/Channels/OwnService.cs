namespace GatewayStack.Wire.Channels;

/// <summary>Which service this process is. Its host registers it once; calls to other services carry the name beside the credential.</summary>
/// <param name="Name">One of <c>identity</c>, <c>transform</c>, <c>policy</c>, <c>limits</c>, <c>router</c>, <c>audit</c>.</param>
public sealed record OwnService(string Name);
