using System.Text;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Events.Kafka;
using GatewayStack.Limits.Ledger;
using GatewayStack.Platform.Tests.Events;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>Spool, topics, and the real consumers on their real stores, in one host as the one-process gateway has them.</summary>
public sealed class KafkaModulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_is_charged_and_audited_once_and_what_is_no_event_is_kept(bool postgres)
    {
        await using var kafka = await KafkaHarness.StartAsync();
        await using var ledger = postgres ? await PostgresDatabase.CreateAsync() : null;
        await using var audit = postgres ? await PostgresDatabase.CreateAsync() : null;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [KafkaConnection.Setting] = Servers.Kafka,
            ["Events:Kafka:TopicPrefix"] = kafka.Options.TopicPrefix,
            ["Events:Kafka:UsagePartitions"] = "2",
            ["Events:Kafka:AuditPartitions"] = "2",
            ["Data:Path"] = kafka.StoreFile + ".data",
        };
        foreach (var (key, value) in (IEnumerable<KeyValuePair<string, string?>>)[.. ledger?.Settings("limitsdb") ?? [], .. audit?.Settings("auditdb") ?? []])
        {
            settings[key] = value;
        }

        using (var host = Build(settings))
        {
            await host.StartAsync(Token);
            var log = host.Services.GetRequiredService<IEventLog>();
            var now = TimeProvider.System.GetUtcNow();
            for (var i = 0; i < 30; i++)
            {
                log.Append(EventSamples.Decision($"r{i}") with { Time = now }).Appended.ShouldBeTrue();
                log.Append(EventSamples.Outcome($"r{i}") with { Time = now }).Appended.ShouldBeTrue();
                log.Append(EventSamples.Outcome($"a{i}") with { Time = now, Type = EventTypes.Administration, Attempts = [] }).Appended.ShouldBeTrue();
            }

            await kafka.SendRawAsync(new Confluent.Kafka.Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes("x"), Value = Encoding.UTF8.GetBytes("garbage") });
            await StoredAsync(host);
            await host.StopAsync(Token);
        }

        // The spool forgot how far it was: everything is sent again.
        Directory.Delete(Directory.EnumerateDirectories(settings["Data:Path"]!, "watermarks", SearchOption.AllDirectories).Single(), recursive: true);
        using (var host = Build(settings))
        {
            await host.StartAsync(Token);
            host.Services.GetRequiredService<IEventLog>().Append(EventSamples.Outcome("last") with { Type = EventTypes.Administration, Attempts = [] }).Appended.ShouldBeTrue();
            await StoredAsync(host, more: 1);
            await host.StopAsync(Token);
        }
    }

    private static Task StoredAsync(IHost host, int more = 0) => Eventually.Succeeds(async () =>
    {
        var audited = await host.Services.GetRequiredService<IAuditStore>().GetStatusAsync(Token);
        audited.Rows.ShouldBe(90 + more);
        audited.DeadLetters.ShouldBe(1);
        var charged = await host.Services.GetRequiredService<ILedger>().GetStatisticsAsync(Token);
        charged.Rows.ShouldBe(30);
        charged.OpenRequests.ShouldBe(0);
    });

    private static IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton<IDataKeys>(new TestKeys());
        builder.AddLimitsModule();
        builder.AddAuditModule();
        builder.AddEvents();
        builder.AddKafkaEvents();
        builder.AddKafkaConsumer("limits");
        builder.AddKafkaConsumer("audit");
        return builder.Build();
    }
}
