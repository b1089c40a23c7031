using GatewayStack.Contracts.Limits;
using GatewayStack.Wire.Common;
using Grpc.Core;

namespace GatewayStack.Wire.Limits;

/// <summary>Exposes this process's <see cref="ILimitsModule"/>. The caller's cancellation is the module's.</summary>
internal sealed class LimitsService(ILimitsModule limits) : V1.LimitsModule.LimitsModuleBase
{
    public override async Task<V1.LimitsDecision> Reserve(V1.ReservationRequest request, ServerCallContext context)
    {
        var record = LimitsMapper.ToRecord(request).OrThrow("The reservation does not say for which request, who pays, or for how long, or counts below 0.");
        return LimitsMapper.ToMessage(await limits.ReserveAsync(record, context.CancellationToken));
    }

    public override async Task<V1.SettlementResult> Settle(V1.Settlement request, ServerCallContext context)
    {
        var record = LimitsMapper.ToRecord(request).OrThrow("The settlement does not say of which request, or who pays, or counts below 0.");
        return LimitsMapper.ToMessage(await limits.SettleAsync(record, context.CancellationToken));
    }

    public override async Task<V1.LimitsReport> GetReport(V1.LimitsReportRequest request, ServerCallContext context)
    {
        var record = LimitsMapper.ToRecord(request).OrThrow("The request does not say whose limits are meant.");
        return LimitsMapper.ToMessage(await limits.GetReportAsync(record, context.CancellationToken));
    }
}
