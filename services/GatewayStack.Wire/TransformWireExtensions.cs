using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Transform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the transform module on the other side of a wire, and exposes it there.</summary>
public static class TransformWireExtensions
{
    private const string Module = "transform";

    /// <summary>
    /// Adds an <see cref="ITransformModule"/> that asks the transform service at <c>services:transform:grpc:N</c>, in place of <c>AddTransformModule</c>. A second call
    /// changes nothing.
    /// </summary>
    /// <remarks>
    /// A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>; what it does not understand refuses. Texts that were inspected a
    /// moment ago are not sent again.
    /// </remarks>
    public static IHostApplicationBuilder AddTransformClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(ITransformModule)))
        {
            return builder;
        }

        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<InspectionCache>();
        builder.Services.TryAddSingleton<ITransformModule>(provider => new TransformClient(
            provider.GetRequiredKeyedService<ModuleCaller>(Module), provider.GetRequiredService<InspectionCache>(), provider.GetRequiredService<WireMetrics>()));
        return builder;
    }

    /// <summary>Adds what <see cref="MapTransformGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddTransformGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="ITransformModule"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapTransformGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<TransformService>();
}
