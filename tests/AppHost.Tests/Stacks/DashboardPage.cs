using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>The dashboard, as somebody sees it in a browser.</summary>
internal static partial class DashboardPage
{
    private const float Limit = 60_000;

    /// <summary>Finds the trace of a chat among the Router's, and in it the services it went through.</summary>
    public static async Task ShowsATraceAsync(Uri dashboard, string chromium, string[] services)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 1200 } });
        page.SetDefaultTimeout(Limit);
        await page.GotoAsync(dashboard.AbsoluteUri);
        foreach (var service in services)
        {
            await page.GetByText(service, new() { Exact = true }).First.WaitForAsync();
        }

        await page.GotoAsync(new Uri(dashboard, "/traces/resource/" + Resources.Router).AbsoluteUri);

        // Name: router: POST /v1/chat/completions, and on a line of its own, Trace Id: d99572ad7674ac19c2d9f9829c7986c8
        var title = await page.Locator("td[title*='/v1/chat/completions']").First.GetAttributeAsync("title");
        var trace = TraceId().Match(title!).Groups["id"].Value;
        trace.ShouldNotBeEmpty(title);
        await page.GotoAsync(new Uri(dashboard, "/traces/detail/" + trace).AbsoluteUri);
        foreach (var service in services)
        {
            await page.GetByText(service).First.WaitForAsync();
        }
    }

    [GeneratedRegex("Trace Id: (?<id>[0-9a-f]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex TraceId();
}
