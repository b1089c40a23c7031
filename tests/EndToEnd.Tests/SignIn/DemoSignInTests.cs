using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

[Collection(DemoSignIn.Name)]
public sealed class DemoSdkTests(DemoGateway gateway, Browser browser) : SdkSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();
}

/// <summary>The command-line clients, which have metadata documents that the issuer knows.</summary>
[Collection(DemoSignIn.Name)]
public sealed class DemoCommandLineTests(DemoGateway gateway, Browser browser) : CommandLineSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();

    protected override bool TakesDocuments => true;
}

[Collection(DemoSignIn.Name)]
public sealed class DemoConformanceTests(DemoGateway gateway, Browser browser, ITestOutputHelper output) : AuthorizationConformanceSuite(browser, output)
{
    protected override Uri Address => gateway.Address;

    protected override string Issuer => gateway.Issuer;

    protected override IIssuerPages Pages { get; } = new DemoPages();

    protected override Task<string> ClientAsync(string redirectUri) => Task.FromResult("demo-cli");
}
