using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>A server is healthy when it answers to the credentials that services are given.</summary>
internal static class ConnectionCheck
{
    private static readonly TimeSpan KafkaLimit = TimeSpan.FromSeconds(2);

    /// <summary>Adds the check.</summary>
    public static IResourceBuilder<T> WithConnectionCheck<T>(this IResourceBuilder<T> server, Func<string, CancellationToken, Task> ask)
        where T : IResourceWithConnectionString
    {
        var key = server.Resource.Name + "_answers";
        server.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                await ask(await server.Resource.GetConnectionStringAsync(cancellationToken) ?? string.Empty, cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is KafkaException or NpgsqlException or RedisException)
            {
                return HealthCheckResult.Unhealthy(e.Message);
            }
        });
        return server.WithHealthCheck(key);
    }

    /// <summary>Asks Redis.</summary>
    public static async Task RedisAsync(string connection, CancellationToken cancellationToken)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connection).WaitAsync(cancellationToken);
        _ = await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Asks Postgres.</summary>
    public static async Task PostgresAsync(string connection, CancellationToken cancellationToken)
    {
        await using var postgres = new NpgsqlConnection(connection + ";Pooling=false");
        await postgres.OpenAsync(cancellationToken);
    }

    /// <summary>Asks Kafka.</summary>
    public static Task KafkaAsync(string connection, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var kafka = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = connection })
                .SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
            _ = kafka.GetMetadata(KafkaLimit);
        },
        cancellationToken);
}
