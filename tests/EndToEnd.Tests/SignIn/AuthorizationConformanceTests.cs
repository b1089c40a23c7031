using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The authorization part of the official conformance suite: both of its scenarios, with the browser that it asks for.</summary>
[Collection(DemoSignIn.Name)]
public sealed class AuthorizationConformanceTests(DemoGateway gateway, Browser browser, ITestOutputHelper output)
{
    [Fact]
    public async Task The_demo_issuer_passes_the_authorization_part()
    {
        McpNode.Require();
        Browser.Require();
        await using var home = new ClientHome(await browser.OpenAsync(new DemoPages()));
        string[] arguments = ["authorization", "--url", gateway.Issuer, "--client-id", "demo-cli", "--resource", gateway.Route.AbsoluteUri, "--port", $"{TestPorts.Free()}"];
        var run = await home.RunAsync("conformance", arguments, new Visitor("alice"));
        output.WriteLine(run.Output);
        run.ExitCode.ShouldBe(0, run.Text);

        // The second check of the metadata is the one of metadata documents for clients.
        run.Output.ShouldContain("authorization-server-metadata-endpoint: 2 passed, 0 failed");
        run.Output.ShouldContain("authorization-code-grant: 1 passed, 0 failed");
    }
}
