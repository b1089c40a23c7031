using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>
/// Remembers which calls asked for further input, so that the call that brings it is not counted a second time. What was asked on another replica is not known here and
/// counts again: a state that nobody gave out must not make calls free.
/// </summary>
internal sealed class McpRetries(TimeProvider time)
{
    private const int Most = 50_000;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly KeyedHash _hash = new();
    private readonly ExpiringCache<string> _states = new(Most, time);

    public void Remember(Exchange exchange, McpCall call, string state) => _states.Set(KeyOf(exchange, call, state), string.Empty, time.GetUtcNow() + Longest);

    /// <summary>True once for each state that a server gave this person for this call.</summary>
    public bool TryTake(Exchange exchange, McpCall call, string state) => _states.TryTake(KeyOf(exchange, call, state));

    // With the arguments in it: what was counted was this call, and no other.
    private string KeyOf(Exchange exchange, McpCall call, string state) => _hash.Of(
        [exchange.Context.Identity?.Tenant ?? string.Empty, exchange.Context.Identity?.PersonId ?? string.Empty, call.Server.Name, call.Tool ?? string.Empty, call.Message?.Member("arguments")?.GetRawText() ?? string.Empty, state]);
}
