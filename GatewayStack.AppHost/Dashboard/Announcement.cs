using System.Globalization;
using GatewayStack.Demo.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.AppHost.Dashboard;

/// <summary>What is printed once the front door answers: the services' own consoles are in the dashboard.</summary>
internal static class Announcement
{
    /// <summary>Prints it when the time has come; nothing when the stack stops before.</summary>
    public static void Print(DistributedApplication app, IResource router, FrontDoor frontDoor, IConfiguration configuration, bool demo) =>
        _ = PrintAsync(app, router, frontDoor, configuration, demo, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    private static async Task PrintAsync(
        DistributedApplication app, IResource router, FrontDoor frontDoor, IConfiguration configuration, bool demo, CancellationToken stopping)
    {
        if (!await IsUpAsync(app.ResourceNotifications, router, stopping))
        {
            return;
        }

        Console.WriteLine();
        Console.WriteLine($"GatewayStack listens on {frontDoor.Url} (administration on {frontDoor.ManagementUrl})");
        if (Dashboard(configuration) is { } dashboard)
        {
            Console.WriteLine($"Dashboard: {dashboard}");
        }

        if (demo)
        {
            Console.WriteLine(DemoCommands.For(frontDoor.Url));
        }
    }

    /// <summary>Waits for the front door. What ends meanwhile is told, once: nobody looks at a dashboard whose address is not known yet.</summary>
    private static async Task<bool> IsUpAsync(ResourceNotificationService notifications, IResource router, CancellationToken stopping)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                var state = change.Snapshot.State?.Text;
                if (change.Resource == router && change.Snapshot.HealthStatus == HealthStatus.Healthy && state == KnownResourceStates.Running)
                {
                    return true;
                }

                if (KnownResourceStates.TerminalStates.Contains(state) && told.Add(change.ResourceId))
                {
                    await Console.Error.WriteLineAsync($"{change.Resource.Name} has ended ({state}, exit code {change.Snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}): the dashboard has its log.");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The stack stops before it was up.
        }

        return false;
    }

    private static string? Dashboard(IConfiguration configuration)
    {
        if (configuration["ASPNETCORE_URLS"]?.Split(';')[0] is not { Length: > 0 } url)
        {
            return null;
        }

        return configuration["AppHost:BrowserToken"] is { Length: > 0 } token ? $"{url.TrimEnd('/')}/login?t={token}" : url;
    }
}
