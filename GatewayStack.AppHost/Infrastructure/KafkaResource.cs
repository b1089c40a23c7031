namespace GatewayStack.AppHost.Infrastructure;

/// <summary>One Kafka broker, its own controller, in a container.</summary>
internal sealed class KafkaResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    public EndpointReference Tcp => field ??= new(this, Resources.Tcp);

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Tcp.Property(EndpointProperty.HostAndPort)}");
}

/// <summary>Adds <see cref="KafkaResource"/> in the shape of Aspire's own servers.</summary>
internal static class KafkaResourceExtensions
{
    private const int Port = 9092;

    /// <summary>Adds a broker that services on this machine and other containers reach.</summary>
    public static IResourceBuilder<KafkaResource> AddKafka(this IDistributedApplicationBuilder builder, [ResourceName] string name, string volume) =>
        builder.AddResource(new KafkaResource(name))
            .WithImage("apache/kafka", "4.3.0")
            .WithEndpoint(targetPort: Port, name: Resources.Tcp, scheme: "tcp")
            .WithVolume(volume, "/var/lib/kafka/data")
            .WithEnvironment(context =>
            {
                var host = ((KafkaResource)context.Resource).Tcp.Property(EndpointProperty.Port);
                var variables = context.EnvironmentVariables;
                variables["KAFKA_NODE_ID"] = "1";
                variables["KAFKA_PROCESS_ROLES"] = "broker,controller";
                variables["KAFKA_CONTROLLER_QUORUM_VOTERS"] = "1@localhost:9093";
                variables["KAFKA_CONTROLLER_LISTENER_NAMES"] = "CONTROLLER";
                variables["KAFKA_INTER_BROKER_LISTENER_NAME"] = "INTERNAL";
                variables["KAFKA_LISTENERS"] = "HOST://:9092,INTERNAL://:9094,CONTROLLER://:9093";
                variables["KAFKA_ADVERTISED_LISTENERS"] = ReferenceExpression.Create($"HOST://localhost:{host},INTERNAL://{context.Resource.Name}:9094");
                variables["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"] = "HOST:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT";
                variables["KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR"] = "1";
                variables["KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR"] = "1";
                variables["KAFKA_TRANSACTION_STATE_LOG_MIN_ISR"] = "1";
                variables["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] = "false";
                variables["KAFKA_LOG_DIRS"] = "/var/lib/kafka/data";
            })
            .WithConnectionCheck(ConnectionCheck.KafkaAsync);
}
