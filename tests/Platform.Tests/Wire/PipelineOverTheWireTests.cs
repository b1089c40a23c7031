using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GatewayStack.Contracts.Router;
using GatewayStack.Demo.Configuration;
using GatewayStack.Demo.Server;
using GatewayStack.Events.Shipping;
using GatewayStack.Limits.Ledger;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>The whole pipeline, with Identity, Transform, Policy and Limits each behind gRPC: the interfaces do cross a wire.</summary>
public sealed class PipelineOverTheWireTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gatewaystack-").FullName;
    private DemoServer _demo = null!;
    private WireServer[] _modules = [];
    private WebApplication _gateway = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = $"http://127.0.0.1:{TestPorts.Free()}", ["Management:Url"] = $"http://127.0.0.1:{TestPorts.Free()}", ["Data:Path"] = _data });
        builder.Configuration.AddInMemoryCollection(Patience.Settings!);
        var door = builder.ResolveFrontDoorAddress();
        _demo = await DemoServer.StartAsync(new DemoServerOptions { Issuer = new Uri(door, "/demo/").AbsoluteUri, GatewayUrl = door }, TestContext.Current.CancellationToken);
        var settings = DemoConfiguration.Create(new DemoSettings { DemoServerAddress = _demo.Address, Issuer = _demo.Issuer }).ToList();
        builder.Configuration.AddInMemoryCollection(settings);
        _modules =
        [
            await StartAsync("identity", settings, b => b.AddIdentityModule().AddIdentityGrpc().AddDataKeysGrpc().AddStandingsGrpc(), app =>
            {
                app.MapIdentityGrpc();
                app.MapDataKeysGrpc();
                app.MapStandingsGrpc();
            }),
            await StartAsync("transform", settings, b => b.AddTransformModule().AddTransformGrpc(), app => app.MapTransformGrpc()),
            await StartAsync("policy", settings, b => b.AddPolicyModule().AddPolicyGrpc(), app => app.MapPolicyGrpc()),
            await StartAsync("limits", settings, b => b.AddLimitsModule().AddLimitsGrpc().AddEventSinkGrpc(), app =>
            {
                app.MapLimitsGrpc();
                app.MapEventSinkGrpc();
            }),
        ];
        string[] names = ["identity", "transform", "policy", "limits"];
        for (var i = 0; i < names.Length; i++)
        {
            builder.Configuration[$"services:{names[i]}:grpc:0"] = _modules[i].Address;
        }

        // Their routes are forwarded by HTTP; that is tested elsewhere.
        foreach (var route in FrontDoorRoutes.All.Where(r => names.Contains(r.Module)))
        {
            builder.Services.AddKeyedSingleton<RequestDelegate>(route.Name, (_, _) => http => Results.NotFound().ExecuteAsync(http));
        }

        builder.AddIdentityClient();
        builder.AddDataKeysClient();
        builder.AddStandingsClient();
        builder.AddTransformClient();
        builder.AddPolicyClient();
        builder.AddLimitsClient();
        builder.AddEventSinkClients("limits");
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
        foreach (var module in _modules)
        {
            await module.DisposeAsync();
        }

        await _demo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("alice", "gpt-4-medical", "hello", HttpStatusCode.OK, "gpt-4-medical at cloud")]
    [InlineData("nora", "gpt-4-medical", "hello", HttpStatusCode.Forbidden, "access_denied")]
    [InlineData("frank", "smart-model", "summarise the revenue", HttpStatusCode.OK, "finance-internal at onprem")]
    [InlineData("alice", "smart-model", "write to bob@example.com", HttpStatusCode.OK, "[EMAIL_1]")]
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

    [Fact]
    public async Task What_was_used_reaches_the_ledger_once()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync("alice"));
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _ = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // Through the stream of events, behind the settlement: whichever came first, it is one row.
        await _gateway.Services.GetRequiredService<IEventShipping>().DrainAsync(TestContext.Current.CancellationToken);
        var ledger = await _modules[3].Services.GetRequiredService<ILedger>().GetStatisticsAsync(TestContext.Current.CancellationToken);
        (ledger.Requests, ledger.OpenRequests, ledger.Rows).ShouldBe((1, 0, 1));
    }

    private async Task<WireServer> StartAsync(string module, IEnumerable<KeyValuePair<string, string?>> settings, Action<WebApplicationBuilder> add, Action<WebApplication> map) =>
        await WireServer.StartAsync(
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Configuration["Data:Path"] = Path.Combine(_data, module);
                add(builder);
            },
            map);

    private async Task<string> TokenAsync(string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_demo.Address, "/demo/token")) { Content = new StringContent($$"""{"user":"{{person}}"}""") };
        request.Headers.Accept.ParseAdd("text/plain");
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
