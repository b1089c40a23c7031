using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the identity module on the other side of a wire, and exposes it there.</summary>
public static class IdentityWireExtensions
{
    private const string Module = "identity";

    /// <summary>
    /// Adds an <see cref="IIdentityModule"/> that asks the identity service at <c>services:identity:grpc:N</c>, in place of <c>AddIdentityModule</c>. A second call
    /// changes nothing.
    /// </summary>
    /// <remarks>A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>; what it does not understand is no sign-in.</remarks>
    public static IHostApplicationBuilder AddIdentityClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(IIdentityModule)))
        {
            return builder;
        }

        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<IIdentityModule>(provider => new IdentityClient(provider.GetRequiredKeyedService<ModuleCaller>(Module)));
        return builder;
    }

    /// <summary>Adds what <see cref="MapIdentityGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddIdentityGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="IIdentityModule"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapIdentityGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<IdentityService>();
}
