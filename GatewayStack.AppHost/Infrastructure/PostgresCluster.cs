using System.Collections.Immutable;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>A Postgres cluster of the stack's own, made at its first start.</summary>
/// <remarks>Postgres refuses to run as root: for root its data belongs to the user <c>postgres</c> and stands where that user can reach it.</remarks>
[UnsupportedOSPlatform("windows")]
internal sealed class PostgresCluster
{
    private const string User = "postgres";
    private const string PublicRoot = "/var/lib/gatewaystack";

    private readonly string _bin;
    private readonly StackFolder _stack;
    private readonly string _data;

    private PostgresCluster(string bin, StackFolder stack, string data)
    {
        _bin = bin;
        _stack = stack;
        _data = data;
    }

    /// <summary>The server in the foreground, but for its port.</summary>
    public (string Command, ImmutableArray<object> Arguments) Command
    {
        get
        {
            ImmutableArray<object> arguments = ["-D", _data, "-h", "127.0.0.1", "-k", "", "-c", "max_connections=300", "-c", "log_min_messages=warning"];
            var server = Path.Combine(_bin, "postgres");
            // setpriv becomes the server, so that the orchestrator watches and stops the server itself.
            return AsRoot ? ("setpriv", ["--reuid=" + User, "--regid=" + User, "--clear-groups", server, .. arguments]) : (server, arguments);
        }
    }

    private static bool AsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Finds the cluster's folder, and judges what is in it.</summary>
    /// <exception cref="StackRefusedException">Another version's data, or data whose password is not known any more.</exception>
    public static async Task<PostgresCluster> OpenAsync(ITools tools, StackFolder stack)
    {
        var cluster = new PostgresCluster(tools.PostgresFolder!, stack, FolderFor(stack.Path));
        var version = Path.Combine(cluster._data, "PG_VERSION");
        if (!File.Exists(version))
        {
            return cluster;
        }

        if (!stack.Knows(Resources.Postgres))
        {
            throw new StackRefusedException($"{cluster._data} holds a Postgres cluster whose password {stack.Path} does not know: remove it and its data, or bring back stack.json.");
        }

        var made = (await File.ReadAllTextAsync(version)).Trim();
        var installed = await cluster.InstalledVersionAsync();
        return made == installed
            ? cluster
            : throw new StackRefusedException($"{cluster._data} was made by Postgres {made} and {installed} is installed: dump it with the old version, or name another folder with --Infrastructure:Data.");
    }

    /// <summary>Makes the cluster, unless it is there.</summary>
    public async Task InitializeAsync()
    {
        if (File.Exists(Path.Combine(_data, "PG_VERSION")))
        {
            return;
        }

        // Under another name until it is whole: a first start that was cut off leaves nothing that looks like a cluster.
        var fresh = _data + ".new";
        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(fresh)!);
        if (AsRoot)
        {
            // To pass through, not to look around.
            File.SetUnixFileMode(Path.GetDirectoryName(fresh)!, File.GetUnixFileMode(Path.GetDirectoryName(fresh)!) | UnixFileMode.OtherExecute);
        }

        var password = Path.Combine(Path.GetDirectoryName(fresh)!, ".postgres-password-" + Path.GetFileName(fresh));
        Directory.CreateDirectory(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        StackFolder.WritePrivate(password, _stack.Secret(Resources.Postgres));
        try
        {
            if (AsRoot)
            {
                await Programs.RunAsync("chown", [User + ":" + User, fresh, password]);
            }

            string[] arguments = ["-D", fresh, "-U", "postgres", "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C", "--no-sync"];
            var initdb = Path.Combine(_bin, "initdb");
            await (AsRoot
                ? Programs.RunAsync("setpriv", ["--reuid=" + User, "--regid=" + User, "--clear-groups", initdb, .. arguments])
                : Programs.RunAsync(initdb, arguments));
            Directory.Move(fresh, _data);
        }
        finally
        {
            File.Delete(password);
        }
    }

    /// <summary>In the stack's folder, if the user that runs Postgres can get there.</summary>
    private static string FolderFor(string stack)
    {
        var inside = Path.Combine(stack, "postgres");
        if (!AsRoot || Directory.Exists(inside))
        {
            return inside;
        }

        for (var above = Path.GetDirectoryName(stack); above is not null; above = Path.GetDirectoryName(above))
        {
            if (!File.GetUnixFileMode(above).HasFlag(UnixFileMode.OtherExecute))
            {
                // One for each stack.
                return Path.Combine(PublicRoot, "postgres-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stack)))[..12]);
            }
        }

        return inside;
    }

    private async Task<string> InstalledVersionAsync()
    {
        // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
        var text = await Programs.RunAsync(Path.Combine(_bin, "postgres"), ["--version"]);
        var number = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(w => char.IsAsciiDigit(w[0])) ?? string.Empty;
        return number.Split('.')[0].TrimEnd();
    }
}
