using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Limits.Tests;

/// <summary>A host with the module in it as a gateway has it, and its HTTP handlers to call.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private IHost _host = null!;

    public TestEventLog Events { get; } = new();

    public FakeTimeProvider Time { get; } = new(LimitsFixture.Noon);

    public IServiceProvider Services => _host.Services;

    public string LimitsFile => _folder.File("limits.json");

    /// <param name="limits">The limits document.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="realTime">Whether the host goes by the machine's clock, in place of <see cref="Time"/>.</param>
    public static async Task<TestHost> StartAsync(string limits, Dictionary<string, string?>? settings = null, bool realTime = false)
    {
        var test = new TestHost();
        await File.WriteAllTextAsync(test.LimitsFile, limits);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Path"] = test._folder.File("data"), ["Limits:File"] = test.LimitsFile });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(realTime ? TimeProvider.System : test.Time);
        builder.Services.AddSingleton<IEventLog>(test.Events);
        builder.AddLimitsModule();
        builder.AddLimitsModule();
        test._host = builder.Build();
        await test._host.StartAsync();
        return test;
    }

    /// <summary>Calls a handler as the front door does. Gives back status, media type and body.</summary>
    public async Task<(int Status, string? Type, string Body)> CallAsync(string route, CallerIdentity caller, string? body = null, string type = "application/json")
    {
        var context = new DefaultHttpContext { RequestServices = Services, User = new GatewayPrincipal(caller), TraceIdentifier = "req-1" };
        if (body is not null)
        {
            context.Request.ContentType = type;
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        var answer = new MemoryStream();
        context.Response.Body = answer;
        await Services.GetRequiredKeyedService<RequestDelegate>(route)(context);
        return (context.Response.StatusCode, context.Response.ContentType, Encoding.UTF8.GetString(answer.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Dispose();
    }

    internal sealed class TestEventLog : IEventLog
    {
        public List<GatewayEvent> Appended { get; } = [];

        public AppendResult Append(GatewayEvent gatewayEvent)
        {
            Appended.Add(gatewayEvent);
            return new AppendResult { Appended = true };
        }

        public Task SyncAsync(EventPosition position, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
