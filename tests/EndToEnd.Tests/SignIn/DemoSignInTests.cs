using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

[Collection(DemoSignIn.Name)]
public sealed class DemoSdkTests(DemoGateway gateway, Browser browser) : SdkSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();
}
