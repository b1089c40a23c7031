using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

/// <summary>The TypeScript SDK, v1 and v2, unchanged.</summary>
[Collection(McpTests.Name)]
public sealed class TypeScriptSdkTests(McpGateway gateway)
{
    private static readonly JsonObject Coffee = new() { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" };

    [Theory]
    [InlineData("v1", "legacy", "legacy", "2025-11-25")]
    [InlineData("v2", "legacy", "legacy", "2025-11-25")]
    [InlineData("v2", "auto", "modern", "2026-07-28")]
    public async Task Everybody_gets_their_own_calendar_and_steps_up_to_what_they_may_have(string sdk, string mode, string era, string version)
    {
        McpNode.Require();
        var alice = await RunAsync(sdk, mode, "alice");
        var nora = await RunAsync(sdk, mode, "nora");
        foreach (var seen in (JsonElement[])[alice, nora])
        {
            seen.GetProperty("era").GetString().ShouldBe(era);
            seen.GetProperty("version").GetString().ShouldBe(version);
            seen.GetProperty("session").GetBoolean().ShouldBe(era == "legacy");

            // What they could have is shown, with its scope: nobody can step up to a tool that is hidden.
            var tools = seen.GetProperty("tools").EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!, t => t);
            tools.Keys.Order(StringComparer.Ordinal).ShouldBe(["calendar.cancel", "calendar.create", "calendar.get", "calendar.list"]);
            tools["calendar.create"].GetProperty("_meta").GetProperty("securitySchemes")[0].GetProperty("scopes")[0].GetString().ShouldBe("calendar:write");
            tools["calendar.list"].GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean().ShouldBeTrue();
            Challenged(seen, sdk, era);
        }

        Listed(alice).GetProperty("owner").GetString().ShouldBe("alice");
        Listed(nora).GetProperty("owner").GetString().ShouldBe("nora");
        Ids(alice).ShouldContain("evt-2");
        Ids(nora).ShouldContain("evt-4");
        Ids(alice).Intersect(Ids(nora), StringComparer.Ordinal).ShouldBeEmpty();

        Last(alice).GetProperty("isError").GetBoolean().ShouldBeFalse();
        Last(alice).GetProperty("structured").GetProperty("title").GetString().ShouldBe("Coffee");
        Last(nora).GetProperty("refused").GetString().ShouldBe("invalid_scope");
    }

    private static void Challenged(JsonElement seen, string sdk, string era)
    {
        var steppedUp = seen.GetProperty("steppedUp");
        steppedUp.GetProperty("thrown").GetString().ShouldBe(sdk == "v1" ? "StreamableHTTPError" : "InsufficientScopeError");
        var challenge = steppedUp.GetProperty("challenge");
        challenge.GetProperty("status").GetInt32().ShouldBe(403);
        challenge.GetProperty("error").GetString().ShouldBe("insufficient_scope");

        // A client of the older era would replace what it has by what it is told.
        challenge.GetProperty("scope").GetString().ShouldBe(era == "legacy" ? "calendar:read calendar:write" : "calendar:write");
        challenge.GetProperty("resourceMetadataUrl").GetString()!.ShouldEndWith("/.well-known/oauth-protected-resource/mcp/calendar");
    }

    private static JsonElement Listed(JsonElement seen) => seen.GetProperty("results")[0].GetProperty("structured");

    private static JsonElement Last(JsonElement seen) => seen.GetProperty("results")[1];

    private static IEnumerable<string> Ids(JsonElement seen) => Listed(seen).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!);

    private Task<JsonElement> RunAsync(string sdk, string mode, string user) => McpNode.ScriptAsync("mcp-client.mjs", new JsonObject
    {
        ["sdk"] = sdk,
        ["era"] = mode,
        ["url"] = gateway.Route("calendar").AbsoluteUri,
        ["tokenUrl"] = new Uri(gateway.Address, "/demo/token").AbsoluteUri,
        ["user"] = user,
        ["scope"] = "calendar:read",
        ["calls"] = new JsonArray(
            new JsonObject { ["name"] = "calendar.list", ["arguments"] = new JsonObject() },
            new JsonObject { ["name"] = "calendar.create", ["arguments"] = Coffee.DeepClone() }),
    });
}
