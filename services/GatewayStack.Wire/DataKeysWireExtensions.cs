using GatewayStack.Contracts.Keys;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Keys;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the data keys, which Identity owns, on the other side of a wire, and exposes them there.</summary>
public static class DataKeysWireExtensions
{
    private const string Module = "identity";

    /// <summary>Adds an <see cref="IDataKeys"/> that asks the identity service at <c>services:identity:grpc:N</c> and keeps what it got. A second call changes nothing.</summary>
    /// <remarks>
    /// A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>; a current key that is known goes on being used while Identity is
    /// away.
    /// </remarks>
    public static IHostApplicationBuilder AddDataKeysClient(this IHostApplicationBuilder builder)
    {
        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<IDataKeys>(provider => new DataKeysClient(provider.GetRequiredKeyedService<ModuleCaller>(Module), provider.GetRequiredService<TimeProvider>()));
        if (builder.Services.Any(s => s.ServiceType == typeof(ServiceCredentials)))
        {
            // Here, after the module: what is wrong with its stores is told whether or not Identity is there yet.
            builder.Services.AddHostedService<KeysAwaited>();
        }

        return builder;
    }

    /// <summary>Adds what <see cref="MapDataKeysGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddDataKeysGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="IDataKeys"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapDataKeysGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<DataKeysService>();
}
