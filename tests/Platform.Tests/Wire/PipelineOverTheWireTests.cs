using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GatewayStack.Contracts.Policy;
using GatewayStack.Demo.Configuration;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>The whole pipeline, with every module real and Policy behind gRPC: the interfaces do cross a wire.</summary>
public sealed class PipelineOverTheWireTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gatewaystack-").FullName;
    private DemoServer _demo = null!;
    private PolicyServer _policy = null!;
    private WebApplication _gateway = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0", ["Management:Url"] = "http://127.0.0.1:0", ["Data:Path"] = _data, ["Router:Deadlines:decide"] = "5000" });
        var door = builder.ResolveFrontDoorAddress();
        _demo = await DemoServer.StartAsync(new DemoServerOptions { Issuer = new Uri(door, "/demo").AbsoluteUri, GatewayUrl = door }, TestContext.Current.CancellationToken);
        var settings = DemoConfiguration.Create(new DemoSettings { DemoServerAddress = _demo.Address, Issuer = _demo.Issuer }).ToList();
        builder.Configuration.AddInMemoryCollection(settings);
        _policy = await PolicyServer.StartAsync(server =>
        {
            server.Configuration.AddInMemoryCollection(settings);
            server.AddPolicyModule();
        });
        builder.Services.AddSingleton<IPolicyModule>(_policy.Client);
        foreach (var route in (string[])["admin.policy", "admin.policy.reload"])
        {
            builder.Services.AddKeyedSingleton<RequestDelegate>(route, (_, _) => http => Results.NotFound().ExecuteAsync(http));
        }

        builder.AddIdentityModule();
        builder.AddTransformModule();
        builder.AddLimitsModule();
        builder.AddAuditModule();
        builder.AddEvents();
        builder.AddFrontDoor();
        _gateway = builder.Build();
        _gateway.MapFrontDoor();
        await _gateway.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = door };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.StopAsync(CancellationToken.None);
        await _gateway.DisposeAsync();
        await _policy.DisposeAsync();
        await _demo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("alice", "gpt-4-medical", "hello", HttpStatusCode.OK, "gpt-4-medical at cloud")]
    [InlineData("nora", "gpt-4-medical", "hello", HttpStatusCode.Forbidden, "access_denied")]
    [InlineData("frank", "smart-model", "summarise the revenue", HttpStatusCode.OK, "finance-internal at onprem")]
    [InlineData("alice", "smart-model", "write to bob@example.com", HttpStatusCode.OK, "[EMAIL]")]
    [InlineData("carol", "gpt-4o-mini", "this is confidential", HttpStatusCode.Forbidden, "access_denied")]
    public async Task A_decision_from_the_other_side_counts(string person, string model, string text, HttpStatusCode status, string says)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent($$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{text}}"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(person));
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(says);
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_list_is_decided_in_one_call()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("nora"));
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var models = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        models.ShouldContain("gpt-4o-mini");
        models.ShouldNotContain("gpt-4-medical");
    }

    private async Task<string> TokenAsync(string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_demo.Address, "/demo/token")) { Content = new StringContent($$"""{"user":"{{person}}"}""") };
        request.Headers.Accept.ParseAdd("text/plain");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
