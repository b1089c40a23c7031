using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Policy.Tests;

/// <summary>The module in a host of its own, with a policy file in a temporary folder.</summary>
internal sealed class PolicyHost : IDisposable
{
    private readonly IHost _host;
    private readonly string _folder = Directory.CreateTempSubdirectory("gs-policy-").FullName;

    public PolicyHost(string? policy, params (string Key, string Value)[] settings)
    {
        File = Path.Combine(_folder, "policy.yaml");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (policy is not null)
        {
            Write(policy);
            builder.Configuration["Policy:File"] = File;
        }

        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddLogging();
        builder.Services.AddSingleton<IEventLog>(Events);
        builder.AddPolicyModule();
        builder.AddPolicyModule();
        _host = builder.Build();
    }

    public string File { get; }

    public Recorded Events { get; } = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>Reads the policy now, as the start of a host does.</summary>
    public PolicyHost Start()
    {
        _ = Services.GetRequiredService<GatewayStack.Contracts.Policy.IPolicyModule>();
        return this;
    }

    public void Write(string policy) => System.IO.File.WriteAllText(File, policy);

    public async Task<(int Status, string Type, string Body)> SendAsync(string route, string? body = null)
    {
        var context = new DefaultHttpContext { RequestServices = Services, TraceIdentifier = "trace-1", User = new GatewayPrincipal(Model.Policies.Person("admin")) };
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        context.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body ?? string.Empty));
        await Services.GetRequiredKeyedService<RequestDelegate>(route)(context);
        return (context.Response.StatusCode, context.Response.ContentType ?? string.Empty, System.Text.Encoding.UTF8.GetString(answer.ToArray()));
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    internal sealed class Recorded : IEventLog
    {
        public List<GatewayEvent> All { get; } = [];

        public AppendResult Append(GatewayEvent gatewayEvent)
        {
            All.Add(gatewayEvent);
            return new AppendResult { Appended = true };
        }

        public Task SyncAsync(EventPosition position, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
