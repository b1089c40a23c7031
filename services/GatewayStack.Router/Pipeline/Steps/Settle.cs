using GatewayStack.Router.Recording;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>What did it cost? Off the answer's path: the event makes good what is lost here.</summary>
internal sealed class Settle(RequestRecorder recorder) : IPipelineStep
{
    public string Name => "settle";

    public ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        recorder.QueueSettlement(exchange);
        return default;
    }
}
