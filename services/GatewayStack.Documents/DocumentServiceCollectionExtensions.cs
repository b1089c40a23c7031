using GatewayStack.Documents;
using GatewayStack.Documents.Files;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
            format,
            source,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<DocumentMetrics>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("GatewayStack.Documents")));
        services.AddSingleton<IDocumentStore<T>>(provider => provider.GetRequiredService<FileDocumentStore<T>>());
        services.AddSingleton<IHostedService>(provider => new DocumentWatcher<T>(provider.GetRequiredService<FileDocumentStore<T>>()));
        return services;
    }
}
