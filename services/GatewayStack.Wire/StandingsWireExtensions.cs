using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Standings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the standings, which Identity owns, on the other side of a wire, and exposes them there.</summary>
public static class StandingsWireExtensions
{
    private const string Module = "identity";

    /// <summary>Adds an <see cref="IStandings"/> that follows the identity service at <c>services:identity:grpc:N</c>. A second call changes nothing.</summary>
    /// <remarks>
    /// A line that breaks, or from which nothing comes for five seconds, is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>: follow again, perhaps at
    /// another instance.
    /// </remarks>
    public static IHostApplicationBuilder AddStandingsClient(this IHostApplicationBuilder builder)
    {
        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<IStandings>(provider => new StandingsClient(provider.GetRequiredKeyedService<ModuleCaller>(Module), provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Adds what <see cref="MapStandingsGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddStandingsGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="IStandings"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapStandingsGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<StandingsService>();
}
