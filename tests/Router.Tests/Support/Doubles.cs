using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Support;

/// <summary>What happened, in order: the modules, the log and the servers behind write their names into it.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line) => _lines.Enqueue(line);
}

/// <summary>Knows people by their first names, and a child of a request by <c>child:{request id}</c>.</summary>
internal sealed class IdentityDouble(Journal journal) : IIdentityModule
{
    public ConcurrentQueue<AuthenticationRequest> Requests { get; } = new();

    public ConcurrentQueue<AssertionRequest> Assertions { get; } = new();

    public Func<AuthenticationRequest, CancellationToken, Task<AuthenticationResult>> OnAuthenticate { get; set; } = (request, _) => Task.FromResult(Known(request));

    public Func<AssertionRequest, Task<AssertionResult>> OnMint { get; set; } =
        request => Task.FromResult(new AssertionResult { Minted = true, Token = $"assertion/{request.Audience}/{request.RequestId}" });

    public Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        journal.Add("identify");
        Requests.Enqueue(request);
        return OnAuthenticate(request, cancellationToken);
    }

    public Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken)
    {
        Assertions.Enqueue(request);
        return OnMint(request);
    }

    public ConcurrentQueue<UpstreamTokenRequest> Exchanges { get; } = [];

    public Func<UpstreamTokenRequest, Task<UpstreamTokenResult>> OnExchange { get; set; } = _ => Task.FromResult(new UpstreamTokenResult { Status = UpstreamTokenStatus.Unavailable });

    public Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken)
    {
        Exchanges.Enqueue(request);
        return OnExchange(request);
    }

    public IdentityDescription Description { get; set; } = new();

    public Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Description);

    /// <summary>An assertion of the double's; with an end in it only where a test gives one.</summary>
    public static string Internal(string userId, DateTimeOffset? end = null) => end is null
        ? "internal/" + userId
        : "e30." + System.Buffers.Text.Base64Url.EncodeToString(Texts.Utf8("{\"sub\":\"" + userId + "\",\"exp\":" + end.Value.ToUnixTimeSeconds() + "}")) + ".c2ln";

    public static AuthenticationResult Known(AuthenticationRequest request)
    {
        if (request.Credentials.IsEmpty)
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Missing };
        }

        var token = request.Credentials[0].Value;
        CallerIdentity? caller = token.StartsWith("child:", StringComparison.Ordinal) ? Callers.Alice : token switch
        {
            "alice" => Callers.Alice,
            "nora" => Callers.Nora,
            "frank" => Callers.Frank,
            _ when token.StartsWith("person", StringComparison.Ordinal) => Callers.Numbered(token),
            _ => null,
        };
        return caller is null
            ? new AuthenticationResult { Status = AuthenticationStatus.Invalid, Reason = "signature" }
            : new AuthenticationResult
            {
                Status = AuthenticationStatus.Authenticated,
                Identity = caller,
                InternalAssertion = Internal(caller.UserId),
                ParentRequestId = token.StartsWith("child:", StringComparison.Ordinal) ? token[6..] : null,
            };
    }
}

/// <summary>Finds nothing unless told to; an edit puts <c>[type]</c> where a finding of the asked types is, or <c>[type:action]</c> where it is not redacted.</summary>
internal sealed class TransformDouble(Journal journal) : ITransformModule
{
    /// <summary>The id under which a host runs its own path once; no request of a test.</summary>
    private const string WarmUp = "warm-up";

    public ConcurrentQueue<InspectionRequest> Inspections { get; } = new();

    public ConcurrentQueue<EditRequest> Edits { get; } = new();

    public Func<InspectionRequest, CancellationToken, Task<InspectionResult>> OnInspect { get; set; } = (request, _) => Task.FromResult(Inspected(request));

    public Func<EditRequest, Task<EditResult>> OnApply { get; set; } = request => Task.FromResult(Applied(request));

    /// <summary>Marks every word that is written in capitals as a finding of that type, as <c>EMAIL</c>.</summary>
    public static InspectionResult Inspected(InspectionRequest request)
    {
        var findings = request.Segments
            .SelectMany(s => new[] { "EMAIL", "CARD" }.SelectMany(type => All(s.Text, type).Select(at => new Finding { SegmentId = s.Id, Type = type, Start = at, End = at + type.Length, Score = 1 })))
            .OrderBy(f => f.SegmentId).ThenBy(f => f.Start).ToImmutableArray();
        return new InspectionResult
        {
            Status = InspectionStatus.Inspected,
            Metadata = ContentMetadata.Clean with
            {
                ContainsPii = findings.Length > 0,
                Types = [.. findings.Select(f => f.Type).Distinct().Order(StringComparer.Ordinal)],
                Unscanned = request.Unscanned,
            },
            Findings = findings,
        };
    }

    public static EditResult Applied(EditRequest request)
    {
        var actions = ContentActions.Of(request.Actions);
        var touched = request.Findings.Where(f => actions.For(f.Type) is not (null or ContentAction.Allow or ContentAction.Detect)).ToList();
        var blocked = touched.Where(f => actions.For(f.Type) == ContentAction.Block).Select(f => f.Type).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        return blocked.Length > 0
            ? new EditResult { Status = EditStatus.Blocked, BlockedTypes = blocked }
            : new EditResult
            {
                Status = EditStatus.Applied,
                Edits = [.. touched.Select(f => new TextEdit { SegmentId = f.SegmentId, Start = f.Start, End = f.End, Replacement = Replacement(f, actions.For(f.Type)!.Value) })],
                Pseudonyms =
                [
                    .. touched.Where(f => actions.For(f.Type) is ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat).DistinctBy(f => f.Type)
                        .Select(f => new Pseudonym { Token = Replacement(f, ContentAction.Pseudonymise), Value = f.Type }),
                ],
            };
    }

    private static string Replacement(Finding finding, ContentAction action) => action switch
    {
        ContentAction.Redact => "[" + finding.Type.ToLowerInvariant() + "]",
        ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat => finding.Type + "_7Q2MK9XA4D",
        _ => "[" + finding.Type.ToLowerInvariant() + ":" + action.ToString().ToLowerInvariant() + "]",
    };

    public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestId == WarmUp)
        {
            return Task.FromResult(Inspected(request));
        }

        journal.Add("inspect");
        Inspections.Enqueue(request);
        return OnInspect(request, cancellationToken);
    }

    public Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestId == WarmUp)
        {
            return Task.FromResult(Applied(request));
        }

        journal.Add("apply");
        Edits.Enqueue(request);
        return OnApply(request);
    }

    public ConcurrentQueue<ResponseSession> Sessions { get; } = new();

    public Func<ResponseSession, IAsyncEnumerable<ResponseDelta>, CancellationToken, IAsyncEnumerable<ResponseDelta>> OnRespond { get; set; } =
        (session, deltas, cancel) => new AnswerDouble(session).RunAsync(deltas, cancel);

    public IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken)
    {
        Sessions.Enqueue(session);
        return OnRespond(session, deltas, cancellationToken);
    }

    private static IEnumerable<int> All(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}

/// <summary>Allows everything unless told otherwise.</summary>
internal sealed class PolicyDouble(Journal journal) : IPolicyModule
{
    public static PolicyDecision Denied { get; } = new() { Effect = PolicyEffect.Deny, PolicyRevision = "r1", RuleIds = ["rule-7"], Reasons = [new PolicyReason { Code = "role_missing" }] };

    public ConcurrentQueue<PolicyQuestion> Questions { get; } = new();

    public Func<PolicyQuestion, Task<PolicyDecision>> OnDecide { get; set; } = question => Task.FromResult(Allowed(question));

    public static PolicyDecision Allowed(PolicyQuestion question) =>
        new() { Effect = PolicyEffect.Allow, PolicyRevision = "r1", Permitted = [.. question.Targets.Select(t => new PermittedTarget { TargetId = t.Id })] };

    /// <summary>Permits targets under obligations, one list for each target; null permits it not.</summary>
    public static PolicyDecision Modified(params Obligation[]?[] obligations) => new()
    {
        Effect = PolicyEffect.Modify,
        PolicyRevision = "r1",
        Permitted =
        [
            .. obligations.Select((o, i) => (o, i)).Where(p => p.o is not null)
                .Select(p => new PermittedTarget { TargetId = p.i.ToString(System.Globalization.CultureInfo.InvariantCulture), Obligations = [.. p.o!] }),
        ],
    };

    public static Obligation Redact(params string[] types) => new() { Kind = ObligationKind.Redact, Types = [.. types] };

    public Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        journal.Add("decide");
        Questions.Enqueue(question);
        return OnDecide(question);
    }

    public async Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken)
    {
        var decisions = ImmutableArray.CreateBuilder<PolicyDecision>();
        foreach (var question in questions)
        {
            decisions.Add(await DecideAsync(question, cancellationToken));
        }

        return decisions.ToImmutable();
    }

    public Func<ToolRulesQuestion, ToolRules> OnDescribeTools { get; set; } = question =>
        new() { Tools = [.. question.Tools.Select(t => new ToolRule { Tool = t, Named = true, OnlyScopes = true })], PolicyRevision = "r1" };

    public Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken) => Task.FromResult(OnDescribeTools(question));
}

/// <summary>Holds for everybody, at one micro-unit per token.</summary>
internal sealed class LimitsDouble(Journal journal) : ILimitsModule
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Settlement>> _settled = new(StringComparer.Ordinal);

    public ConcurrentQueue<ReservationRequest> Reservations { get; } = new();

    public ConcurrentQueue<Settlement> Settlements { get; } = new();

    public Func<ReservationRequest, Task<LimitsDecision>> OnReserve { get; set; } = request => Task.FromResult(Held(request));

    public Func<Settlement, Task<SettlementResult>> OnSettle { get; set; } = _ => Task.FromResult(new SettlementResult { Status = SettlementStatus.Settled });

    public static LimitsDecision Held(ReservationRequest request) => new()
    {
        Effect = LimitsEffect.Ok,
        Hold = new Hold { Tokens = 1_000_000, CostMicros = 1_000_000, ReservedAt = DateTimeOffset.UnixEpoch, LeaseEndsAt = DateTimeOffset.UnixEpoch + request.Lease },
        Prices =
        [
            .. request.Targets.Where(t => t.Model is not null)
                .Select(t => new TokenPrice { Provider = t.Provider, Model = t.Model!, Input = 1_000_000, Output = 1_000_000, CachedInput = 1_000_000 }),
        ],
        PriceTable = "p1",
    };

    public static LimitsDecision Refused(LimitsEffect effect, string metric = "requests") => new()
    {
        Effect = effect,
        Reasons = ["requests_per_minute"],
        Limit = new LimitState { Name = "requests_per_minute", Metric = metric, Window = "minute", Limit = 5, Used = 4, Held = 1, ResetsAt = DateTimeOffset.UnixEpoch },
        RetryAfter = TimeSpan.FromSeconds(7),
    };

    /// <summary>Ends when the request has been settled.</summary>
    public Task<Settlement> SettledAsync(string requestId) => Signal(requestId).Task.WaitAsync(Waiting.Most);

    public Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        journal.Add("reserve");
        Reservations.Enqueue(request);
        return OnReserve(request);
    }

    public Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        journal.Add("settle");
        Settlements.Enqueue(settlement);
        Signal(settlement.RequestId).TrySetResult(settlement);
        return OnSettle(settlement);
    }

    public Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new LimitsReport { Limits = [], Currency = "USD" });

    private TaskCompletionSource<Settlement> Signal(string requestId) => _settled.GetOrAdd(requestId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Keeps events in memory; can be made to wait, to refuse and to fail.</summary>
internal sealed class EventLogDouble(Journal journal) : IEventLog
{
    private readonly ConcurrentQueue<GatewayEvent> _events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<GatewayEvent>> _appended = new(StringComparer.Ordinal);

    public IReadOnlyList<GatewayEvent> Events => [.. _events];

    /// <summary>Called before an event is kept; false: there is no room.</summary>
    public Func<GatewayEvent, bool> OnAppend { get; set; } = _ => true;

    public Func<CancellationToken, Task> OnSync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Ends when an event of a type is on record.</summary>
    public Task<GatewayEvent> AppendedAsync(string type) => Signal(type).Task.WaitAsync(Waiting.Most);

    public AppendResult Append(GatewayEvent gatewayEvent)
    {
        if (!OnAppend(gatewayEvent))
        {
            return new AppendResult { Appended = false };
        }

        journal.Add("record " + gatewayEvent.Type);
        _events.Enqueue(gatewayEvent);
        Signal(gatewayEvent.Type).TrySetResult(gatewayEvent);
        return new AppendResult { Appended = true, Position = new EventPosition { Producer = "t", Epoch = 1, Sequence = _events.Count } };
    }

    public Task SyncAsync(EventPosition position, CancellationToken cancellationToken) => OnSync(cancellationToken);

    private TaskCompletionSource<GatewayEvent> Signal(string type) => _appended.GetOrAdd(type, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Says of a module what a test tells it; where there is one, the module is on the other side of a wire.</summary>
internal sealed class ProbeDouble(string module) : IModuleProbe
{
    public string Module => module;

    public Func<CancellationToken, Task<bool>> OnProbe { get; set; } = _ => Task.FromResult(true);

    public Task<bool> ProbeAsync(CancellationToken cancellationToken) => OnProbe(cancellationToken);
}

internal sealed class KeysDouble : IDataKeys
{
    /// <summary>Ids that somebody asked for and nobody has.</summary>
    public ConcurrentQueue<string> Unknown { get; } = new();

    /// <summary>The newest key's id; older ones stay known.</summary>
    public string Current { get; set; } = "k1";

    public Func<string, bool> OnFind { get; set; } = keyId => keyId is "k1" or "k2";

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => Task.FromResult(Key(purpose, Current));

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken)
    {
        if (OnFind(keyId))
        {
            return Task.FromResult<DataKey?>(Key(purpose, keyId));
        }

        Unknown.Enqueue(keyId);
        return Task.FromResult<DataKey?>(null);
    }

    private static DataKey Key(string purpose, string keyId)
    {
        var secret = new byte[32];
        secret[0] = (byte)(keyId == "k1" ? 0 : keyId[^1]);
        return new DataKey { KeyId = keyId, Purpose = purpose, Secret = [.. secret] };
    }
}
