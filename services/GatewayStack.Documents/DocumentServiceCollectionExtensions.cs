using GatewayStack.Contracts.Settings;
using GatewayStack.Documents;
using GatewayStack.Documents.Files;
using GatewayStack.Documents.Postgres;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers documents.</summary>
public static class DocumentServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IDocumentStore{T}"/> for one document, watched while the host runs. A second call for the same type changes nothing.</summary>
    /// <remarks>A document that is bad at the start throws <see cref="DocumentException"/> when the store is first asked for;
    /// the owner's settings check reports it before that (<see cref="DocumentCheck"/>).</remarks>
    /// <param name="services">The services.</param>
    /// <param name="name">Name of the document in logs and metrics, such as <c>policy</c>.</param>
    /// <param name="format">Compiles it.</param>
    /// <param name="source">Where it comes from.</param>
    public static IServiceCollection AddDocument<T>(this IServiceCollection services, string name, IDocumentFormat<T> format, DocumentSource source)
        where T : class => services.AddFile(name, _ => format, source);

    private static IServiceCollection AddFile<T>(this IServiceCollection services, string name, Func<IServiceProvider, IDocumentFormat<T>> format, DocumentSource source)
        where T : class
    {
        if (services.Any(s => s.ServiceType == typeof(IDocumentStore<T>)))
        {
            return services;
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DocumentMetrics>();
        services.AddSingleton(provider => new FileDocumentStore<T>(
            name,
            format(provider),
            source,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<DocumentMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("GatewayStack.Documents")));
        services.AddSingleton<IDocumentStore<T>>(provider => provider.GetRequiredService<FileDocumentStore<T>>());
        services.AddSingleton<IHostedService>(provider => new DocumentWatcher<T>(provider.GetRequiredService<FileDocumentStore<T>>(), polls: false));
        return services;
    }

    /// <summary>Adds <see cref="IDocumentStore{T}"/> for one document of an owner: in its database where <c>ConnectionStrings:{database}</c> is set, shared by the owner's
    /// replicas, otherwise as <see cref="AddDocument{T}(IServiceCollection, string, IDocumentFormat{T}, DocumentSource)"/> does.</summary>
    /// <remarks>In a database every version is kept, numbered, and one of them is in force for all replicas, within moments. A configured file stays the way in: at the start,
    /// when it changes, and at a reload, a good file that is not what is in force becomes the next version, once, however many replicas see it. Replicas are
    /// expected to have the same file; where they differ for a while (a rolling update) the last one that started or changed wins. Without a file the database's version
    /// counts, and with none there the built-in text. The store can be away at run time: what is in force stays, and <see cref="IDocumentStore{T}.IsStale"/> says when
    /// that was too long.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="name">Name of the document in the database, in logs and metrics.</param>
    /// <param name="format">Compiles it.</param>
    /// <param name="source">The file, or the built-in text.</param>
    /// <param name="configuration">The configuration, with the section <c>Documents</c>.</param>
    /// <param name="database">The owner's database among the connection strings, such as <c>policydb</c>.</param>
    public static IServiceCollection AddDocument<T>(
        this IServiceCollection services,
        string name,
        IDocumentFormat<T> format,
        DocumentSource source,
        IConfiguration configuration,
        string database)
        where T : class => services.AddDocument(name, _ => format, source, configuration, database);

    /// <summary>
    /// As <see cref="AddDocument{T}(IServiceCollection, string, IDocumentFormat{T}, DocumentSource, IConfiguration, string)"/>, with a format that is made of the host's
    /// services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Name of the document in the database, in logs and metrics.</param>
    /// <param name="format">Makes what compiles it.</param>
    /// <param name="source">The file, or the built-in text.</param>
    /// <param name="configuration">The configuration, with the section <c>Documents</c>.</param>
    /// <param name="database">The owner's database among the connection strings, such as <c>policydb</c>.</param>
    public static IServiceCollection AddDocument<T>(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IDocumentFormat<T>> format,
        DocumentSource source,
        IConfiguration configuration,
        string database)
        where T : class
    {
        if (services.Any(s => s.ServiceType == typeof(IDocumentStore<T>)))
        {
            return services;
        }

        if (!services.Any(s => s.ImplementationInstance is DocumentsSettingsCheck))
        {
            services.AddSingleton<ISettingsCheck>(new DocumentsSettingsCheck(configuration));
        }

        if (!configuration.HasPostgres(database))
        {
            return services.AddFile(name, format, source);
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DocumentMetrics>();
        services.AddOwnerDatabase(configuration, database, new MigrationScripts("documents", typeof(DocumentSource).Assembly, "GatewayStack.Documents.Postgres.Migrations"));
        services.AddSingleton(provider => new PostgresDocumentStore<T>(
            name,
            format(provider),
            source,
            provider.GetRequiredKeyedService<OwnerDatabase>(database),
            DocumentsSettingsCheck.Read(configuration),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<DocumentMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("GatewayStack.Documents")));
        services.AddSingleton<IDocumentStore<T>>(provider => provider.GetRequiredService<PostgresDocumentStore<T>>());
        services.AddSingleton<IHostedService>(provider => new PostgresDocumentHost<T>(provider.GetRequiredService<PostgresDocumentStore<T>>()));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "document-" + name, provider => new DocumentHealthCheck<T>(name, provider.GetRequiredService<IDocumentStore<T>>()), HealthStatus.Degraded, ["ready"]));
        return services;
    }
}
