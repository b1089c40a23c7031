using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>The TypeScript SDK's client, v1 or v2, in a program that signs in as its documentation says.</summary>
internal static class TypeScriptClient
{
    /// <summary>Lists the tools and makes the calls.</summary>
    /// <returns>What it saw: <c>tools</c>, <c>results</c>, <c>opened</c>, <c>scope</c>, ...</returns>
    public static async Task<JsonElement> RunAsync(string sdk, Uri route, Func<Uri, Task> open, params (string Tool, JsonObject Arguments)[] calls)
    {
        var settings = new JsonObject
        {
            ["sdk"] = sdk,
            ["url"] = route.AbsoluteUri,
            ["calls"] = new JsonArray([.. calls.Select(c => new JsonObject { ["name"] = c.Tool, ["arguments"] = c.Arguments.DeepClone() })]),
        };
        var run = (await ClientProcess.RunAsync(NodeTool.Script("sign-in-client.mjs", settings.ToJsonString()), open)).ShouldSucceed();
        return JsonElement.Parse(run.Output.TrimEnd().Split('\n')[^1]);
    }
}
