using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;

namespace GatewayStack.EndToEnd.Tests.SignIn;

[Collection(DemoSignIn.Name)]
public sealed class DemoSdkTests(DemoGateway gateway, Browser browser) : EverySdkSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Who_says_no_is_not_signed_in(string sdk)
    {
        await using var session = await OpenAsync();
        var seen = await TypeScriptClient.RunAsync(sdk, Route, url => session.VisitAsync(url, new Visitor("alice") { Grants = false }));
        seen.GetProperty("refused").GetString().ShouldBe("access_denied");
        seen.GetProperty("opened").GetInt32().ShouldBe(1);
    }
}
