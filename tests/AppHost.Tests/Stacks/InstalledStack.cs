using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayStack.TestServers;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>Six services, four of them twice, on the Redis, Postgres and Kafka of this machine; ended by Ctrl-C, after which nothing of it may be left.</summary>
public sealed partial class InstalledStack : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gatewaystack-installed-");
    private readonly int _door = TestPorts.Pair();
    private AppHostProcess? _process;

    internal string Data => _data.FullName;

    internal AppHostProcess Process => _process!;

    internal Uri FrontDoor => new($"http://127.0.0.1:{_door}");

    /// <summary>The dashboard, signed in.</summary>
    internal Uri Dashboard => new(DashboardLine().Match(Process.Output).Groups["url"].Value);

    /// <summary>The superuser's connection string, from what the stack keeps and from the server's command line.</summary>
    internal string Superuser
    {
        get
        {
            var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Data, "stack.json")))!;
            var server = StackProcesses.Find(Data, Process.Id).Select(p => PostgresPort().Match(p)).First(m => m.Success);
            return $"Host=127.0.0.1;Port={int.Parse(server.Groups["port"].Value, CultureInfo.InvariantCulture)};Username=postgres;Password={secrets["postgres"]};Pooling=false";
        }
    }

    public async ValueTask InitializeAsync()
    {
        StackTools.RequireInstalled();
        _process = AppHostProcess.Start(
            "--Infrastructure=installed", $"--Infrastructure:Data={Data}", $"--FrontDoorPort={_door}",
            "--Instances:identity=2", "--Instances:transform=2", "--Instances:policy=2", "--Instances:limits=2");
        await _process.WaitUntilUpAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_process is not null)
            {
                _process.PressCtrlC();
                (await _process.WaitForExitAsync(CancellationToken.None)).ShouldBe(0, _process.Output);
                await StackProcesses.WaitUntilGoneAsync(Data, _process.Id, CancellationToken.None);
                await _process.DisposeAsync();
            }
        }
        finally
        {
            _data.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^Dashboard: (?<url>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex DashboardLine();

    [GeneratedRegex(@"postgres -D .* -p (?<port>\d+) $", RegexOptions.ExplicitCapture)]
    private static partial Regex PostgresPort();
}
