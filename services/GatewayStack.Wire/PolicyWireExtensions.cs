using GatewayStack.Contracts.Policy;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts the policy module on the other side of a wire, and exposes it there.</summary>
public static class PolicyWireExtensions
{
    private const string Module = "policy";

    /// <summary>
    /// Adds an <see cref="IPolicyModule"/> that asks the policy service at <c>services:policy:grpc:N</c>, in place of <c>AddPolicyModule</c>. A second call changes
    /// nothing.
    /// </summary>
    /// <remarks>A call without an answer is a <see cref="GatewayStack.Contracts.Router.ModuleCallException"/>; what it does not understand refuses.</remarks>
    public static IHostApplicationBuilder AddPolicyClient(this IHostApplicationBuilder builder)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(IPolicyModule)))
        {
            return builder;
        }

        builder.AddModuleCaller(Module);
        builder.Services.TryAddSingleton<IPolicyModule>(provider => new PolicyClient(provider.GetRequiredKeyedService<ModuleCaller>(Module)));
        return builder;
    }

    /// <summary>Adds what <see cref="MapPolicyGrpc"/> needs.</summary>
    public static IHostApplicationBuilder AddPolicyGrpc(this IHostApplicationBuilder builder) => builder.AddModuleGrpc();

    /// <summary>Exposes this process's <see cref="IPolicyModule"/> over gRPC, on an endpoint that speaks HTTP/2.</summary>
    public static IEndpointConventionBuilder MapPolicyGrpc(this IEndpointRouteBuilder endpoints) => endpoints.MapModuleGrpc<PolicyService>();
}
