using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>One of a person's applications is cut off; the others go on.</summary>
[Collection(DemoSignIn.Name)]
public sealed class CutOffClientTests(DemoGateway gateway, Browser browser)
{
    [Fact]
    public async Task Blocking_one_client_leaves_the_others()
    {
        Browser.Require();
        await using var session = await browser.OpenAsync(new DemoPages());
        var tokens = new Dictionary<RegisteredClient, string>();
        foreach (var client in KnownClients.All)
        {
            tokens[client] = await client.SignInAsync(gateway.Issuer, session, new Visitor("alice"), "calendar:read", gateway.Route);
            (await ServedAsync(tokens[client])).ShouldBeTrue();
        }

        var operations = await OperatorAsync();
        var block = new JsonObject
        {
            ["effect"] = "block",
            ["subject"] = new JsonObject { ["tenant"] = "mercy", ["client_id"] = KnownClients.ChatGpt.Id },
            ["reason"] = "The connector is under review.",
            ["minutes"] = 5,
        };
        var measure = (await gateway.Administration.PostAsync("/admin/identity/standings", operations, block.ToJsonString())).ShouldBeStatus(201).Json;
        var refused = await Eventually.GetAsync(() => CalendarCall.ListAsync(gateway.Front, tokens[KnownClients.ChatGpt]), a => !Served(a));
        refused.Body.ShouldContain("The access of the app that you use was ended");
        refused.Body.ShouldContain("The connector is under review.");
        (await ServedAsync(tokens[KnownClients.Claude])).ShouldBeTrue();
        (await ServedAsync(tokens[KnownClients.Native])).ShouldBeTrue();

        var path = "/admin/identity/standings/" + measure.GetProperty("id").GetString();
        using var end = GatewayClient.Request(HttpMethod.Delete, path, operations, GatewayClient.Json("""{"reason":"Reviewed."}"""));
        (await gateway.Administration.SendAsync(end)).ShouldBeStatus(200);
        Served(await Eventually.GetAsync(() => CalendarCall.ListAsync(gateway.Front, tokens[KnownClients.ChatGpt]), Served)).ShouldBeTrue();
    }

    private async Task<bool> ServedAsync(string token) => Served(await CalendarCall.ListAsync(gateway.Front, token));

    private static bool Served(Answer answer) => answer.Body.Contains("Tumour board", StringComparison.Ordinal);

    private async Task<string> OperatorAsync()
    {
        var answer = await gateway.Front.PostAsync("/demo/token", null, """{"user":"oscar","scope":"admin:standing"}""");
        return answer.ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!;
    }
}
