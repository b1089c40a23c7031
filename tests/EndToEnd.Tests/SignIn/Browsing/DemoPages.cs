using Microsoft.Playwright;

namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>The demo issuer's pages: one picks a person, then allows what is ticked, or refuses. Who has signed in before is not asked again.</summary>
internal sealed class DemoPages : IIssuerPages
{
    public async Task AnswerAsync(IPage page, Visitor visitor)
    {
        var person = page.Locator($"button[name=demo_person][value='{visitor.User}']");
        if (await person.CountAsync() > 0)
        {
            await person.ClickAsync();
            return;
        }

        foreach (var scope in visitor.Withholds)
        {
            await page.Locator($"input[name=demo_grant][value='{scope}']").UncheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = visitor.Grants ? "Allow" : "Refuse", Exact = true }).ClickAsync();
    }
}
