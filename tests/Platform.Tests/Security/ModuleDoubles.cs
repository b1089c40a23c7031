using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>All modules in one: they answer anything, and remember who they were told it was for.</summary>
internal sealed class ModuleDoubles : IIdentityModule, ITransformModule, IPolicyModule, ILimitsModule, IEventSink, IDataKeys, IStandings
{
    /// <summary>Whom the last call was for, as the module was told.</summary>
    public CallerIdentity? Told { get; private set; }

    public int Calls { get; private set; }

    /// <summary>How many of them were to follow the standings: the Router does so by itself, again and again.</summary>
    public int Watches { get; private set; }

    /// <summary>What the module fails with; null answers.</summary>
    public Exception? Failure { get; set; }

    public string Name => "audit";

    public Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken) =>
        Answer(new AuthenticationResult { Status = AuthenticationStatus.Missing });

    public Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken) => Answer(new AssertionResult { Minted = false });

    public Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken) => Answer(new UpstreamTokenResult { Status = UpstreamTokenStatus.Refused });

    public Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken) => Answer(new IdentityDescription());

    public Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken) => Answer(new ToolRules { PolicyRevision = "r" });

    public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken) =>
        Answer(new InspectionResult { Status = InspectionStatus.Inspected, Metadata = new ContentMetadata { Status = ContentStatus.Complete } });

    public Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken) => Answer(new EditResult { Status = EditStatus.Applied });

    public async IAsyncEnumerable<ResponseDelta> TransformResponseAsync(
        ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls++;
        await foreach (var delta in deltas.WithCancellation(cancellationToken))
        {
            yield return delta;
        }
    }

    public Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        Told = question.Identity;
        return Answer(new PolicyDecision { Effect = PolicyEffect.Allow, PolicyRevision = "r" });
    }

    public Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken)
    {
        Told = questions.LastOrDefault()?.Identity;
        return Answer<ImmutableArray<PolicyDecision>>([.. questions.Select(_ => new PolicyDecision { Effect = PolicyEffect.Allow, PolicyRevision = "r" })]);
    }

    public Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        Told = request.Identity;
        return Answer(new LimitsDecision { Effect = LimitsEffect.Ok });
    }

    public Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken) => Answer(new SettlementResult { Status = SettlementStatus.Settled });

    public Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken)
    {
        Told = request.Identity;
        return Answer(new LimitsReport { Limits = [], Currency = "USD" });
    }

    public Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken) => Answer(new EventAcknowledgement { Stored = batch.Events.Length });

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) =>
        Answer(new DataKey { KeyId = "k", Purpose = purpose, Secret = [.. new byte[32]] });

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) =>
        Answer<DataKey?>(new DataKey { KeyId = keyId, Purpose = purpose, Secret = [.. new byte[32]] });

    public async IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watches++;
        yield return await Answer(new StandingSnapshot { Revision = 1, AsOf = DateTimeOffset.UnixEpoch });
    }

    private Task<T> Answer<T>(T answer)
    {
        Calls++;
        return Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(answer);
    }
}
