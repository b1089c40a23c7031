using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy;

internal sealed class PolicyMetrics
{
    public const string MeterName = "GatewayStack.Policy";

    private readonly Counter<long> _decisions;
    private readonly Counter<long> _allowErrors;

    public PolicyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _decisions = meter.CreateCounter<long>("gatewaystack.policy.decisions", "{decision}", "Decisions, by effect");
        _allowErrors = meter.CreateCounter<long>("gatewaystack.policy.allow_rule_errors", "{error}", "Allow rules that could not be judged and therefore did not match");
    }

    public void Decided(PolicyDecision decision) => _decisions.Add(1, new KeyValuePair<string, object?>("effect", decision.Effect switch
    {
        PolicyEffect.Allow => "allow",
        PolicyEffect.Modify => "modify",
        _ => "deny",
    }));

    public void AllowRulesFailed(int count)
    {
        if (count > 0)
        {
            _allowErrors.Add(count);
        }
    }
}
