using GatewayStack.Contracts.Limits;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Limits;

/// <summary>Asks the limits service.</summary>
internal sealed class LimitsClient : ILimitsModule
{
    private readonly ModuleCaller _limits;
    private readonly Func<V1.ReservationRequest, CallOptions, AsyncUnaryCall<V1.LimitsDecision>> _reserve;
    private readonly Func<V1.Settlement, CallOptions, AsyncUnaryCall<V1.SettlementResult>> _settle;
    private readonly Func<V1.LimitsReportRequest, CallOptions, AsyncUnaryCall<V1.LimitsReport>> _report;

    public LimitsClient(ModuleCaller limits)
    {
        var client = new V1.LimitsModule.LimitsModuleClient(limits.Invoker);
        (_limits, _reserve, _settle, _report) = (limits, client.ReserveAsync, client.SettleAsync, client.GetReportAsync);
    }

    public async Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken) =>
        LimitsMapper.ToRecord(await _limits.AskAsync(_reserve, LimitsMapper.ToMessage(request), request.Assertion, cancellationToken));

    public async Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken) =>
        LimitsMapper.ToRecord(await _limits.AskAsync(_settle, LimitsMapper.ToMessage(settlement), settlement.Assertion, cancellationToken));

    public async Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken) =>
        LimitsMapper.ToRecord(await _limits.AskAsync(_report, LimitsMapper.ToMessage(request), request.Assertion, cancellationToken));
}
