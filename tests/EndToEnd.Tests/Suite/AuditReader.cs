using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Reads the audit as an auditor does. Records arrive a moment after the answer they are about.</summary>
public sealed class AuditReader(GatewayClient gateway)
{
    /// <summary>The records of one request, once there are as many as expected, oldest first.</summary>
    public Task<IReadOnlyList<JsonElement>> OfRequestAsync(string token, string requestId, int expected) =>
        Eventually.GetAsync(() => QueryAsync(token, "request_id=" + requestId), records => records.Count >= expected);

    /// <summary>The records of the call that a backend made for a request, oldest first.</summary>
    public Task<IReadOnlyList<JsonElement>> ChildrenAsync(string token, string parentRequestId) =>
        Eventually.GetAsync(() => QueryAsync(token, "parent_request_id=" + parentRequestId), records => records.Count >= 2);

    /// <summary>The records that match, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string token, string query)
    {
        using var request = GatewayClient.Request(HttpMethod.Get, "/audit/events?limit=1000&" + query, token);
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        var answer = (await gateway.SendAsync(request)).ShouldBeStatus(200);
        return [.. Lines(answer.Body).Reverse()];
    }

    public static IEnumerable<JsonElement> Lines(string body) =>
        body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
}
