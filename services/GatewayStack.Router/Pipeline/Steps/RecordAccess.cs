using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Policy;
using GatewayStack.Router.Recording;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Reading one's own data, the audit or the configuration is on record before it is answered.</summary>
internal sealed class RecordAccess(RequestRecorder recorder) : IPipelineStep
{
    public string Name => "record";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var type = exchange.Route.Route.Action switch
        {
            GatewayActions.AuditRead => EventTypes.AuditRead,
            GatewayActions.AdminRead or GatewayActions.AdminWrite => EventTypes.Administration,
            _ => EventTypes.AccountRead,
        };
        return await recorder.RecordAsync(exchange, type, cancellationToken) ? null : Refusal.Unavailable("audit");
    }
}
