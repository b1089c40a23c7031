using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Redis;

/// <summary>What a reservation needs to be said again, and to be counted by other limits than those it was made under.</summary>
internal sealed record StoredReservation
{
    public required RequestFacts Facts { get; init; }

    public required Hold Hold { get; init; }

    public required ImmutableArray<TokenPrice> Prices { get; init; }

    public string? PriceTable { get; init; }

    /// <summary>The limits that were asked, in their order; empty where the ledger is all that is known.</summary>
    public required ImmutableArray<StoredLimit> Limits { get; init; }

    public static StoredReservation Of(CounterRequest request, ImmutableArray<StoredLimit> limits) => new()
    {
        Facts = request.Facts,
        Hold = Decisions.Hold(request),
        Prices = request.Prices,
        PriceTable = request.PriceTable,
        Limits = limits,
    };

    public static StoredReservation Of(LedgerRequest row) => new()
    {
        Facts = row.Facts,
        Hold = new Hold { Tokens = row.Hold.Tokens, CostMicros = row.Hold.CostMicros, ReservedAt = row.ReservedAt, LeaseEndsAt = row.LeaseEndsAt },
        Prices = [],
        Limits = [],
    };

    /// <summary>The decision that was given.</summary>
    /// <param name="seen">Used and held of each limit before it, as the script saw them.</param>
    public LimitsDecision Decision(ReadOnlySpan<long> seen) => new()
    {
        Effect = LimitsEffect.Ok,
        Limit = Tightest(seen),
        Hold = Hold,
        Prices = Prices,
        PriceTable = PriceTable,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, RedisJson.Default.StoredReservation);

    public static StoredReservation Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, RedisJson.Default.StoredReservation)!;

    /// <summary>The limit with the smallest part left once the hold is made.</summary>
    private LimitState? Tightest(ReadOnlySpan<long> seen)
    {
        LimitState? tightest = null;
        for (var i = 0; i < Limits.Length && (2 * i) + 1 < seen.Length; i++)
        {
            var state = Limits[i].After(seen[2 * i], seen[(2 * i) + 1]);
            if (tightest is null || (Int128)state.Remaining * Math.Max(1, tightest.Limit) < (Int128)tightest.Remaining * Math.Max(1, state.Limit))
            {
                tightest = state;
            }
        }

        return tightest;
    }
}

/// <summary>A limit as it was when it was asked.</summary>
internal sealed record StoredLimit(string Name, string Metric, string Window, long Limit, DateTimeOffset ResetsAt, long Asked, bool IsRequests)
{
    public LimitState After(long used, long held) => new()
    {
        Name = Name,
        Metric = Metric,
        Window = Window,
        Limit = Limit,
        Used = used + (IsRequests ? Asked : 0),
        Held = held + (IsRequests ? 0 : Asked),
        ResetsAt = ResetsAt,
    };
}

/// <summary>JSON that stands in the store. A field is added, never renamed: instances of two versions read each other's.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredReservation))]
[JsonSerializable(typeof(ImmutableArray<CountedRule>))]
[JsonSerializable(typeof(WantedSeries))]
internal sealed partial class RedisJson : JsonSerializerContext;

/// <summary>What an instance counts, and when it said so (store's time, microseconds).</summary>
internal sealed record WantedSeries(long At, ImmutableArray<CountedRule> Rules);
