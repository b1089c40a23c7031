using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>Redis, Postgres and Kafka killed, frozen, cut off, slow, and cut in mid-message.</summary>
[Collection(FaultyStack.Name)]
public sealed class StoreFaultTests(FaultStack stack)
{
    /// <summary>Whoever is probed and asks a frozen store has been asked several times.</summary>
    private static readonly TimeSpan LongerThanProbes = TimeSpan.FromSeconds(3);

    [Fact]
    public Task Redis_is_killed_and_comes_back() => Campaign.RunAsync(stack, Redis("killed", _ => stack.Redis.KillAsync(), _ => stack.Redis.StartAsync()) with { Row = Rows.MayBeCapped, Marks = "limits" });

    [Fact]
    public Task Redis_is_frozen() => Campaign.RunAsync(stack, Redis("frozen", _ => stack.Redis.FreezeAsync(), _ => stack.Redis.ThawAsync()) with { Lasts = TimeSpan.FromSeconds(2), Marks = "limits" });

    [Fact]
    public Task Redis_loses_everything() => Campaign.RunAsync(stack, Redis("emptied", _ => stack.Redis.ExecuteAsync("FLUSHALL"), _ => Task.CompletedTask));

    [Theory]
    [InlineData("connections refused", nameof(Chaos.Refuse))]
    [InlineData("slow", nameof(Chaos.Slow))]
    [InlineData("cut in mid-message", nameof(Chaos.Cut))]
    public Task Redis_is_hard_to_reach(string how, string mode) => Campaign.RunAsync(stack, Link("redis", "Redis", how, Enum.Parse<Chaos>(mode)) with { Row = Rows.MayBeCapped });

    [Fact]
    public Task Postgres_is_killed_and_comes_back() => Campaign.RunAsync(stack, new Fault("Postgres killed", _ => stack.Postgres.KillAsync(), _ => stack.Postgres.StartAsync()) { Row = Rows.GoOn });

    [Fact]
    public Task Postgres_is_frozen() => Campaign.RunAsync(stack, new Fault("Postgres frozen", _ => stack.Postgres.FreezeAsync(), _ => stack.Postgres.ThawAsync()) { Row = Rows.GoOn, Lasts = LongerThanProbes, EveryDay = 3 });

    [Theory]
    [InlineData("connections refused", nameof(Chaos.Refuse))]
    [InlineData("slow", nameof(Chaos.Slow))]
    [InlineData("cut in mid-message", nameof(Chaos.Cut))]
    public Task Postgres_is_hard_to_reach(string how, string mode) => Campaign.RunAsync(stack, Link("postgres", "Postgres", how, Enum.Parse<Chaos>(mode)) with { Row = Rows.GoOn });

    [Fact]
    public Task Kafka_is_killed_and_comes_back() => Campaign.RunAsync(stack, new Fault("Kafka killed", _ => stack.Kafka.KillAsync(), _ => stack.Kafka.StartAsync()) { Row = Rows.GoOn, EveryDay = 3 });

    [Fact]
    public Task Kafka_is_frozen() => Campaign.RunAsync(stack, new Fault("Kafka frozen", _ => stack.Kafka.FreezeAsync(), _ => stack.Kafka.ThawAsync()) { Row = Rows.GoOn, Lasts = LongerThanProbes, EveryDay = 3 });

    [Theory]
    [InlineData("connections refused", nameof(Chaos.Refuse))]
    [InlineData("slow", nameof(Chaos.Slow))]
    [InlineData("cut in mid-message", nameof(Chaos.Cut))]
    public Task Kafka_is_hard_to_reach(string how, string mode) => Campaign.RunAsync(stack, Link("kafka", "Kafka", how, Enum.Parse<Chaos>(mode)) with { Row = Rows.GoOn });

    private static Fault Redis(string how, Func<int, Task> begin, Func<int, Task> end) => new("Redis " + how, begin, end) { Row = Rows.MayBeCapped };

    private Fault Link(string link, string name, string how, Chaos mode)
    {
        return new Fault($"{name}: {how}", _ => Set(mode), _ => Set(Chaos.None));

        Task Set(Chaos to)
        {
            stack.Link(link).Set(to);
            return Task.CompletedTask;
        }
    }
}
