using System.Collections.Immutable;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Wire.Security;

/// <summary>Who may call what inside the gateway. What has no row is refused.</summary>
internal static class CallTable
{
    private const string Identity = "identity";
    private const string Transform = "transform";
    private const string Policy = "policy";
    private const string Limits = "limits";
    private const string Router = "router";
    private const string Audit = "audit";

    /// <summary>Every service.</summary>
    public static ImmutableArray<string> Services { get; } = [Identity, Transform, Policy, Limits, Router, Audit];

    // Each service gets the keys of its own purposes and no others.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> KeyPurposes = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        [Router] = [DataKeyPurposes.EventPersonal, DataKeyPurposes.Pseudonym, DataKeyPurposes.McpSession],
        [Transform] = [DataKeyPurposes.ContentToken],
        [Policy] = [DataKeyPurposes.EventPersonal],
        [Limits] = [DataKeyPurposes.EventPersonal],
        [Audit] = [DataKeyPurposes.EventPersonal, DataKeyPurposes.KeyedHash],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The rows.</summary>
    public static ImmutableArray<CallRow> Rows { get; } =
    [
        Grpc(Identity, "/gatewaystack.identity.v1.IdentityModule/Authenticate", PersonProof.None, Router),
        // The proof stands in the message: Identity reads it itself.
        Grpc(Identity, "/gatewaystack.identity.v1.IdentityModule/MintAssertion", PersonProof.None, Router),
        Grpc(Identity, "/gatewaystack.identity.v1.IdentityModule/ExchangeToken", PersonProof.None, Router),
        Grpc(Identity, "/gatewaystack.identity.v1.IdentityModule/Describe", PersonProof.None, Router),
        // Only who serves calls has to know who is cut off.
        Grpc(Identity, "/gatewaystack.standings.v1.Standings/Watch", PersonProof.None, Router),
        Grpc(Identity, "/gatewaystack.keys.v1.DataKeys/GetCurrent", PersonProof.None, Router, Transform, Policy, Limits, Audit) with { Purposes = KeyPurposes },
        Grpc(Identity, "/gatewaystack.keys.v1.DataKeys/Find", PersonProof.None, Router, Transform, Policy, Limits, Audit) with { Purposes = KeyPurposes },
        Grpc(Transform, "/gatewaystack.transform.v1.TransformModule/Inspect", PersonProof.Alive, Router),
        Grpc(Transform, "/gatewaystack.transform.v1.TransformModule/Apply", PersonProof.Alive, Router),
        Grpc(Transform, "/gatewaystack.transform.v1.TransformModule/TransformResponse", PersonProof.Alive, Router),
        Grpc(Policy, "/gatewaystack.policy.v1.PolicyModule/Decide", PersonProof.Alive, Router),
        Grpc(Policy, "/gatewaystack.policy.v1.PolicyModule/DecideMany", PersonProof.Alive, Router),
        // What the rules say of tools is the same for everybody.
        Grpc(Policy, "/gatewaystack.policy.v1.PolicyModule/DescribeTools", PersonProof.None, Router),
        Grpc(Limits, "/gatewaystack.limits.v1.LimitsModule/Reserve", PersonProof.Alive, Router),
        Grpc(Limits, "/gatewaystack.limits.v1.LimitsModule/Settle", PersonProof.Late, Router),
        Grpc(Limits, "/gatewaystack.limits.v1.LimitsModule/GetReport", PersonProof.Alive, Router),
        Grpc(Limits, "/gatewaystack.events.v1.EventSink/Append", PersonProof.None, Router),
        // Those that have administrative acts ship their own record of them.
        Grpc(Audit, "/gatewaystack.events.v1.EventSink/Append", PersonProof.None, Router, Identity, Policy, Limits),
        .. FrontDoorRoutes.All.Where(r => r.Module is not (Router or "demo")).Select(Http),
    ];

    private static readonly ImmutableDictionary<(string Module, string Call), CallRow> Found = Rows.ToImmutableDictionary(r => (r.Module, r.Call));

    /// <summary>The row of a call; null where there is none, and nobody may make it.</summary>
    public static CallRow? Find(string module, string call) => Found.GetValueOrDefault((module, call));

    /// <summary>The services that call a module in one way or another.</summary>
    public static IEnumerable<string> CallersOf(string module) => Rows.Where(r => r.Module == module).SelectMany(r => r.Callers).Distinct(StringComparer.Ordinal);

    /// <summary>The purposes whose keys a service gets.</summary>
    public static ImmutableArray<string> PurposesOf(string service) => KeyPurposes.GetValueOrDefault(service, []);

    private static CallRow Grpc(string module, string method, PersonProof person, params ReadOnlySpan<string> callers) =>
        new() { Module = module, Call = method, Person = person, Callers = [.. callers] };

    private static CallRow Http(FrontDoorRoute route) => new()
    {
        Module = route.Module,
        Call = route.Name,
        // The keys that verify assertions are for everybody who verifies one.
        Callers = route.Name == "identity.jwks" ? [Router, Transform, Policy, Limits, Audit] : [Router],
        Person = route.Class == RouteClass.Public ? PersonProof.None : PersonProof.Alive,
        Scope = route.Scope,
    };
}
