using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Redis;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>Requests of one person as they come now.</summary>
internal static class Requests
{
    public const string Cap = """{"name": "cap", "per": "user", "metric": "requests", "window": "month", "limit": 50}""";

    public const string Tokens = """{"name": "tokens", "per": "user", "metric": "tokens", "window": "month", "limit": 1000000}""";

    public static LimitSet Set(params string[] limits)
    {
        var text = $$"""{"apiVersion": "gateway.limits/v1", "limits": [{{string.Join(",", limits)}}]}""";
        var loaded = DocumentLoader.Compile(new LimitsFormat(), Encoding.UTF8.GetBytes(text));
        loaded.Errors.ShouldBeEmpty();
        return new LimitSet(loaded.Value!, loaded.Revision);
    }

    public static RequestFacts Facts(string tenant = "mercy", string person = "alice") => new() { Tenant = tenant, PersonId = person, Kind = IdentityKind.Person, Action = "model.call" };

    public static CounterRequest Request(string id, long tokens = 100, RequestFacts? facts = null, string? parent = null, TimeSpan? lease = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new CounterRequest
        {
            RequestId = id,
            ParentRequestId = parent,
            Facts = facts ?? Facts(),
            Hold = new Amount(tokens, 0),
            PriceKnown = true,
            At = now,
            LeaseEndsAt = now + (lease ?? TimeSpan.FromMinutes(10)),
        };
    }

    public static LedgerRequest Row(string id, LedgerState state, long charged = 0, string tenant = "mercy") => new()
    {
        RequestId = id,
        Facts = Facts(tenant),
        ReservedAt = TimeProvider.System.GetUtcNow(),
        Counts = true,
        State = state,
        Hold = new Amount(100, 0),
        LeaseEndsAt = TimeProvider.System.GetUtcNow().AddMinutes(10),
        Charged = new Amount(charged, 0),
    };

    public static Task<LimitsDecision> ReserveAsync(this ICounterStore store, string id, long tokens = 100, string? parent = null) =>
        store.ReserveAsync(Request(id, tokens, parent: parent), CancellationToken.None);

    public static async Task<SettlementStatus> SettleAsync(this ICounterStore store, string id, long tokens, string tenant = "mercy") =>
        (await store.SettleAsync(new CounterSettlement(tenant, "alice", id, new Amount(tokens, 0)), CancellationToken.None)).Status;

    public static async Task<(long Used, long Held)> StateAsync(this ICounterStore store, string name, string tenant = "mercy")
    {
        var state = (await store.ReadAsync(Facts(tenant), CancellationToken.None)).Single(s => s.Name == name);
        return (state.Used, state.Held);
    }

    public static async Task<RedisCounterStore> StartAsync(this RedisCounterStore store, LimitSet limits, ILedger ledger)
    {
        await store.OpenAsync(CancellationToken.None);
        await store.EnsureAsync(limits, ledger, CancellationToken.None);
        return store;
    }
}
