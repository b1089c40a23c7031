using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Server;

/// <summary>The demo parts as a server of their own inside the current process, on loopback only.</summary>
public sealed class DemoServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DemoAddresses _addresses;

    private DemoServer(WebApplication app)
    {
        _app = app;
        _addresses = app.Services.GetRequiredService<DemoAddresses>();
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41035</c>; everything is served below <c>/demo</c>.</summary>
    public Uri Address { get; }

    /// <summary>The issuer's URL as it stands in tokens.</summary>
    public string Issuer => _addresses.Issuer;

    /// <summary>The gateway's public URL. Until it is set the backends answer 503, because they cannot verify anybody.</summary>
    public Uri? GatewayUrl
    {
        get => _addresses.Gateway;
        set => _addresses.Gateway = value;
    }

    /// <summary>Starts the demo parts.</summary>
    /// <exception cref="IOException">The port is taken, or the key folder cannot be used.</exception>
    public static async Task<DemoServer> StartAsync(DemoServerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The empty builder reads no environment and no arguments: a --urls meant for the gateway must not move the demo.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        builder.Services.AddDemoServer(options);
        if (options.LoggerFactory is { } loggers)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new QuietLoggers(loggers)));
        }

        var app = builder.Build();
        try
        {
            app.MapDemoServer();
            await app.StartAsync(cancellationToken);
            var server = new DemoServer(app);
            DemoLog.Listening(app.Services.GetRequiredService<ILogger<DemoServer>>(), server.Address);
            return server;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops it; requests under way are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(System.Net.IPAddress.Loopback, port);
    }
}
