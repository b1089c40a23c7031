using GatewayStack.Contracts.Events;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the consumers of events on the other side of a wire, for the transport without a broker, and exposes them there.</summary>
public static class EventSinkWireExtensions
{
    /// <summary>
    /// Adds an <see cref="IEventSink"/> for each named module, which is the consumer's name too, at <c>services:{module}:grpc:N</c>. A second call changes nothing.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="modules">The consumers; <c>limits</c> and <c>audit</c> where none is named.</param>
    /// <remarks>A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>, and the batch comes again.</remarks>
    public static IHostApplicationBuilder AddEventSinkClients(this IHostApplicationBuilder builder, params IReadOnlyList<string> modules)
    {
        foreach (var module in modules is [] ? ["limits", "audit"] : modules)
        {
            builder.AddModuleCaller(module);
            var key = "sink:" + module;
            if (!builder.Services.Any(s => s.IsKeyedService && s.ServiceType == typeof(EventSinkClient) && Equals(s.ServiceKey, key)))
            {
                builder.Services.AddKeyedSingleton(key, (provider, _) => new EventSinkClient(module, provider.GetRequiredKeyedService<ModuleCaller>(module)));
                builder.Services.AddSingleton<IEventSink>(provider => provider.GetRequiredKeyedService<EventSinkClient>(key));
            }
        }

        return builder;
    }

    /// <summary>Adds what <see cref="MapEventSinkGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddEventSinkGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="IEventSink"/> over gRPC, by its name, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapEventSinkGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<EventSinkService>();
}
