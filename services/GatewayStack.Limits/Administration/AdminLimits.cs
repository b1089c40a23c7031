using System.Data.Common;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reports;
using GatewayStack.Limits.Reservations;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Limits.Administration;

/// <summary><c>GET /admin/limits</c>: what is in force and how much is there.</summary>
internal sealed class AdminLimits(
    LimitsOptions options,
    IDocumentStore<LimitsDocument> limits,
    IDocumentStore<PriceTable> prices,
    ICounterStore counters,
    ILedger ledger)
{
    public async Task HandleAsync(HttpContext context)
    {
        LedgerStatistics stored;
        CounterStatistics? counted = null;
        try
        {
            stored = await ledger.GetStatisticsAsync(context.RequestAborted);
        }
        catch (DbException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "Ledger unavailable",
                "The ledger cannot be read at the moment; the log says why.");
            return;
        }

        try
        {
            counted = await counters.GetStatisticsAsync(context.RequestAborted);
        }
        catch (CounterStoreAwayException)
        {
            // The answer says so; everything else in it is worth having.
        }

        var answer = new AdminLimitsAnswer
        {
            Mode = options.Mode.ToLowerInvariant(),
            Limits = DocumentAnswer.Of(limits, d => d.Limits.Length),
            Prices = DocumentAnswer.Of(prices, t => t.Rows.Length),
            Currency = prices.Current.Value.Currency,
            PricesAsOf = prices.Current.Value.AsOf,
            CounterStore = counters.Name,
            CounterStoreTrouble = counters.Trouble,
            Counters = counted?.Counters,
            OpenHolds = counted?.OpenHolds,
            Ledger = new LedgerAnswer(
                ledger.Name,
                stored.Requests,
                stored.OpenRequests,
                stored.Rows,
                [.. stored.Watermarks.Select(w => new WatermarkAnswer(w.Producer, w.Epoch, w.Sequence))]),
        };
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(answer, LimitsJson.Default.AdminLimitsAnswer, contentType: null, context.RequestAborted);
    }
}
