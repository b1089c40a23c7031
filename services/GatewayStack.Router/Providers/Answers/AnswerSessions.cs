using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>Opens a session for an answer in which something is to be changed or put back.</summary>
internal sealed class AnswerSessions(
    ITransformModule transform, RouterSnapshotStore settings, RemoteModules modules, TimeProvider time, RouterMetrics metrics, ILogger<AnswerSessions> logger)
{
    private const string Stage = "answer";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <returns>The session, or null where the answer goes on byte for byte.</returns>
    public AnswerSession? Open(Exchange exchange, PlannedTarget target, CancellationToken cancellationToken)
    {
        if (target.Pseudonyms.IsDefaultOrEmpty && exchange.AnswerActions.ChangesNothing)
        {
            return null;
        }

        var session = new ResponseSession
        {
            RequestId = exchange.Context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            // Empty would mean everything, where nothing but the pseudonyms is meant.
            Actions = exchange.AnswerActions.ChangesNothing ? Nothing : exchange.AnswerActions.ToEntries(),
            Pseudonyms = target.Pseudonyms,
        };
        var deadline = settings.Options.Deadlines.TryGetValue(Stage, out var configured) ? TimeSpan.FromMilliseconds(configured) : Deadline;
        return new AnswerSession(transform, session, deadline, time, e => Lost(exchange, e), cancellationToken);
    }

    private static System.Collections.Immutable.ImmutableArray<TypeAction> Nothing { get; } = [new TypeAction { Type = TypeAction.AnyType, Action = ContentAction.Allow }];

    private void Lost(Exchange exchange, Exception reason)
    {
        metrics.StageFailed(Stage);
        logger.StageFailed(Stage, 1, reason is ModuleCallException call ? call.Fault.ToString() : reason.GetType().Name);
        if (exchange.Context.Identity is { } caller)
        {
            modules.Find(ModuleNames.Transform)?.Failed(ModuleCall.SenderOf(caller.Tenant, caller.PersonId));
        }
    }
}
