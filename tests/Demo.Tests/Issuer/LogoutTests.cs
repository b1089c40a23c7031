using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Signing out holds, whatever the browser does next.</summary>
public sealed class LogoutTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_pressed_the_button_is_signed_out_also_when_they_leave_at_once(bool leaves)
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var app = await StartAsync(gateway.Address, leaves);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(app.Urls.First()) };
        var client = new IssuerClient(http, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(http);
        var (_, tokens) = await client.RedeemAsync(client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read offline_access"), "alice")).Location!)["code"]);
        var session = new JsonWebToken(tokens["access_token"]!.GetValue<string>()).GetPayloadValue<string>("sid");
        var kept = browser.Cookies["__Host-demo-session"];
        var page = await browser.OpenAsync("/demo/connect/logout");
        try
        {
            await browser.PressAsync(page, "x", "y");
        }
        catch (HttpRequestException) when (leaves)
        {
            // Nobody is there any more to be answered.
        }

        new JsonWebToken(gateway.LogoutTokens.ShouldHaveSingleItem()).GetPayloadValue<string>("sid").ShouldBe(session);
        (await client.RefreshAsync(tokens["refresh_token"]!.GetValue<string>())).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        browser.Cookies["__Host-demo-session"] = kept;
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
    }

    /// <summary>The demo parts; where somebody leaves at once, a request to sign out has been left once its form is read.</summary>
    private static async Task<WebApplication> StartAsync(Uri gateway, bool leaves)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddDemoServer(new DemoServerOptions { GatewayUrl = gateway });
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            if (leaves && HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/demo/connect/logout")
            {
                await context.Request.ReadFormAsync(Cancel);
                context.RequestAborted = new CancellationToken(canceled: true);
            }

            await next(context);
        });
        app.MapDemoServer();
        await app.StartAsync(Cancel);
        return app;
    }
}
