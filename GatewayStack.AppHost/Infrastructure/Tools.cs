using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>What this machine has to run servers with.</summary>
internal interface ITools
{
    /// <summary>Full path of <c>redis-server</c>, or null.</summary>
    string? RedisServer { get; }

    /// <summary>Folder of <c>postgres</c> and <c>initdb</c>, or null.</summary>
    string? PostgresFolder { get; }

    /// <summary>Folder of a Kafka distribution, or null.</summary>
    string? KafkaHome { get; }

    /// <summary>Whether a container engine answers within five seconds.</summary>
    bool ContainerEngineAnswers();

    /// <summary>What the installed form lacks: each with what brings it.</summary>
    ImmutableArray<string> FindMissing();
}

/// <summary>Looks on the path, in Debian's folder of Postgres versions, and where <c>KAFKA_HOME</c> says.</summary>
internal sealed class Tools(IConfiguration configuration) : ITools
{
    private static readonly TimeSpan EngineLimit = TimeSpan.FromSeconds(5);

    public string? RedisServer { get; } = OnPath("redis-server");

    public string? PostgresFolder { get; } = Path.GetDirectoryName(OnPath("initdb")) is { } found && File.Exists(Path.Combine(found, "postgres")) ? found : NewestOfDebian();

    public string? KafkaHome { get; } =
        configuration["KAFKA_HOME"] is { Length: > 0 } home && File.Exists(Path.Combine(home, "bin", "kafka-server-start.sh")) ? Path.GetFullPath(home) : null;

    public bool ContainerEngineAnswers()
    {
        var engine = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"] ?? "docker";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, "version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (process is null || !process.WaitForExit(EngineLimit))
            {
                process?.Kill();
                return false;
            }

            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    public ImmutableArray<string> FindMissing()
    {
        if (OperatingSystem.IsWindows())
        {
            return ["everything on Windows, where only containers and embedded work"];
        }

        var missing = ImmutableArray.CreateBuilder<string>();
        var packages = new List<string>();
        if (RedisServer is null)
        {
            packages.Add("redis-server");
        }

        if (PostgresFolder is null)
        {
            packages.Add("postgresql");
        }

        if (OnPath("java") is null)
        {
            packages.Add("default-jre-headless");
        }

        if (packages.Count > 0)
        {
            missing.Add($"{string.Join(", ", packages)} (Debian: apt-get install {string.Join(' ', packages)})");
        }

        if (KafkaHome is null)
        {
            missing.Add(configuration["KAFKA_HOME"] is { Length: > 0 } home
                ? $"Kafka (KAFKA_HOME is {home}, which has no bin/kafka-server-start.sh)"
                : "Kafka (unpack a distribution from kafka.apache.org and set KAFKA_HOME to its folder)");
        }

        if (Environment.IsPrivilegedProcess && OnPath("setpriv") is null)
        {
            missing.Add("setpriv, without which root cannot run Postgres (start the stack as another user)");
        }

        return missing.ToImmutable();
    }

    private static string? OnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, command))
        .FirstOrDefault(File.Exists);

    /// <summary>Debian keeps the programs of each version in a folder of its own, off the path.</summary>
    private static string? NewestOfDebian()
    {
        const string Versions = "/usr/lib/postgresql";
        return !Directory.Exists(Versions)
            ? null
            : Directory.EnumerateDirectories(Versions)
                .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && File.Exists(Path.Combine(folder, "bin", "postgres")))
                .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))
                .Select(folder => Path.Combine(folder, "bin"))
                .FirstOrDefault();
    }
}
