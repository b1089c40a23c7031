using GatewayStack.Router.Recording;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>The outcome is on record before the last byte is sent: who has seen a whole answer has a record.</summary>
internal sealed class RecordOutcome(RequestRecorder recorder) : IPipelineStep
{
    public string Name => "outcome";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        await recorder.RecordOutcomeAsync(exchange, cancellationToken);
        if (exchange.HeldBack is { } end)
        {
            await end.ReleaseAsync(cancellationToken);
        }

        return null;
    }
}
