using System.Runtime.Versioning;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>A server that is on this machine, started as a process on loopback.</summary>
internal sealed class InstalledServer(string name, string command, string folder, Func<EndpointReference, ReferenceExpression> connection)
    : ExecutableResource(name, command, folder), IResourceWithConnectionString
{
    public EndpointReference Tcp => field ??= new(this, Resources.Tcp);

    public ReferenceExpression ConnectionStringExpression => connection(Tcp);
}

/// <summary>Redis, Postgres and Kafka as they are installed here, with generated passwords and data of their own.</summary>
[UnsupportedOSPlatform("windows")]
internal static class InstalledServers
{
    public static async Task<StackInfrastructure> AddAsync(IDistributedApplicationBuilder builder, ITools tools, StackFolder folder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            throw new StackRefusedException("Infrastructure=installed runs servers on this machine and cannot be published: use containers.");
        }

        // Everything is judged before anything is made.
        var cluster = await PostgresCluster.OpenAsync(tools, folder);
        var storage = new KafkaStorage(tools, folder);
        await Task.WhenAll(cluster.InitializeAsync(), storage.FormatAsync());
        var postgres = AddPostgres(builder, cluster, folder);
        return new StackInfrastructure(new Server(AddRedis(builder, tools, folder)), postgres, new Server(AddKafka(builder, storage)));
    }

    private static IResourceBuilder<InstalledServer> AddRedis(IDistributedApplicationBuilder builder, ITools tools, StackFolder folder)
    {
        var data = folder.Folder(Resources.Redis);
        var settings = Path.Combine(data, "redis.conf");

        // In a file: everybody on the machine can read a command line.
        StackFolder.WritePrivate(settings, $"""
            bind 127.0.0.1
            dir {data}
            appendonly yes
            appendfsync everysec
            save ""
            maxmemory-policy noeviction
            requirepass {folder.Secret(Resources.Redis)}

            """);
        var redis = AddServer(builder, Resources.Redis, tools.RedisServer!, data, tcp =>
            ReferenceExpression.Create($"127.0.0.1:{tcp.Property(EndpointProperty.Port)},password={folder.Secret(Resources.Redis)}"));
        return redis
            .WithArgs(settings, "--port", redis.Resource.Tcp.Property(EndpointProperty.TargetPort))
            .WithConnectionCheck(ConnectionCheck.RedisAsync);
    }

    private static Databases AddPostgres(IDistributedApplicationBuilder builder, PostgresCluster cluster, StackFolder folder)
    {
        var (command, arguments) = cluster.Command;
        var postgres = AddServer(builder, Resources.Postgres, command, "/", tcp =>
            ReferenceExpression.Create($"Host=127.0.0.1;Port={tcp.Property(EndpointProperty.Port)};Username=postgres;Password={folder.Secret(Resources.Postgres)}"));
        postgres
            .WithArgs([.. arguments, "-p", postgres.Resource.Tcp.Property(EndpointProperty.TargetPort)])
            .WithConnectionCheck(ConnectionCheck.PostgresAsync);
        var databases = new Databases(postgres, ReferenceExpression.Create($"Host=127.0.0.1;Port={postgres.Resource.Tcp.Property(EndpointProperty.Port)}"), folder);
        postgres.OnResourceReady(async (server, _, cancellationToken) =>
            await databases.CreateAsync(await server.ConnectionStringExpression.GetValueAsync(cancellationToken) ?? string.Empty, cancellationToken));
        return databases;
    }

    private static IResourceBuilder<InstalledServer> AddKafka(IDistributedApplicationBuilder builder, KafkaStorage storage)
    {
        var kafka = AddServer(builder, Resources.Kafka, storage.StartCommand, storage.Folder, tcp => ReferenceExpression.Create($"127.0.0.1:{tcp.Property(EndpointProperty.Port)}"))
            .WithEndpoint(name: "controller", scheme: "tcp", isProxied: false);
        var port = kafka.Resource.Tcp.Property(EndpointProperty.TargetPort);
        var controller = kafka.GetEndpoint("controller").Property(EndpointProperty.TargetPort);
        return kafka
            .WithArgs(
                storage.Settings,
                "--override", ReferenceExpression.Create($"listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}"),
                "--override", ReferenceExpression.Create($"advertised.listeners=PLAINTEXT://127.0.0.1:{port}"),
                "--override", ReferenceExpression.Create($"controller.quorum.voters=1@127.0.0.1:{controller}"))
            .WithEnvironment("KAFKA_HEAP_OPTS", "-Xmx512m -Xms128m")
            .WithEnvironment("LOG_DIR", storage.Logs)
            .WithConnectionCheck(ConnectionCheck.KafkaAsync);
    }

    /// <summary>Without the orchestrator's proxy: it costs four times the latency, and Kafka tells its clients its own port.</summary>
    private static IResourceBuilder<InstalledServer> AddServer(
        IDistributedApplicationBuilder builder, string name, string command, string folder, Func<EndpointReference, ReferenceExpression> connection) =>
        builder.AddResource(new InstalledServer(name, command, folder, connection))
            .WithEndpoint(name: Resources.Tcp, scheme: "tcp", isProxied: false)
            .ExcludeFromManifest();
}
