using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Servers that take a connection and then their time.</summary>
public sealed class SlowClientDocumentTests : ClientDocumentSuite
{
    protected override TimeSpan FetchTimeout => TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_document_that_does_not_come_is_waited_for_once(bool begins)
    {
        Answer = begins ? HaltingAsync : context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await RefusedAsync(Id, "in time");
        var connected = Connected.Count;

        // It is not asked again at once: nobody hammers somebody through us.
        await RefusedAsync(Id, "in time");
        Connected.Count.ShouldBe(connected);
    }

    private static async Task HaltingAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }
}
