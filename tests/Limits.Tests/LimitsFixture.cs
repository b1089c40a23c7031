using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Events.Format;
using GatewayStack.Limits.Consumption;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Limits.Tests;

/// <summary>The whole module over a ledger in a folder of the test's, with a clock that the test moves and a spool that it ships from.</summary>
internal sealed class LimitsFixture : IAsyncDisposable
{
    public const string Tenant = "mercy";

    public static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 30, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<StoredEvent> _spool = [];
    private int _shipped;
    private SqliteLedger _ledger = null!;
    private LimitsMetrics _metrics = null!;
    private LedgerSink _sink = null!;

    private readonly Func<TimeProvider, ICounterStore> _counters;

    private LimitsFixture(string limits, string prices, DateTimeOffset now, Func<TimeProvider, ICounterStore>? counters)
    {
        _counters = counters ?? (time => new MemoryCounterStore(time));
        Time = new FakeTimeProvider(now);
        Limits = new TestDocument<LimitsDocument>(new LimitsFormat(), limits);
        Prices = new TestDocument<PriceTable>(new PricesFormat(), prices);
    }

    public FakeTimeProvider Time { get; }

    public TestDocument<LimitsDocument> Limits { get; }

    public TestDocument<PriceTable> Prices { get; }

    public ICounterStore Counters { get; private set; } = null!;

    public LimitsState State { get; private set; } = null!;

    public LimitsModule Module { get; private set; } = null!;

    public SqliteLedger Ledger => _ledger;

    public static async Task<LimitsFixture> StartAsync(
        string? limits = null, string? prices = null, DateTimeOffset? now = null, Func<TimeProvider, ICounterStore>? counters = null)
    {
        var fixture = new LimitsFixture(limits ?? BuiltInDocuments.Limits(), prices ?? BuiltInDocuments.Prices(), now ?? Noon, counters);
        await fixture.StartProcessAsync();
        return fixture;
    }

    public static CallerIdentity Caller(string person, string tenant = Tenant) => new()
    {
        PersonId = person,
        UserId = person,
        Subject = person,
        Issuer = "https://issuer.example",
        IssuerName = "demo",
        Tenant = tenant,
        Kind = IdentityKind.Person,
    };

    public static ReservationRequest Request(string id, CallerIdentity caller, long input = 100, long output = 100, string? model = "gpt-4o-mini", string? parent = null) => new()
    {
        RequestId = id,
        ParentRequestId = parent,
        Identity = caller,
        Action = GatewayActions.ModelCall,
        InputTokenBound = input,
        Targets = [new ReservationTarget { Provider = "cloud", Model = model, MaxOutputTokens = output }],
        Lease = TimeSpan.FromMinutes(10),
    };

    public static AttemptUsage Attempt(long input, long output, long? cost, int number = 1) => new()
    {
        Attempt = number,
        Provider = "cloud",
        Model = "gpt-4o-mini",
        Tokens = new TokenUsage { InputTokens = input, OutputTokens = output },
        CostMicros = cost,
    };

    public Task<LimitsDecision> ReserveAsync(ReservationRequest request) => Module.ReserveAsync(request, CancellationToken.None);

    public async Task<SettlementStatus> SettleAsync(string id, CallerIdentity caller, ImmutableArray<AttemptUsage> attempts, bool chargedByChild = false) =>
        (await Module.SettleAsync(
            new Settlement { RequestId = id, Tenant = caller.Tenant, PersonId = caller.PersonId, Attempts = attempts, ChargedByChild = chargedByChild },
            CancellationToken.None)).Status;

    public async Task<LimitState> StateOfAsync(CallerIdentity caller, string limit) =>
        (await Module.GetReportAsync(new LimitsReportRequest { Identity = caller }, CancellationToken.None)).Limits.Single(l => l.Name == limit);

    /// <summary>Appends what the Router records before it sends a request on.</summary>
    public void RecordDecision(ReservationRequest request, LimitsDecision decision) => Record(Event(EventTypes.Decision, request.RequestId, request.Identity) with
    {
        ParentRequestId = request.ParentRequestId,
        Limits = new EventLimits { Effect = "ok", Hold = decision.Hold, PriceTable = decision.PriceTable },
    });

    /// <summary>Appends what the Router records when a request has ended.</summary>
    public void RecordOutcome(string id, CallerIdentity caller, ImmutableArray<AttemptUsage> attempts, string outcome = EventOutcomes.Completed, bool chargedByChild = false) =>
        Record(Event(EventTypes.Outcome, id, caller) with { Outcome = outcome, Attempts = attempts, ChargedByChild = chargedByChild });

    public void Record(GatewayEvent gatewayEvent)
    {
        var position = new EventPosition { Producer = "p1", Epoch = 1, Sequence = _spool.Count + 1 };
        _spool.Add(new StoredEvent { Epoch = 1, Sequence = position.Sequence, Bytes = [.. EventWriter.Write(gatewayEvent, position)] });
    }

    public GatewayEvent Event(string type, string id, CallerIdentity caller) => new()
    {
        Type = type,
        Time = Time.GetUtcNow(),
        Tenant = caller.Tenant,
        RequestId = id,
        Action = GatewayActions.ModelCall,
        Caller = new EventCaller
        {
            PersonId = caller.PersonId,
            Issuer = caller.IssuerName,
            Kind = caller.Kind == IdentityKind.Service ? "service" : "person",
            OrgId = caller.OrgId,
            Team = caller.Team,
            Plan = caller.Plan,
            Roles = caller.Roles,
        },
    };

    /// <summary>Ships the next events, and some of those before them once more.</summary>
    public async Task ShipAsync(int count = int.MaxValue, int again = 0)
    {
        var from = Math.Max(0, _shipped - again);
        var until = (int)Math.Min(_spool.Count, (long)_shipped + count);
        if (until > from)
        {
            var batch = new EventBatch { Producer = "p1", Events = [.. _spool[from..until]] };
            (await _sink.AppendAsync(batch, CancellationToken.None)).Stored.ShouldBe(batch.Events.Length);
        }

        _shipped = until;
    }

    /// <summary>While true, the ledger's disk is full.</summary>
    public bool LedgerFails { get; set; }

    /// <summary>Everything appended so far.</summary>
    public EventBatch Spooled() => new() { Producer = "p1", Events = [.. _spool] };

    public Task<EventAcknowledgement> ShipAsync(EventBatch batch) => _sink.AppendAsync(batch, CancellationToken.None);

    /// <summary>Kills the process: what was in memory is gone, ledger and spool stay.</summary>
    public async Task RestartAsync()
    {
        await StopProcessAsync();
        await StartProcessAsync();
    }

    public async Task StartProcessAsync()
    {
        _ledger = new SqliteLedger(_folder.File("limits/ledger.db"));
        Counters = _counters(Time);
        _metrics = new LimitsMetrics(_services.GetRequiredService<IMeterFactory>());
        State = new LimitsState(Counters, new FailingLedger(_ledger, () => LedgerFails), Limits, _metrics);
        Module = new LimitsModule(Counters, Prices, State, Time, _metrics);
        _sink = new LedgerSink(State, _metrics, NullLogger<LedgerSink>.Instance);
        await State.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopProcessAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StopProcessAsync()
    {
        if (Counters is IAsyncDisposable connected)
        {
            await connected.DisposeAsync();
        }

        _ledger.Dispose();
        _metrics.Dispose();
        State.Dispose();
    }
}
