namespace GatewayStack.Router.Routing;

/// <summary>Which token an upstream gets: validated, immutable.</summary>
internal sealed record TokenExchange(string Issuer, string? Audience, string? Resource, string? Scope);
