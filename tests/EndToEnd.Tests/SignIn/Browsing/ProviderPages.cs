using Microsoft.Playwright;

namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>The development pages of npm <c>oidc-provider</c>: a form to sign in, then one to consent.</summary>
internal sealed class ProviderPages : IIssuerPages
{
    public async Task AnswerAsync(IPage page, Visitor visitor)
    {
        var login = page.Locator("input[name=login]");
        if (!visitor.Grants)
        {
            await page.GetByText("[ Cancel ]").ClickAsync();
            return;
        }

        if (await login.CountAsync() > 0)
        {
            await login.FillAsync(visitor.User);
            await page.Locator("input[name=password]").FillAsync("any");
        }

        await page.Locator("button[type=submit]").ClickAsync();
    }
}
