using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Kafka;

public class KafkaSettingsTests
{
    [Theory]
    [InlineData("ConnectionStrings:kafka", "a.example.com:9092,b.example.com:9092")]
    [InlineData("ConnectionStrings:kafka", "[::1]:9092")]
    [InlineData("Events:Kafka:TopicPrefix", "staging-1.")]
    [InlineData("Events:Kafka:UsagePartitions", "1")]
    [InlineData("Events:Kafka:ReplicationFactor", "3")]
    [InlineData("Events:Kafka:RetentionHours", "87600")]
    [InlineData("Events:Kafka:SaslMechanism", "scram-sha-256")]
    public void Good_settings_are_accepted(string key, string value) => Check((key, value)).ShouldBeEmpty();

    [Theory]
    [InlineData("ConnectionStrings:kafka", "localhost")]
    [InlineData("ConnectionStrings:kafka", "http://localhost:9092")]
    [InlineData("ConnectionStrings:kafka", "a:9092,b:0")]
    [InlineData("Events:Kafka:TopicPrefix", "")]
    [InlineData("Events:Kafka:TopicPrefix", "a_b")]
    [InlineData("Events:Kafka:UsagePartitions", "0")]
    [InlineData("Events:Kafka:AuditPartitions", "1001")]
    [InlineData("Events:Kafka:RetentionHours", "0")]
    [InlineData("Events:Kafka:ReplicationFactor", "-1")]
    [InlineData("Events:Kafka:SessionSeconds", "5")]
    [InlineData("Events:Kafka:SaslMechanism", "GSSAPI")]
    [InlineData("Events:Kafka:Partitions", "6")]
    public void Bad_settings_are_named(string key, string value) => Check((key, value)).ShouldHaveSingleItem().ShouldBe(key);

    [Fact]
    public void A_user_needs_a_password_and_a_password_never_goes_in_the_clear()
    {
        Check(("Events:Kafka:Username", "gateway")).ShouldBe(["Events:Kafka:Password"]);
        Check(("Events:Kafka:Username", "gateway"), ("Events:Kafka:Password", "env:GATEWAYSTACK_NOT_SET")).ShouldBe(["Events:Kafka:Password"]);
        Check(("Events:Kafka:Username", "gateway"), ("Events:Kafka:Password", "secret")).ShouldBeEmpty();
        Check(("Events:Kafka:Username", "gateway"), ("Events:Kafka:Password", "secret"), ("Events:Kafka:SaslMechanism", "PLAIN")).ShouldBe(["Events:Kafka:SaslMechanism"]);
        Check(
            ("Events:Kafka:Username", "gateway"), ("Events:Kafka:Password", "secret"), ("Events:Kafka:SaslMechanism", "PLAIN"), ("Service:Tls:Enabled", "true")).ShouldBeEmpty();
    }

    [Fact]
    public void The_spool_s_check_leaves_the_section_to_the_transport()
    {
        var configuration = Configuration(("Events:Kafka:RetentionHours", "5"), ("Events:Unknown", "x"));
        new EventsSettingsCheck(configuration).Check().ShouldHaveSingleItem().Key.ShouldBe("Events:Unknown");
    }

    private static IEnumerable<string> Check(params (string Key, string Value)[] settings) => new KafkaSettingsCheck(Configuration(settings)).Check().Select(e => e.Key);

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build();
}
