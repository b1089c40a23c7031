using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>The metadata that OpenIddict does not know of: registration, metadata documents, and that all clients are public.</summary>
internal sealed class DescribeServer(DemoAddresses addresses) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
        .UseSingletonHandler<DescribeServer>().SetOrder(int.MaxValue - 1_000).Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        foreach (var methods in (ISet<string>[])
            [context.TokenEndpointAuthenticationMethods, context.RevocationEndpointAuthenticationMethods, context.DeviceAuthorizationEndpointAuthenticationMethods])
        {
            methods.Clear();
            methods.Add(ClientAuthenticationMethods.None);
        }

        context.Metadata["registration_endpoint"] = new Uri(new Uri(addresses.Issuer), DemoAddresses.PathBase + RegistrationEndpoint.Path).AbsoluteUri;
        context.EndSessionEndpoint = new Uri(new Uri(addresses.Issuer), DemoAddresses.PathBase + IssuerPaths.EndSession);
        context.Metadata["backchannel_logout_supported"] = true;
        context.Metadata["backchannel_logout_session_supported"] = true;
        context.Metadata["client_id_metadata_document_supported"] = true;
        return ValueTask.CompletedTask;
    }
}
