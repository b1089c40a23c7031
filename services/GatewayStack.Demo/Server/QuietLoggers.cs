using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Demo.Server;

/// <summary>Passes on to another factory all but OpenIddict's categories: they write requests down, and leave only some of the secrets out.</summary>
internal sealed class QuietLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    public const string Category = "OpenIddict";

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Category, StringComparison.Ordinal) ? NullLogger.Instance : loggers.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>The other one is its owner's.</summary>
    public void Dispose()
    {
    }
}
