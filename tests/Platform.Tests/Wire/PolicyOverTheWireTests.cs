using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Policy;
using GatewayStack.Platform.Tests.Documents;
using GatewayStack.Policy.Tests.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using V1 = GatewayStack.Wire.Policy.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class PolicyOverTheWireTests
{
    [Fact]
    public async Task A_policy_decides_the_same_over_the_wire()
    {
        using var folder = new DocumentFolder();
        var cases = Gen.Sample(PolicyGenerator.Cases, 30, new Rnd(20261125), 40).ToArray();
        var rules = cases.SelectMany(c => c.Rules).Where(r => r.Effect == "allow").Select((r, i) => r with { Id = $"r{i}" }).ToArray();
        var document = new JsonObject { ["apiVersion"] = "gateway.policy/v1", ["rules"] = new JsonArray([.. rules.Select(r => (JsonNode?)r.ToJson())]) }.ToJsonString();
        var file = folder.Write("policy.json", document);
        var snapshot = Policies.Good(document);
        await using var server = await StartAsync(builder =>
        {
            builder.Configuration["Policy:File"] = file;
            builder.AddPolicyModule();
        });
        using var client = Client(server);
        var policy = client.Get<IPolicyModule>();

        ImmutableArray<PolicyQuestion> questions = [.. cases.SelectMany(c => c.Questions)];
        var expected = questions.Select(q => snapshot.Decide(q).Describe()).ToArray();
        var many = await policy.DecideManyAsync(questions, TestContext.Current.CancellationToken);
        many.Select(d => d.Describe()).ShouldBe(expected);
        many.ShouldContain(d => d.Permits);
        for (var i = 0; i < questions.Length; i++)
        {
            (await policy.DecideAsync(questions[i], TestContext.Current.CancellationToken)).Describe().ShouldBe(expected[i]);
        }
    }

    [Fact]
    public async Task A_question_without_a_caller_is_the_requests_fault()
    {
        await using var server = await StartAsync(b => b.AddPolicyModule());
        using var client = Client(server);
        var raw = new V1.PolicyModule.PolicyModuleClient(client.Channel);
        var failure = await Should.ThrowAsync<RpcException>(async () => await raw.DecideAsync(new V1.PolicyQuestion(), cancellationToken: TestContext.Current.CancellationToken));
        failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Cancellation_reaches_the_module_and_looks_as_in_one_process()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new PolicyDouble(async (_, ct) =>
        {
            await using var registration = ct.Register(() => cancelled.TrySetResult());
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            throw new InvalidOperationException("never reached");
        });
        await using var server = await StartAsync(b => b.Services.AddSingleton<IPolicyModule>(waiting));
        using var client = Client(server);
        using var cancellation = new CancellationTokenSource();
        var decision = client.Get<IPolicyModule>().DecideAsync(Policies.Person().Asks("m"), cancellation.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => decision);
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_asked_about_nothing()
    {
        using var client = new WireClient("policy", b => b.AddPolicyClient(), RawServer.Closed());
        (await client.Get<IPolicyModule>().DecideManyAsync([], TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static Task<WireServer> StartAsync(Action<WebApplicationBuilder> module) => WireServer.StartAsync(
        builder =>
        {
            module(builder);
            builder.AddPolicyGrpc();
        },
        app => app.MapPolicyGrpc());

    private static WireClient Client(WireServer server) => new("policy", b => b.AddPolicyClient(), server.Address);
}
