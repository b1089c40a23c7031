namespace GatewayStack.AppHost.Infrastructure;

/// <summary>Redis, Postgres and Kafka from a container engine, each with a volume of its own.</summary>
internal static class ContainerServers
{
    public static StackInfrastructure Add(IDistributedApplicationBuilder builder, StackFolder folder)
    {
        var redis = builder.AddRedis(Resources.Redis, password: Secret(Resources.Redis))
            .WithDataVolume("gatewaystack-redis")
            // Holds must survive a restart, and none may be thrown away for want of memory.
            .WithArgs("--appendonly", "yes", "--maxmemory-policy", "noeviction");
        var postgres = builder.AddPostgres(Resources.Postgres, password: Secret(Resources.Postgres)).WithDataVolume("gatewaystack-postgres");
        var address = ReferenceExpression.Create(
            $"Host={postgres.Resource.PrimaryEndpoint.Property(EndpointProperty.Host)};Port={postgres.Resource.PrimaryEndpoint.Property(EndpointProperty.Port)}");
        var databases = new Databases(postgres, address, folder);
        postgres.OnResourceReady(async (server, _, cancellationToken) =>
            await databases.CreateAsync(await ConnectionStringAsync(server, cancellationToken), cancellationToken));
        return new StackInfrastructure(new Server(redis), databases, new Server(builder.AddKafka(Resources.Kafka, "gatewaystack-kafka")));

        // Outside the model: a password is no resource of its own in the dashboard.
        IResourceBuilder<ParameterResource> Secret(string name) => builder.CreateResourceBuilder(new ParameterResource(name + "-password", _ => folder.Secret(name), secret: true));
    }

    private static async Task<string> ConnectionStringAsync(IResourceWithConnectionString server, CancellationToken cancellationToken) =>
        await server.GetConnectionStringAsync(cancellationToken) ?? string.Empty;
}
