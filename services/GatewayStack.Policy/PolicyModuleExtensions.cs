using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents;
using GatewayStack.Policy;
using GatewayStack.Policy.Administration;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Documents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the policy module to a host.</summary>
public static class PolicyModuleExtensions
{
    /// <summary>
    /// Adds <see cref="IPolicyModule"/> deciding in this process, its settings (section <c>Policy</c>), their check, and its administration. A second call changes
    /// nothing.
    /// </summary>
    public static IHostApplicationBuilder AddPolicyModule(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        if (services.Any(s => s.ServiceType == typeof(PolicyModule)))
        {
            return builder;
        }

        var configuration = builder.Configuration;
        var options = PolicySettings.Read(configuration);
        var source = DocumentSource.From(options.File, PolicyFormat.DeniesEverything);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddDocument<PolicySnapshot>("policy", provider => new PolicyFormat(Names(provider)), source, configuration, "policydb");
        services.AddHealthChecks().AddCheck<PolicyHealthCheck>("policy", tags: ["ready"]);
        services.TryAddSingleton<PolicyMetrics>();
        services.TryAddSingleton<PolicyModule>();
        services.TryAddSingleton<IPolicyModule>(provider => provider.GetRequiredService<PolicyModule>());
        services.AddSingleton<ISettingsCheck>(provider => new PolicySettingsCheck(configuration, source, Names(provider)));
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<PolicyStartNotice>(provider));
        services.AddKeyedSingleton<RequestDelegate>("admin.policy", (provider, _) => ActivatorUtilities.CreateInstance<ShowPolicy>(provider).HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("admin.policy.reload", (provider, _) => ActivatorUtilities.CreateInstance<ReloadPolicy>(provider).HandleAsync);
        return builder;

        // Without the content module in the process, its settings may stand here all the same: hosts often share theirs.
        ContentNames Names(IServiceProvider provider) =>
            provider.GetService<ContentNames>() ?? ContentNames.Beside(configuration.GetSection(ContentNames.Section).AsEnumerable(makePathsRelative: true));
    }
}
