using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The demo issuer's pages as somebody sees them, in light and dark, on a desk and on the narrowest screen. The pictures are kept with the run's results.</summary>
[Collection(DemoSignIn.Name)]
public sealed class PageTests(DemoGateway gateway, Browser browser, ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "sign-in");

    [Theory]
    [InlineData("light", ColorScheme.Light, 1024)]
    [InlineData("dark", ColorScheme.Dark, 1024)]
    [InlineData("narrow", ColorScheme.Light, 320)]
    [InlineData("narrow-dark", ColorScheme.Dark, 320)]
    public async Task The_pages_can_be_read_and_used(string name, ColorScheme scheme, int width)
    {
        Browser.Require();
        await using var session = await browser.OpenAsync(new DemoPages(), new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await session.NewPageAsync();
        await page.GotoAsync(Authorization("openid offline_access calendar:read calendar:write"));
        await CheckAsync(page, name, "who");
        await page.Locator("button[name=demo_person][value=alice]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).WaitForAsync();
        (await page.Locator("input[type=checkbox]").CountAsync()).ShouldBeGreaterThan(1);
        (await page.ContentAsync()).ShouldContain("/mcp/calendar");
        await CheckAsync(page, name, "consent");
    }

    [Fact]
    public async Task A_page_stands_where_nothing_can_be_asked()
    {
        Browser.Require();
        await using var session = await browser.OpenAsync(new DemoPages(), new() { ViewportSize = new() { Width = 320, Height = 900 } });
        var page = await session.NewPageAsync();
        var response = await page.GotoAsync(Authorization("calendar:read").Replace("callback", "elsewhere", StringComparison.Ordinal));
        response!.Status.ShouldBe(400);
        page.Url.ShouldStartWith(gateway.Address.AbsoluteUri);
        await CheckAsync(page, "narrow", "problem");
    }

    private string Authorization(string scope) => QueryHelpers.AddQueryString(gateway.Issuer + "authorize", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["response_type"] = "code",
        ["client_id"] = "https://claude.ai/oauth/claude-code-client-metadata",
        ["redirect_uri"] = "http://localhost:61936/callback",
        ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ["code_challenge_method"] = "S256",
        ["state"] = "state",
        ["prompt"] = "consent",
        ["scope"] = scope,
        ["resource"] = gateway.Route.AbsoluteUri,
    });

    private async Task CheckAsync(IPage page, string name, string what)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, $"{what}-{name}.png");
        TestContext.Current.AddAttachment($"{what}-{name}.png", await page.ScreenshotAsync(new() { Path = path, FullPage = true }), "image/png");
        output.WriteLine(path);

        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("en");
        (await page.TitleAsync()).ShouldNotBeEmpty();
        (await page.Locator("h1").CountAsync()).ShouldBe(1);
        (await page.Locator("main").CountAsync()).ShouldBe(1);
        (await page.Locator("script").CountAsync()).ShouldBe(0);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, "It is wider than the screen.");
        (await page.EvaluateAsync<string[]>(Unreadable)).ShouldBeEmpty("Too little contrast.");
        (await page.EvaluateAsync<string[]>(Unnamed)).ShouldBeEmpty("A control without a name.");
        if (await page.Locator("form button").CountAsync() > 0)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<bool>(FocusIsSeen)).ShouldBeTrue("The focus is not seen.");
        }
    }

    private const string FocusIsSeen = "document.activeElement !== document.body && getComputedStyle(document.activeElement).outlineStyle !== 'none'";

    private const string Unnamed = """
        [...document.querySelectorAll('input:not([type=hidden]), button, select, a')]
          .filter((e) => !(e.labels?.length && e.labels[0].innerText.trim()) && !e.innerText?.trim() && !e.getAttribute('aria-label'))
          .map((e) => e.outerHTML)
        """;

    // WCAG 2.2, 1.4.3: 4.5 to 1, for the text of every element over the nearest background that is not transparent.
    private const string Unreadable = """
        (() => {
          const rgb = (text) => text.match(/[\d.]+/g).map(Number);
          const light = (color) => {
            const [r, g, b] = color.slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = rgb(getComputedStyle(e).backgroundColor);
              if (color.length < 4 || color[3] === 1) return color;
            }
            return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
          };
          return [...document.querySelectorAll('body *')]
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()))
            .map((e) => ({ e, pair: [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a) }))
            .filter(({ pair: [high, low] }) => (high + 0.05) / (low + 0.05) < 4.5)
            .map(({ e }) => e.outerHTML);
        })()
        """;
}
