using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Configuration;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Demo.Tests.Configuration;

/// <summary>The demo and the identity module believe each other: its tokens are accepted there, the module's assertions here.</summary>
public sealed class DemoIdentityTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gatewaystack-demo-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private DemoServer? _demo;
    private WebApplication? _gateway;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DemoServer Demo => _demo ?? throw new InvalidOperationException("Not started.");

    private WebApplication Gateway => _gateway ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _demo = await DemoServer.StartAsync(new DemoServerOptions(), Cancel);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Configuration
            .AddInMemoryCollection(DemoConfiguration.Create(new DemoSettings { DemoServerAddress = Demo.Address, Issuer = Demo.Issuer, UseOpenAI = false }))
            .AddInMemoryCollection([new("Data:Path", _data.FullName)]);
        builder.Services.AddRoutingCore();
        builder.AddIdentityModule();
        _gateway = builder.Build();
        Gateway.MapGet("/.well-known/jwks.json", Gateway.Services.GetRequiredKeyedService<RequestDelegate>("identity.jwks"));
        await Gateway.StartAsync(Cancel);
        Demo.GatewayUrl = new Uri(Gateway.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_demo is not null)
        {
            await _demo.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_person_signs_in_and_the_calendar_knows_them()
    {
        Gateway.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldBeEmpty();
        var identity = Gateway.Services.GetRequiredService<IIdentityModule>();
        var caller = await SignInAsync(identity, """{"user":"alice","client":"chatgpt"}""");
        caller.Status.ShouldBe(AuthenticationStatus.Authenticated, caller.Reason);
        var alice = caller.Identity.ShouldNotBeNull();
        alice.UserId.ShouldBe("alice");
        alice.Subject.ShouldBe("demo-alice");
        alice.Tenant.ShouldBe("mercy");
        alice.OrgId.ShouldBe("mercy");
        alice.DisplayName.ShouldBe("Dr. Alice Smith");
        alice.ClientName.ShouldBe("ChatGPT");
        alice.Kind.ShouldBe(IdentityKind.Person);
        alice.Roles.ShouldBe(["doctor"]);
        alice.Scopes.ShouldBe(["chat:write", "medical:write", "calendar:read"]);

        (await EventsAsync(identity, caller, "calendar")).ShouldBe(HttpStatusCode.OK);
        (await EventsAsync(identity, caller, "clinic")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("nora", "mercy")]
    [InlineData("frank", "acme")]
    [InlineData("carol", "acme")]
    [InlineData("audrey", "mercy")]
    public async Task Everybody_is_who_they_are(string user, string tenant)
    {
        var caller = await SignInAsync(Gateway.Services.GetRequiredService<IIdentityModule>(), $$"""{"user":"{{user}}"}""");
        caller.Identity.ShouldNotBeNull(caller.Reason).UserId.ShouldBe(user);
        caller.Identity!.Tenant.ShouldBe(tenant);
        caller.Identity.ClientName.ShouldBe("Demo CLI");
    }

    private async Task<AuthenticationResult> SignInAsync(IIdentityModule identity, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Demo.Address, "/demo/token")) { Content = new StringContent(body) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await _http.SendAsync(request, Cancel);
        var token = new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = await response.Content.ReadAsStringAsync(Cancel) };
        return await identity.AuthenticateAsync(new AuthenticationRequest { RequestId = "r1", Credentials = [token] }, Cancel);
    }

    private async Task<HttpStatusCode> EventsAsync(IIdentityModule identity, AuthenticationResult caller, string audience)
    {
        var assertion = await identity.MintAssertionAsync(new AssertionRequest { InternalAssertion = caller.InternalAssertion!, Audience = audience }, Cancel);
        assertion.Minted.ShouldBeTrue(assertion.Reason);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Demo.Address, "/demo/backends/calendar/events"));
        request.Headers.Add("X-Gateway-Identity", assertion.Token);
        using var response = await _http.SendAsync(request, Cancel);
        if (response.IsSuccessStatusCode)
        {
            JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["owner"]!.GetValue<string>().ShouldBe(caller.Identity!.UserId);
        }

        return response.StatusCode;
    }
}
