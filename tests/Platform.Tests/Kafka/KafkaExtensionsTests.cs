using System.Collections.Immutable;
using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Kafka;
using GatewayStack.Events.Kafka.Consuming;
using GatewayStack.Events.Shipping;
using GatewayStack.Platform.Tests.Events;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Kafka;

public sealed class KafkaExtensionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_a_connection_string_nothing_changes()
    {
        using var host = Build(null, b => b.AddKafkaEvents().AddEvents().AddKafkaConsumer("limits"));
        host.Services.GetRequiredService<EventDestinations>().Sinks.Select(s => s.Name).ShouldBe(["limits"]);
        host.Services.GetKeyedService<RequestDelegate>("admin.limits.consumer").ShouldBeNull();
        host.Services.GetServices<IHostedService>().OfType<KafkaConsumer>().ShouldBeEmpty();
        host.Services.GetServices<ISettingsCheck>().Count(c => c.GetType().Name == "KafkaSettingsCheck").ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_one_the_spool_is_shipped_to_the_topics_only(bool before)
    {
        using var host = Build(Servers.Kafka, b => (before ? b.AddKafkaEvents().AddEvents() : b.AddEvents().AddKafkaEvents()).AddKafkaConsumer("limits").AddKafkaConsumer("limits"));
        host.Services.GetRequiredService<EventDestinations>().Sinks.Select(s => s.Name).ShouldBe(["kafka"]);
        host.Services.GetServices<IHostedService>().OfType<KafkaConsumer>().Count().ShouldBe(1);
    }

    [Fact]
    public void The_spool_is_shipped_to_the_sinks_that_are_named()
    {
        using var host = Build(null, b =>
        {
            b.Services.AddSingleton<IEventSink>(new MemorySink("audit"));
            b.AddEvents("limits", "audit");
        });
        host.Services.GetRequiredService<EventDestinations>().Sinks.Select(s => s.Name).ShouldBe(["audit"]);
    }

    [Fact]
    public async Task A_topic_with_other_settings_stops_the_start()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        using var host = Build(Servers.Kafka, b => b.AddKafkaConsumer("limits"), ("Events:Kafka:TopicPrefix", kafka.Options.TopicPrefix), ("Events:Kafka:AuditPartitions", "2"));
        (await Should.ThrowAsync<StartRefusedException>(host.StartAsync(Token))).Message.ShouldStartWith($"The Kafka topic {kafka.Topics.Usage.Name} has 2 partitions");
    }

    [Fact]
    public async Task From_spool_to_sink_in_one_host()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        using var host = Build(
            Servers.Kafka,
            b =>
            {
                b.Services.AddSingleton<IEventSink>(store);
                b.Services.AddKeyedSingleton<IEventOffsets>("limits", store);
                b.AddKafkaEvents().AddEvents().AddKafkaConsumer("limits");
            },
            ("Events:Kafka:TopicPrefix", kafka.Options.TopicPrefix), ("Events:Kafka:UsagePartitions", "2"), ("Events:Kafka:AuditPartitions", "2"), ("Data:Path", kafka.StoreFile + ".data"));
        await host.StartAsync(Token);
        for (var i = 0; i < 20; i++)
        {
            host.Services.GetRequiredService<IEventLog>().Append(EventSamples.Outcome($"r{i}")).Appended.ShouldBeTrue();
        }

        await store.ReachedAsync(20);
        await host.StopAsync(Token);
        store.Events().ShouldAllBe(e => e.Feed == "usage");
    }

    [Theory]
    [InlineData("""{"paused":true,"reason":"maintenance"}""", 200, true)]
    [InlineData("""{"paused":false,"reason":"done"}""", 200, false)]
    [InlineData("""{"paused":true}""", 400, false)]
    [InlineData("""{"paused":true,"reason":" "}""", 400, false)]
    [InlineData("""{"paused":"yes","reason":"x"}""", 400, false)]
    [InlineData("""{"reason":"x"}""", 400, false)]
    [InlineData("""[true]""", 400, false)]
    [InlineData("{", 400, false)]
    [InlineData("", 400, false)]
    public async Task The_switch_needs_a_reason_and_is_recorded(string body, int status, bool paused)
    {
        var events = new RecordedEvents();
        using var host = Build("127.0.0.1:1", b =>
        {
            b.Services.AddSingleton<IEventLog>(events);
            b.AddKafkaConsumer("limits");
        });
        var context = Request(body);
        await host.Services.GetRequiredKeyedService<RequestDelegate>("admin.limits.consumer")(context);
        context.Response.StatusCode.ShouldBe(status);
        host.Services.GetRequiredKeyedService<ConsumerSwitch>("limits").IsPaused.ShouldBe(paused);
        if (status == 200)
        {
            var recorded = events.Appended.ShouldHaveSingleItem();
            recorded.Type.ShouldBe(EventTypes.Administration);
            recorded.Route.ShouldBe("admin.limits.consumer");
            recorded.Administration!.After.ShouldBe(paused ? "paused" : "running");
            recorded.Administration.Reason.ShouldNotBeNullOrEmpty();
        }
        else
        {
            events.Appended.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Where_there_is_no_consumer_the_switch_is_a_conflict()
    {
        var context = Request("""{"paused":true,"reason":"x"}""");
        await NoEventConsumer.HandleAsync(context);
        context.Response.StatusCode.ShouldBe(409);
    }

    private static DefaultHttpContext Request(string body)
    {
        var context = new DefaultHttpContext { User = new GatewayPrincipal(Caller()) };
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static CallerIdentity Caller() => new()
    {
        PersonId = "person",
        UserId = "alice",
        Subject = "alice",
        Issuer = "https://issuer.example.com",
        IssuerName = "demo",
        Tenant = "default",
        Kind = IdentityKind.Person,
    };

    private static IHost Build(string? servers, Action<IHostApplicationBuilder> add, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new(KafkaConnection.Setting, servers), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        builder.Services.AddSingleton<Contracts.Keys.IDataKeys>(new TestKeys());
        var sink = new MemorySink("limits");
        add(builder);
        if (builder.Services.All(d => d.ServiceType != typeof(IEventSink)) || builder.Services.All(d => d.ServiceKey is not "limits" || d.ServiceType != typeof(IEventOffsets)))
        {
            builder.Services.AddKeyedSingleton<IEventOffsets>("limits", new NoOffsets());
            builder.Services.AddSingleton<IEventSink>(sink);
        }

        return builder.Build();
    }

    private sealed class NoOffsets : IEventOffsets
    {
        public Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
            Task.FromResult<ImmutableArray<LogClaim>>([.. partitions.Select(p => new LogClaim { Partition = p, Next = 0, Claim = 1 })]);
    }

    private sealed class RecordedEvents : IEventLog
    {
        public List<GatewayEvent> Appended { get; } = [];

        public AppendResult Append(GatewayEvent gatewayEvent)
        {
            Appended.Add(gatewayEvent);
            return new AppendResult { Appended = true };
        }

        public Task SyncAsync(EventPosition position, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
