using System.Diagnostics;

namespace GatewayStack.Limits.Redis;

/// <summary>Spans of what a request asks Redis. They name the script and the database, never a key or a value: those name people.</summary>
internal static class RedisActivities
{
    /// <summary>The source: stateless, one per process by .NET's own convention.</summary>
    private static readonly ActivitySource Source = new("GatewayStack.Limits");

    public static Activity? Start(string script)
    {
        var activity = Source.StartActivity("redis " + script, ActivityKind.Client);
        activity?.SetTag("db.system.name", "redis");
        activity?.SetTag("db.operation.name", script);
        return activity;
    }
}
