using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The SDKs at an issuer that is not ours.</summary>
[Collection(ProviderSignIn.Name)]
public sealed class ProviderSdkTests(ProviderGateway gateway, Browser browser) : SdkSignInSuite(browser)
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
}

[Collection(ProviderSignIn.Name)]
public sealed class ProviderConformanceTests(ProviderGateway gateway, Browser browser, ITestOutputHelper output) : AuthorizationConformanceSuite(browser, output)
{
    protected override Uri Address => gateway.Address;

    protected override string Issuer => gateway.Issuer;

    protected override IIssuerPages Pages { get; } = new ProviderPages();

    protected override async Task<string> ClientAsync(string redirectUri)
    {
        using var issuer = new GatewayClient(new Uri(Issuer));
        var client = new JsonObject { ["redirect_uris"] = new JsonArray(redirectUri), ["application_type"] = "native", ["token_endpoint_auth_method"] = "none" };
        return (await issuer.PostAsync("/reg", null, client.ToJsonString())).ShouldBeStatus(201).Json.GetProperty("client_id").GetString()!;
    }
}
