namespace GatewayStack.TestServers;

/// <summary>The real servers that tests/servers.sh started, by the environment. A test that needs one that is not there is skipped, or fails where CI=true.</summary>
internal static class Servers
{
    /// <summary>Connection string of Redis, for StackExchange.Redis; 64 databases, none of which belongs to anybody.</summary>
    public static string Redis => Require("GATEWAYSTACK_TEST_REDIS", "Redis");

    /// <summary>Connection string of Postgres as its superuser, without a database.</summary>
    public static string Postgres => Require("GATEWAYSTACK_TEST_POSTGRES", "Postgres");

    /// <summary>Bootstrap servers of Kafka; topics are not made by themselves.</summary>
    public static string Kafka => Require("GATEWAYSTACK_TEST_KAFKA", "Kafka");

    /// <summary>A Kafka distribution to start brokers of one's own from.</summary>
    public static string KafkaHome => Require("KAFKA_HOME", "A Kafka distribution");

    private static string Require(string variable, string server)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } found)
        {
            return found;
        }

        var missing = $"{server} is not there: {variable} is not set. 'bash tests/run.sh' starts it, or: eval \"$(bash tests/servers.sh start FOLDER)\".";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }

        Assert.Skip(missing);
        return string.Empty;
    }
}
