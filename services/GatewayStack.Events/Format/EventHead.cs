using System.Collections.Immutable;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Events.Format;

/// <summary>What stands beside the body. The body comes first, its sealed parts are bound to what comes here.</summary>
internal sealed record EventHead(
    string Type, DateTimeOffset Time, string Tenant, string RequestId, string? TraceParent, ModuleModes Modes, ImmutableArray<string> Degraded);
