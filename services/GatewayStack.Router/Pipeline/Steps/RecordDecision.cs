using GatewayStack.Contracts.Events;
using GatewayStack.Router.Recording;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>The decision is on record before anything is sent.</summary>
internal sealed class RecordDecision(RequestRecorder recorder) : IPipelineStep
{
    public string Name => "record";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Mcp is { IsRecorded: false })
        {
            return null;
        }

        exchange.DecisionRecorded = true;
        return await recorder.RecordAsync(exchange, EventTypes.Decision, cancellationToken) ? null : Refusal.Unavailable("audit");
    }
}
