using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace GatewayStack.TestServers;

/// <summary>A Kafka broker of a test's own, in a temporary folder, that the test may stop, kill, freeze and start again.</summary>
/// <remarks>Started from <c>KAFKA_HOME</c>. Skipped (or failed, with CI=true) where that is missing.</remarks>
internal sealed class OwnKafka : IAsyncDisposable
{
    private readonly string _home;
    private readonly string _folder = Directory.CreateTempSubdirectory("gs-kafka-").FullName;
    private readonly int _controller = TestPorts.Free();
    private readonly int _port;
    private readonly int _advertised;
    private Process? _process;

    private OwnKafka(string home, int port, int advertised) => (_home, _port, _advertised) = (home, port, advertised);

    /// <summary>The broker's address, the same after each start.</summary>
    public string Bootstrap => $"127.0.0.1:{_port}";

    /// <param name="port">Where it listens; null for any free port.</param>
    /// <param name="advertised">The port it tells its clients to use, such as that of a proxy before it; null for its own.</param>
    public static async Task<OwnKafka> StartNewAsync(int? port = null, int? advertised = null)
    {
        var own = port ?? TestPorts.Free();
        var kafka = new OwnKafka(Servers.KafkaHome, own, advertised ?? own);
        try
        {
            await kafka.FormatAsync();
            await kafka.StartAsync();
            return kafka;
        }
        catch
        {
            await kafka.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the broker and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(Command("kafka-server-start.sh", Settings))!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (attempt < 1200 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Kills the broker at once, as a lost process would end.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Freezes the broker: connections stay, nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets a frozen broker go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Settings => Path.Combine(_folder, "server.properties");

    private async Task FormatAsync()
    {
        // One that was killed is let in again when the session of its former life has ended: nine seconds, unless it is said.
        await File.WriteAllTextAsync(Settings, $"""
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:{_controller}
            listeners=PLAINTEXT://127.0.0.1:{_port},CONTROLLER://127.0.0.1:{_controller}
            advertised.listeners=PLAINTEXT://127.0.0.1:{_advertised}
            controller.listener.names=CONTROLLER
            inter.broker.listener.name=PLAINTEXT
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            log.dirs={Path.Combine(_folder, "data")}
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            broker.session.timeout.ms=2000
            broker.heartbeat.interval.ms=500
            """);
        using var format = Process.Start(Command("kafka-storage.sh", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", Settings))!;
        var output = format.StandardOutput.ReadToEndAsync();
        var errors = format.StandardError.ReadToEndAsync();
        await format.WaitForExitAsync();
        if (format.ExitCode != 0)
        {
            throw new InvalidOperationException($"kafka-storage.sh failed: {await output}{await errors}");
        }
    }

    private ProcessStartInfo Command(string script, params string[] arguments) => new("bash", [Path.Combine(_home, "bin", script), .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = _folder,
        Environment =
        {
            ["KAFKA_HEAP_OPTS"] = "-Xmx256m -Xms64m",
            // It is started far more often than it is busy. What it unpacks, such as its LZ4 library, goes with its folder when it is killed.
            ["KAFKA_OPTS"] = $"-XX:TieredStopAtLevel=1 -Djava.io.tmpdir={_folder}",
            ["LOG_DIR"] = Path.Combine(_folder, "logs"),
        },
    };

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }
}
