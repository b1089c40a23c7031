using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>Redis, Postgres and Kafka killed, frozen, cut off, slow, and cut in mid-message.</summary>
[Collection(FaultyStack.Name)]
public sealed class StoreFaultTests(FaultStack stack)
{
    /// <summary>Whoever is probed and asks a frozen store has been asked several times.</summary>
    private static readonly TimeSpan LongerThanProbes = TimeSpan.FromSeconds(3);

    /// <summary>Two of other stores come between two of Redis, of which a breaker knows: one that opens again at once stays open for longer each time.</summary>
    [Fact]
    public Task Stores_are_killed_frozen_emptied_and_hard_to_reach()
    {
        Fault[] redis =
        [
            new("Redis killed", _ => stack.Redis.KillAsync(), _ => stack.Redis.StartAsync()) { Marks = "limits" },
            new("Redis frozen", _ => stack.Redis.FreezeAsync(), _ => stack.Redis.ThawAsync()) { Marks = "limits" },
            .. HardToReach("redis", "Redis"),
            new("Redis emptied", _ => stack.Redis.ExecuteAsync("FLUSHALL"), _ => Task.CompletedTask),
        ];
        Fault[] postgres =
        [
            new("Postgres killed", _ => stack.Postgres.KillAsync(), _ => stack.Postgres.StartAsync()),
            new("Postgres frozen", _ => stack.Postgres.FreezeAsync(), _ => stack.Postgres.ThawAsync()) { Lasts = LongerThanProbes },
            .. HardToReach("postgres", "Postgres"),
        ];
        Fault[] kafka =
        [
            new("Kafka killed", _ => stack.Kafka.KillAsync(), _ => stack.Kafka.StartAsync()),
            new("Kafka frozen", _ => stack.Kafka.FreezeAsync(), _ => stack.Kafka.ThawAsync()) { Lasts = LongerThanProbes },
            .. HardToReach("kafka", "Kafka"),
        ];
        return Campaign.RunAsync(
            stack,
            [
                .. redis.Zip(postgres, kafka).SelectMany(t => (Fault[])[MayBeCapped(t.First), GoesOn(t.Second), GoesOn(t.Third)]),
                MayBeCapped(redis[^1]),
            ]);
    }

    private static Fault MayBeCapped(Fault fault) => fault with { Row = Rows.MayBeCapped };

    private static Fault GoesOn(Fault fault) => fault with { Row = Rows.GoOn };

    private Fault[] HardToReach(string link, string name) =>
    [
        stack.Hinder(name + ": connections refused", [link], Chaos.Refuse),
        stack.Hinder(name + ": slow", [link], Chaos.Slow),
        stack.Hinder(name + ": cut in mid-message", [link], Chaos.Cut),
    ];
}
