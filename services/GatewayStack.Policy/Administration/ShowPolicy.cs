using GatewayStack.Contracts.Router;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Policy.Administration;

/// <summary><c>GET /admin/policy</c>: which policy is in force, and what was wrong with the last one that was not taken.</summary>
internal sealed class ShowPolicy(IDocumentStore<PolicySnapshot> policies, PolicyOptions options)
{
    public Task HandleAsync(HttpContext context)
    {
        var current = policies.Current;
        var report = new PolicyReport(
            Mode(options.Mode),
            current.Revision,
            current.Source,
            current.LoadedAt,
            current.Value.Rules.Length,
            [.. current.Value.Rules.Select(r => new RuleReport(r.Id, Effect(r.Effect)))],
            [.. policies.LastErrors.Select(e => new ErrorReport(e.Pointer, e.Message))]);
        return context.Response.WriteAsJsonAsync(report, PolicyJson.Default.PolicyReport, cancellationToken: context.RequestAborted);
    }

    private static string Mode(ModuleMode mode) => mode switch
    {
        ModuleMode.Observe => "observe",
        ModuleMode.Off => "off",
        _ => "enforce",
    };

    private static string Effect(RuleEffect effect) => effect switch
    {
        RuleEffect.Allow => "allow",
        RuleEffect.Require => "require",
        _ => "deny",
    };
}
