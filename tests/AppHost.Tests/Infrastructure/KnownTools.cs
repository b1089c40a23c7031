using System.Collections.Immutable;
using GatewayStack.AppHost.Infrastructure;

namespace GatewayStack.AppHost.Tests.Infrastructure;

/// <summary>A machine as a test describes it.</summary>
internal sealed record KnownTools(bool Engine = false, params string[] Missing) : ITools
{
    public string? RedisServer => "/usr/bin/redis-server";

    public string? PostgresFolder => "/usr/lib/postgresql/15/bin";

    public string? KafkaHome => "/opt/kafka";

    public bool ContainerEngineAnswers() => Engine;

    public ImmutableArray<string> FindMissing() => [.. Missing];
}
