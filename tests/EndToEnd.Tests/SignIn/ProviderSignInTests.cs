using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The SDKs at an issuer that is not ours.</summary>
[Collection(ProviderSignIn.Name)]
public sealed class ProviderSdkTests(ProviderGateway gateway, Browser browser) : EverySdkSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new ProviderPages();
}

/// <summary>The command-line clients, which register there.</summary>
[Collection(ProviderSignIn.Name)]
public sealed class ProviderCommandLineTests(ProviderGateway gateway, Browser browser) : CommandLineSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new ProviderPages();

    protected override bool TakesDocuments => false;

    protected override bool StepsUp => Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN") is { Length: > 0 };
}
