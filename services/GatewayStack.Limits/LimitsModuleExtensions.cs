using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
using GatewayStack.Documents;
using GatewayStack.Events.Shipping;
using GatewayStack.Limits;
using GatewayStack.Limits.Administration;
using GatewayStack.Limits.Consumption;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Postgres;
using GatewayStack.Limits.Redis;
using GatewayStack.Limits.Reports;
using GatewayStack.Limits.Reservations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Limits to a host.</summary>
public static class LimitsModuleExtensions
{
    /// <summary>Registers <see cref="ILimitsModule"/> with embedded stores (counters in Redis where <c>ConnectionStrings:redis</c> is set, the ledger in Postgres where
    /// <c>ConnectionStrings:limitsdb</c> is), the ledger's <see cref="IEventSink"/>, the settings check,
    /// a health check tagged <c>ready</c>, and the handlers of <c>me.limits</c>, <c>admin.limits</c> and <c>admin.limits.reload</c>. A second call changes nothing.</summary>
    /// <remarks>Reads the section <c>Limits</c> and <c>Data:Path</c> (default: gatewaystack in the user's local application data);
    /// the ledger stands in <c>{Data:Path}/limits/ledger.db</c>. The counters are rebuilt before the host listens.</remarks>
    public static IHostApplicationBuilder AddLimitsModule(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(s => s.ServiceType == typeof(LimitsState)))
        {
            return builder;
        }

        var options = builder.Configuration.GetSection(LimitsSettingsCheck.Section).Get<LimitsOptions>() ?? new LimitsOptions();
        services.AddSingleton(options);
        services.AddSingleton<ISettingsCheck>(new LimitsSettingsCheck(builder.Configuration));
        services.AddDocument("limits", new LimitsFormat(), DocumentSource.From(options.File, BuiltInDocuments.Limits()), builder.Configuration, LimitsPostgres.Database);
        services.AddDocument("prices", new PricesFormat(), DocumentSource.From(options.PricesFile, BuiltInDocuments.Prices()), builder.Configuration, LimitsPostgres.Database);

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LimitsMetrics>();
        if (builder.Configuration.HasPostgres(LimitsPostgres.Database))
        {
            LimitsPostgres.Add(services, builder.Configuration);
        }

        if (LimitsRedis.IsConfigured(builder.Configuration))
        {
            LimitsRedis.Add(
                services,
                builder.Configuration,
                builder.Configuration.HasPostgres(LimitsPostgres.Database) ? "postgres" : $"sqlite:{Environment.MachineName}:{LedgerPath(builder.Configuration)}");
        }

        services.TryAddSingleton<ICounterStore, MemoryCounterStore>();
        services.TryAddSingleton<ILedger>(_ => new SqliteLedger(LedgerPath(builder.Configuration)));
        services.AddKeyedSingleton("limits", (provider, _) => (IEventOffsets)provider.GetRequiredService<ILedger>());
        services.AddSingleton<LimitsState>();
        services.TryAddSingleton<ILimitsModule, LimitsModule>();
        services.AddSingleton<IEventSink, LedgerSink>();
        services.AddHostedService<LimitsHost>();
        if (options.Ledger.RetentionDays > 0)
        {
            services.AddSingleton(options.Ledger);
            services.AddHostedService<LedgerRetention>();
        }

        services.AddHealthChecks().AddCheck<LimitsHealthCheck>("limits", tags: ["ready"]);

        services.AddSingleton<MyLimits>();
        services.AddSingleton<AdminLimits>();
        services.AddSingleton<AdminLimitsReload>();
        services.AddKeyedSingleton<RequestDelegate>("me.limits", (provider, _) => provider.GetRequiredService<MyLimits>().HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("admin.limits", (provider, _) => provider.GetRequiredService<AdminLimits>().HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("admin.limits.reload", (provider, _) => provider.GetRequiredService<AdminLimitsReload>().HandleAsync);
        services.TryAddKeyedSingleton<RequestDelegate>("admin.limits.consumer", (_, _) => NoEventConsumer.HandleAsync);
        return builder;
    }

    private static string LedgerPath(IConfiguration configuration)
    {
        var root = configuration["Data:Path"] is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "gatewaystack");
        return Path.Combine(root, "limits", "ledger.db");
    }
}
