using GatewayStack.Contracts.Policy;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Instances of a policy module, and a client of them.</summary>
internal static class Instances
{
    public static readonly PolicyQuestion Question = Policies.Person().Asks("m");

    public static WireClient Client(params ReadOnlySpan<string> addresses) => new("policy", b => b.AddPolicyClient(), addresses);

    public static WireClient Client(TimeProvider time, params ReadOnlySpan<string> addresses) => new(
        "policy",
        b =>
        {
            b.Services.AddSingleton(time);
            b.AddPolicyClient();
        },
        addresses);

    public static Task<WireServer> StartAsync(string revision, int port = 0, string address = "127.0.0.1") =>
        StartAsync(new PolicyDouble((_, _) => Task.FromResult(PolicyDouble.Allowed(revision))), port, address);

    public static Task<WireServer> StartAsync(IPolicyModule policy, int port = 0, string address = "127.0.0.1") => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton(policy);
            b.AddPolicyGrpc();
        },
        app => app.MapPolicyGrpc(),
        port,
        address);

    /// <summary>Waits until as many instances are connected.</summary>
    public static async Task ConnectAsync(WireClient client, int instances)
    {
        var health = new Grpc.Health.V1.Health.HealthClient(client.Channel);
        var traces = client.Services.GetRequiredKeyedService<ModuleChannel>("policy").Traces;
        while (true)
        {
            var seen = new HashSet<string?>();
            for (var i = 0; i < instances * 2; i++)
            {
                seen.Add(await InstanceAsync(health, traces));
            }

            if (seen.Count(s => s is not null) >= instances)
            {
                return;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string?> InstanceAsync(Grpc.Health.V1.Health.HealthClient health, CallTraces traces)
    {
        var trace = traces.Begin();
        try
        {
            await health.CheckAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
            traces.Answered(trace);
            return trace.Instance;
        }
        catch (Grpc.Core.RpcException)
        {
            return null;
        }
    }
}
