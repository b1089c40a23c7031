namespace GatewayStack.AppHost.Infrastructure;

/// <summary>The folder of the one broker that the stack runs, formatted at its first start.</summary>
internal sealed class KafkaStorage(ITools tools, StackFolder stack)
{
    // The same for every stack: it tells clusters apart that know each other, and these do not.
    private const string ClusterId = "MkU3OEVBNTcwNTJENDM2Qg";

    /// <summary>Where it stands.</summary>
    public string Folder => stack.Folder(Resources.Kafka);

    /// <summary>Where it writes about itself: beside its data, not into the distribution, as it would by itself.</summary>
    public string Logs => Path.Combine(Folder, "logs");

    /// <summary>Its settings, but for the ports.</summary>
    public string Settings => Path.Combine(Folder, "server.properties");

    /// <summary>Starts the broker in the foreground.</summary>
    public string StartCommand => Path.Combine(tools.KafkaHome!, "bin", "kafka-server-start.sh");

    /// <summary>Formats the folder, unless it is formatted.</summary>
    public async Task FormatAsync()
    {
        var data = Path.Combine(Folder, "data");
        StackFolder.WritePrivate(Settings, $"""
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:9093
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093
            inter.broker.listener.name=PLAINTEXT
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
            log.dirs={data}
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            group.initial.rebalance.delay.ms=0

            """);
        if (!File.Exists(Path.Combine(data, "meta.properties")))
        {
            _ = await Programs.RunAsync(Path.Combine(tools.KafkaHome!, "bin", "kafka-storage.sh"), ["format", "-t", ClusterId, "-c", Settings]);
        }
    }
}
