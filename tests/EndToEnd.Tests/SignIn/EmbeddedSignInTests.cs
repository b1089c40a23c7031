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

/// <summary>The command-line clients there.</summary>
[Collection(Embedded.Name)]
public sealed class EmbeddedCommandLineTests(EmbeddedServices gateway, Browser browser) : CommandLineSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();

    protected override bool TakesDocuments => true;

    protected override bool StepsUp => Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN") is { Length: > 0 };
}
