using GatewayStack.Router.Recording;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>The outcome is on record before the last byte is sent: who has seen a whole answer has a record.</summary>
internal sealed class RecordOutcome(RequestRecorder recorder, StandingFollower standings, RouterMetrics metrics) : IPipelineStep
{
    public string Name => "outcome";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        exchange.Live?.Leave();
        if (standings.Current is null)
        {
            // It went on while nobody could say whether it should.
            exchange.Degrade("standing", metrics);
        }

        // The client may be gone; its outcome is written all the same.
        if (exchange.Mcp is not { IsRecorded: false } && !await recorder.RecordOutcomeAsync(exchange, CancellationToken.None))
        {
            return Refusal.Unavailable("audit");
        }

        if (exchange.HeldBack is { } end && !cancellationToken.IsCancellationRequested)
        {
            await end.ReleaseAsync(cancellationToken);
        }

        return null;
    }
}
