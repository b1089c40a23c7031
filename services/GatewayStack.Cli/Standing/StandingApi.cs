using System.Text.Json;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.Standing;

/// <summary>The admin API of measures.</summary>
internal static class StandingApi
{
    public const string Scope = "admin:standing";
    private const string Path = "/admin/identity/standings";

    public static Task<Measures> ListAsync(GatewayApi api, bool all, CancellationToken cancellationToken) =>
        api.GetAsync(all ? Path + "?all=true" : Path, GatewayJson.Default.Measures, cancellationToken);

    /// <summary>The same as the gateway wrote it.</summary>
    public static async Task<string> RawAsync(GatewayApi api, bool all, CancellationToken cancellationToken)
    {
        var body = await api.SendAsync(HttpMethod.Get, all ? Path + "?all=true" : Path, content: null, cancellationToken);
        using var document = JsonDocument.Parse(body);
        return JsonSerializer.Serialize(document.RootElement, Indented.Default.JsonElement);
    }

    public static Task<Measure> AddAsync(GatewayApi api, NewMeasure measure, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, Path, GatewayApi.Json(measure, GatewayJson.Default.NewMeasure), GatewayJson.Default.Measure, cancellationToken);

    public static Task EndAsync(GatewayApi api, string id, string reason, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(id)}", GatewayApi.Json(new Ending(reason), GatewayJson.Default.Ending), cancellationToken);
}
