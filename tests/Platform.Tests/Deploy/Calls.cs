using GatewayStack.Wire.Security;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>What the table of internal calls asks of a deployment.</summary>
internal static class Calls
{
    /// <summary>The six services.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. CallTable.Services.Order(StringComparer.Ordinal)];

    /// <summary>Who may call a service.</summary>
    public static IEnumerable<string> CallersOf(string service) => CallTable.CallersOf(service).Order(StringComparer.Ordinal);

    /// <summary>The addresses that a service needs, as <c>{module}:{kind}</c>.</summary>
    public static IEnumerable<string> AddressesOf(string service) =>
        CallTable.Rows.Where(r => r.Callers.Contains(service)).Select(r => $"{r.Module}:{(r.Call.StartsWith('/') ? "grpc" : "http")}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The same, as a service's variables name them.</summary>
    public static IEnumerable<string> AddressesIn(IEnumerable<string> variables) =>
        variables.Select(Settings.Of).Where(k => k.StartsWith("services:", StringComparison.Ordinal)).Select(k => string.Join(':', k.Split(':')[1..3])).Order(StringComparer.Ordinal);

    /// <summary>Callers whose secrets a service's variables name.</summary>
    public static IEnumerable<string> CallersIn(IEnumerable<string> variables) =>
        variables.Select(Settings.Of).Where(k => k.StartsWith("Service:Callers:", StringComparison.Ordinal)).Select(k => k["Service:Callers:".Length..]).Order(StringComparer.Ordinal);

    /// <summary>The database that a service owns; null where it has none.</summary>
    public static string? DatabaseOf(string service) => service is "transform" or "router" ? null : service + "db";
}
