using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Callers;

/// <summary>Tokens of the demo's people, from the gateway's own demo issuer.</summary>
public sealed class DemoPeople(GatewayClient gateway)
{
    private readonly ConcurrentDictionary<(string User, string Client), Task<string>> _tokens = new();

    public Task<string> TokenAsync(string user, string client = "demo-cli") => _tokens.GetOrAdd((user, client), key => AskAsync(key.User, key.Client));

    private async Task<string> AskAsync(string user, string client)
    {
        var answer = await gateway.PostAsync("/demo/token", null, new JsonObject { ["user"] = user, ["client"] = client }.ToJsonString());
        return answer.ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!;
    }
}
