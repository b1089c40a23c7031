using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform;
using GatewayStack.Transform.Recognizers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Transform to a host.</summary>
public static class TransformModuleExtensions
{
    /// <summary>Adds the content module in this process: <see cref="ITransformModule"/>, its settings (section <c>Transform</c>) and their check.</summary>
    public static IHostApplicationBuilder AddTransformModule(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.TryAddSingleton(sp => TransformSettingsCheck.Bind(sp.GetRequiredService<IConfiguration>()));
        builder.Services.TryAddSingleton(sp => OperatorRows.Names(sp.GetRequiredService<IConfiguration>()));
        builder.Services.TryAddSingleton<TransformMetrics>();
        builder.Services.TryAddSingleton<ITransformModule, TransformModule>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ISettingsCheck, TransformSettingsCheck>());
        return builder;
    }
}
