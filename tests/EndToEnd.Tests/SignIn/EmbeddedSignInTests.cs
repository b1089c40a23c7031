using GatewayStack.EndToEnd.Tests.Services;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The same in six services: the demo issuer is a process of its own behind the front door.</summary>
[Collection(Embedded.Name)]
public sealed class EmbeddedSdkTests(EmbeddedServices gateway, Browser browser) : SdkSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();
}
