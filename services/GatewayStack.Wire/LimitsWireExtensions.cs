using GatewayStack.Contracts.Limits;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the limits module on the other side of a wire, and exposes it there.</summary>
public static class LimitsWireExtensions
{
    private const string Module = "limits";

    /// <summary>
    /// Adds an <see cref="ILimitsModule"/> that asks the limits service at <c>services:limits:grpc:N</c>, in place of <c>AddLimitsModule</c>. A second call changes
    /// nothing.
    /// </summary>
    /// <remarks>A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>; what it does not understand refuses.</remarks>
    public static IHostApplicationBuilder AddLimitsClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(ILimitsModule)))
        {
            return builder;
        }

        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<ILimitsModule>(provider => new LimitsClient(provider.GetRequiredKeyedService<ModuleCaller>(Module)));
        return builder;
    }

    /// <summary>Adds what <see cref="MapLimitsGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddLimitsGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="ILimitsModule"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapLimitsGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<LimitsService>();
}
