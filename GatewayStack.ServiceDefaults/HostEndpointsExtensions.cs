using GatewayStack.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

/// <summary>Health of a host, and what it says when it listens.</summary>
public static class HostEndpointsExtensions
{
    /// <summary>Adds what must have worked once before the host is ready: its own path, and its channels to others. It is tried until it does.</summary>
    public static WebApplicationBuilder AddWarmUp(this WebApplicationBuilder builder, Func<IServiceProvider, CancellationToken, Task> run)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new WarmUp.Path(run));
        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddHostedService(sp => sp.GetRequiredService<WarmUp>());
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration("warm-up", sp => sp.GetRequiredService<WarmUp>(), HealthStatus.Unhealthy, ["ready"]));
        return builder;
    }

    /// <summary>Maps <c>/alive</c> (the process is up) and <c>/health</c> (it is ready), each a bare word, and says in one line where the host listens once it does.</summary>
    /// <param name="app">The host.</param>
    /// <param name="service">The service's name.</param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app, string service)
    {
        ArgumentNullException.ThrowIfNull(app);
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/alive", read, static http => http.Response.WriteAsync("alive")).AllowAnonymous().WithDisplayName("alive");
        app.MapMethods("/health", read, HealthAsync).AllowAnonymous().WithDisplayName("health");
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"GatewayStack {service} listens on {string.Join(", ", Addresses(app))}"));
        return app;
    }

    private static async Task HealthAsync(HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(http.RequestAborted);
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(report.Status.ToString().ToLowerInvariant(), http.RequestAborted);
    }

    // The server names its addresses in the order of the configured endpoints; the http one is said first.
    private static IEnumerable<string> Addresses(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        var names = app.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e.Key).ToList();
        return names.Count == bound.Count ? bound.Zip(names).OrderByDescending(b => b.Second == "http").Select(b => b.First) : bound;
    }
}
