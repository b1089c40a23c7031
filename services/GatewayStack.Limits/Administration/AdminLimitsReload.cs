using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Administration;

/// <summary><c>POST /admin/limits/reload</c>: reads both documents again. Each that is good comes into force; a bad one changes nothing.</summary>
internal sealed class AdminLimitsReload(
    IDocumentStore<LimitsDocument> limits,
    IDocumentStore<PriceTable> prices,
    LimitsState state,
    IEventLog events,
    TimeProvider time,
    ILogger<AdminLimitsReload> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var reason = await ReloadBody.ReadReasonAsync(context.Request, context.RequestAborted);
        if (reason is null)
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                "reason_required",
                "Reason missing",
                $"Send a JSON body {{\"reason\": \"...\"}} with 1 to {ReloadBody.MaxReason} characters: every administrative act says why.");
            return;
        }

        // Once begun it runs to its end and is recorded, whether or not the administrator waits for the answer.
        var limitsReload = await limits.ReloadAsync(CancellationToken.None);
        var pricesReload = await prices.ReloadAsync(CancellationToken.None);
        await state.RefreshAsync(CancellationToken.None);
        var succeeded = limitsReload.Succeeded && pricesReload.Succeeded;
        var status = succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        Record(context, reason, limitsReload, pricesReload, succeeded, status);
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            new ReloadAnswer(Answer(limitsReload), Answer(pricesReload)), LimitsJson.Default.ReloadAnswer, contentType: null, context.RequestAborted);
    }

    private static ReloadedDocument Answer(DocumentReload reload) => new(reload.Succeeded, reload.Before, reload.After, ErrorAnswer.Of(reload.Errors));

    private void Record(HttpContext context, string reason, DocumentReload limitsReload, DocumentReload pricesReload, bool succeeded, int status)
    {
        var caller = ((GatewayPrincipal)context.User).Caller;
        var act = new EventAdministration
        {
            Operation = "limits.reload",
            Reason = reason,
            Before = $"limits {limitsReload.Before}, prices {pricesReload.Before}",
            After = $"limits {limitsReload.After}, prices {pricesReload.After}",
            Succeeded = succeeded,
        };
        var result = events.Append(act.By(caller, context.TraceIdentifier, time.GetUtcNow()) with
        {
            Route = "admin.limits.reload",
            Operation = "POST /admin/limits/reload",
            Status = status,
        });
        if (!result.Appended)
        {
            LimitsLog.AdministrationNotRecorded(logger);
        }
    }
}
