using Confluent.Kafka;
using Confluent.Kafka.Admin;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Kafka;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Kafka.Topics;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Platform.Tests.Kafka;

public sealed class KafkaTopicsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_made_once_by_several_at_the_same_time_as_the_settings_say()
    {
        await using var kafka = KafkaHarness.On(Servers.Kafka, KafkaHarness.NewOptions(3) with { RetentionHours = 5 });
        var others = Enumerable.Range(0, 3).Select(_ => New(kafka.Options)).ToList();
        await Task.WhenAll(others.Select(o => o.EnsureAsync(Token)));

        await kafka.Topics.EnsureAsync(Token);
        using var admin = kafka.Admin();
        var topics = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([kafka.Topics.Usage.Name, kafka.Topics.Audit.Name]));
        topics.TopicDescriptions.ShouldAllBe(t => t.Partitions.Count == 3);
        var configs = await admin.DescribeConfigsAsync([new ConfigResource { Type = ResourceType.Topic, Name = kafka.Topics.Audit.Name }]);
        configs.Single().Entries["retention.ms"].Value.ShouldBe("18000000");
        await admin.DeleteTopicsAsync([kafka.Topics.Usage.Name, kafka.Topics.Audit.Name]);
        others.ForEach(o => o.Dispose());
    }

    [Fact]
    public async Task A_topic_with_other_partitions_or_compaction_or_less_retention_is_refused_in_one_line_and_left_as_it_is()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        using (var admin = kafka.Admin())
        {
            await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
            {
                [new() { Type = ResourceType.Topic, Name = kafka.Topics.Usage.Name }] =
                [
                    Set("cleanup.policy", "compact"), Set("retention.ms", "60000"), Set("max.message.bytes", "200000"),
                ],
            });
        }

        using var again = New(kafka.Options with { UsagePartitions = 7 });
        var refused = await Should.ThrowAsync<StartRefusedException>(again.EnsureAsync(Token));
        refused.Message.ShouldBe(
            $"The Kafka topic {kafka.Topics.Usage.Name} has 2 partitions, Events:Kafka:UsagePartitions says 7, and has cleanup.policy compact, which removes events; it must be delete, "
            + "and has max.message.bytes 200000, it must be at least 1000000, and has retention.ms 60000, Events:Kafka:RetentionHours says 604800000. "
            + "Change the setting or the topic; it is never changed or removed by the stack.");

        static ConfigEntry Set(string name, string value) => new() { Name = name, Value = value, IncrementalOperation = AlterConfigOpType.Set };
    }

    [Fact]
    public async Task More_retention_than_asked_for_is_accepted()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        using var again = New(kafka.Options with { RetentionHours = 1 });
        await again.EnsureAsync(Token);
    }

    [Fact]
    public void What_only_deserves_a_warning_is_no_refusal()
    {
        var options = new KafkaOptions { ReplicationFactor = 3 };
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["retention.bytes"] = "1000", ["retention.ms"] = "-1", ["cleanup.policy"] = "delete" };
        var (refusals, warnings) = TopicCheck.Compare(KafkaTopic.Usage(options), options, partitions: 6, replication: 1, settings);
        refusals.ShouldBeEmpty();
        warnings.ShouldBe(["has retention.bytes 1000: events may go before 168 hours are over", "has 1 copies of a partition, Events:Kafka:ReplicationFactor says 3"]);
    }

    [Fact]
    public async Task A_broker_without_TLS_is_refused_where_TLS_is_asked_for()
    {
        using var topics = New(KafkaHarness.NewOptions(1), ("Service:Tls:Enabled", "true"));
        var refused = await Should.ThrowAsync<StartRefusedException>(topics.EnsureAsync(Token));
        refused.Message.ShouldStartWith($"Kafka at {Servers.Kafka} was not reached over TLS, which Service:Tls:Enabled asks for: ");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Brokers_that_are_away_do_not_stop_a_start()
    {
        using var topics = New(KafkaHarness.NewOptions(1), (KafkaConnection.Setting, "127.0.0.1:1"));
        var start = new KafkaStart(topics, ConnectionOf(KafkaHarness.NewOptions(1)), new Hurry());
        await start.StartingAsync(Token);
    }

    private static KafkaTopics New(KafkaOptions options, params (string Key, string Value)[] settings) =>
        new(ConnectionOf(options, settings), options, TimeProvider.System, NullLogger<KafkaTopics>.Instance);

    private static KafkaConnection ConnectionOf(KafkaOptions options, params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(KafkaConnection.Setting, Servers.Kafka)]).AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build(), options, NullLogger<KafkaConnection>.Instance);

    /// <summary>A clock on which every wait is over after a tenth of a second.</summary>
    private sealed class Hurry : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(100), Timeout.InfiniteTimeSpan);
    }
}
