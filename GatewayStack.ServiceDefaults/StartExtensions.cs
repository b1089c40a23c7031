using System.Text;
using GatewayStack.Contracts.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Starts a host whose settings are good, or says everything that is wrong with them.</summary>
public static class StartExtensions
{
    private const string Migrate = "--migrate";

    /// <summary>Checks the settings of all modules, maps what the host serves, then runs. Started with <c>--migrate</c> it brings the schemas of its
    /// stores to this version instead, and ends; that asks for no other setting than the stores' connection strings.</summary>
    /// <param name="app">The host.</param>
    /// <param name="map">Maps the endpoints; it needs modules that can only be made of good settings.</param>
    /// <returns>The process's exit code: 0 after a stop, 2 when the start was refused.</returns>
    public static async Task<int> RunCheckedAsync(this WebApplication app, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Asked for now: the host is gone when the question comes up.
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            if (Environment.GetCommandLineArgs().Contains(Migrate, StringComparer.Ordinal))
            {
                return await MigrateAsync(app);
            }

            var errors = Check(app.Services.GetServices<ISettingsCheck>());
            if (errors.Count > 0)
            {
                await Console.Error.WriteLineAsync(Describe(errors));
                return 2;
            }

            map?.Invoke(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException or IOException)
        {
            await Console.Error.WriteLineAsync("GatewayStack does not start: " + e.Message);
            return 2;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while it was still starting.
            return 0;
        }
    }

    private static async Task<int> MigrateAsync(WebApplication app)
    {
        var migrations = app.Services.GetServices<IMigration>().ToList();
        foreach (var migration in migrations)
        {
            await migration.MigrateAsync(app.Lifetime.ApplicationStopping);
            Console.WriteLine($"GatewayStack: {migration.Name} is at this version.");
        }

        if (migrations.Count == 0)
        {
            Console.WriteLine("GatewayStack: nothing to migrate, no database is configured.");
        }

        return 0;
    }

    /// <summary>All errors; a setting that several modules read is told once, in the words of the first.</summary>
    private static List<SettingsError> Check(IEnumerable<ISettingsCheck> checks)
    {
        var errors = new List<SettingsError>();
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var check in checks)
        {
            var found = check.Check().Where(e => !told.Contains(e.Key)).Distinct().ToList();
            errors.AddRange(found);
            told.UnionWith(found.Select(e => e.Key));
        }

        return errors;
    }

    private static string Describe(List<SettingsError> errors)
    {
        var text = new StringBuilder();
        text.Append("GatewayStack does not start: ").Append(errors.Count).AppendLine(errors.Count == 1 ? " setting is wrong." : " settings are wrong.");
        foreach (var error in errors.OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase))
        {
            text.Append("  ").Append(error.Key).Append(' ').Append(error.Problem).Append(": ").Append(error.Remedy).AppendLine(".");
        }

        return text.ToString().TrimEnd();
    }
}
