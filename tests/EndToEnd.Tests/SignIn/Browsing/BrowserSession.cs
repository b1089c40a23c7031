using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;

namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>A browser as one person has it, in which they open what their applications send them to.</summary>
public sealed class BrowserSession(IBrowserContext context, IIssuerPages pages) : IAsyncDisposable
{
    private const float Patience = 60_000;
    private const int MostPages = 6;

    /// <summary>How many pages they were asked something on.</summary>
    public int Asked { get; private set; }

    public async Task<IPage> NewPageAsync()
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        return page;
    }

    /// <summary>Opens an authorization URL, answers whatever is asked, and follows the way back to the client.</summary>
    /// <returns>Where the browser was sent, with the client's code or error in it.</returns>
    public async Task<Uri> VisitAsync(Uri authorization, Visitor visitor)
    {
        var back = QueryHelpers.ParseQuery(authorization.Query)["redirect_uri"].ToString();
        back.ShouldNotBeEmpty(authorization.AbsoluteUri);
        var page = await NewPageAsync();
        var returned = new TaskCompletionSource<IRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Request += (_, request) =>
        {
            if (request.IsNavigationRequest && request.Url.StartsWith(back + '?', StringComparison.Ordinal))
            {
                returned.TrySetResult(request);
            }
        };
        await page.GotoAsync(authorization.AbsoluteUri).WhereTheClientMayBeGone(returned.Task);
        for (var answered = 0; !returned.Task.IsCompleted; answered++)
        {
            answered.ShouldBeLessThan(MostPages, await page.ContentAsync());
            Asked++;
            var next = NextDocument(page);
            await pages.AnswerAsync(page, visitor);
            await Task.WhenAny(next, returned.Task);
        }

        // The page stays open: the client has its answer when it says so.
        return new Uri((await returned.Task).Url);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private static Task NextDocument(IPage page)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.DOMContentLoaded += (_, _) => loaded.TrySetResult();
        return loaded.Task;
    }
}

internal static class Navigations
{
    /// <summary>A page that leads straight back to a client which cannot be reached is no failure.</summary>
    public static async Task WhereTheClientMayBeGone(this Task navigation, Task returned)
    {
        try
        {
            await navigation;
        }
        catch (PlaywrightException) when (returned.IsCompleted)
        {
        }
    }
}
