using GatewayStack.Wire.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

/// <summary>Exposes a module's health to those that call it.</summary>
public static class ModuleHealthWireExtensions
{
    /// <summary>Adds what <see cref="MapModuleHealth"/> needs.</summary>
    public static IHostApplicationBuilder AddModuleHealth(this IHostApplicationBuilder builder)
    {
        builder.AddModuleGrpc();
        if (!builder.Services.Any(s => s.ServiceType == typeof(Answers)))
        {
            // The protocol knows no answer for a process that has nothing to check.
            builder.Services.AddSingleton<Answers>();
            builder.Services.AddGrpcHealthChecks().AddCheck<Answers>("wire");
        }

        return builder;
    }

    /// <summary>Answers <c>grpc.health.v1.Health</c> from the process's health checks, all of them, as they are when asked.</summary>
    public static IEndpointConventionBuilder MapModuleHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcHealthChecksService();

    private sealed class Answers : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(HealthCheckResult.Healthy());
    }
}
