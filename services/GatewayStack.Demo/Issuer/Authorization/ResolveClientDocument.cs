using GatewayStack.Demo.Issuer.Clients;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Before a client is looked up: one whose id is an address is read from its document.</summary>
internal sealed class ResolveClientDocument(DocumentClients clients)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>, IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>
{
    // The error of the client id metadata document draft, for a document that cannot be had.
    private const string InvalidClient = "invalid_client";

    public static OpenIddictServerHandlerDescriptor Authorization { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
        .UseSingletonHandler<ResolveClientDocument>().SetOrder(int.MinValue + 1).Build();

    public static OpenIddictServerHandlerDescriptor Device { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
        .UseSingletonHandler<ResolveClientDocument>().SetOrder(int.MinValue + 1).Build();

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (await clients.EnsureKnownAsync(context.Request.ClientId, context.CancellationToken) is { } problem)
        {
            context.Reject(InvalidClient, problem);
        }
    }

    public async ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (await clients.EnsureKnownAsync(context.Request.ClientId, context.CancellationToken) is { } problem)
        {
            context.Reject(InvalidClient, problem);
        }
    }
}
