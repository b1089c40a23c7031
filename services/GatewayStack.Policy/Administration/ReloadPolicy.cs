using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Policy.Administration;

/// <summary><c>POST /admin/policy/reload {"reason":"..."}</c>: reads the policy again, now. What was done, by whom and why is an event.</summary>
internal sealed class ReloadPolicy(IDocumentStore<PolicySnapshot> policies, IEventLog events, TimeProvider time, ILogger<PolicyModule> logger)
{
    private const int MaxReason = 500;
    private const int MaxBody = 8 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (await ReadReasonAsync(context) is not { } reason)
        {
            await ProblemAsync(context, new Problem(
                "about:blank",
                "A reason is needed",
                StatusCodes.Status400BadRequest,
                $"Send {{\"reason\": \"...\"}} with 1 to {MaxReason} characters: it stands in the audit.",
                "reason_required",
                context.TraceIdentifier));
            return;
        }

        var reload = await policies.ReloadAsync(context.RequestAborted);
        var status = reload.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        events.Append(Event(context, reason, reload, status));
        PolicyLog.Reloaded(logger, reload.Succeeded, reload.Before, reload.After);
        if (reload.Succeeded)
        {
            var report = new ReloadReport(!string.Equals(reload.Before, reload.After, StringComparison.Ordinal), reload.Before, reload.After, policies.Current.Value.Rules.Length);
            await context.Response.WriteAsJsonAsync(report, PolicyJson.Default.ReloadReport, cancellationToken: context.RequestAborted);
            return;
        }

        await ProblemAsync(context, new Problem(
            "about:blank",
            "The policy is bad",
            status,
            "The policy that was in force stays in force. Mend the errors and reload again.",
            "configuration_not_valid",
            context.TraceIdentifier,
            [.. reload.Errors.Select(e => new ErrorReport(e.Pointer, e.Message))]));
    }

    private static async Task<string?> ReadReasonAsync(HttpContext context)
    {
        var buffer = new byte[MaxBody];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, context.RequestAborted);
        if (length == MaxBody)
        {
            return null;
        }

        try
        {
            var reason = JsonSerializer.Deserialize(buffer.AsSpan(0, length), PolicyJson.Default.ReloadRequest)?.Reason;
            return string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason ? null : reason;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task ProblemAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, PolicyJson.Default.Problem, "application/problem+json", context.RequestAborted);
    }

    private GatewayEvent Event(HttpContext context, string reason, DocumentReload reload, int status)
    {
        var caller = ((GatewayPrincipal)context.User).Caller;
        var act = new EventAdministration
        {
            Operation = "policy.reload",
            Reason = reason,
            Before = reload.Before,
            After = reload.After,
            Succeeded = reload.Succeeded,
        };
        return act.By(caller, context.TraceIdentifier, time.GetUtcNow()) with
        {
            Route = "admin.policy.reload",
            Operation = "POST /admin/policy/reload",
            Status = status,
        };
    }
}
