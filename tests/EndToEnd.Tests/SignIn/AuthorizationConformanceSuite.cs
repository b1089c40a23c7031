using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The authorization part of the official conformance suite: both of its scenarios, with the browser that it asks for.</summary>
public abstract class AuthorizationConformanceSuite(Browser browser, ITestOutputHelper output)
{
    protected abstract Uri Address { get; }

    protected abstract string Issuer { get; }

    protected abstract IIssuerPages Pages { get; }

    [Fact]
    public async Task The_issuer_passes_the_authorization_part()
    {
        McpNode.Require();
        Browser.Require();
        await using var home = new ClientHome(await browser.OpenAsync(Pages));
        var port = TestPorts.Free();
        var client = await ClientAsync($"http://127.0.0.1:{port}/callback");
        string[] arguments = ["authorization", "--url", Issuer, "--client-id", client, "--resource", new Uri(Address, "/mcp/calendar").AbsoluteUri, "--port", $"{port}"];
        var run = await home.RunAsync("conformance", arguments, new Visitor("alice"));
        output.WriteLine(run.Output);
        run.ExitCode.ShouldBe(0, run.Text);
        run.Output.ShouldContain("authorization-server-metadata-endpoint: ");
        run.Output.ShouldContain("authorization-code-grant: 1 passed, 0 failed");
        run.Output.ShouldContain(" passed, 0 failed", Case.Sensitive);
        run.Output.ShouldNotContain("SKIPPED");
    }

    /// <summary>A client that may be sent back to this address.</summary>
    protected abstract Task<string> ClientAsync(string redirectUri);
}
