using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Settings;
using GatewayStack.Platform.Tests.Documents;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Channels;
using Grpc.Core;
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
        var policy = new JsonObject { ["apiVersion"] = "gateway.policy/v1", ["rules"] = new JsonArray([.. rules.Select(r => (JsonNode?)r.ToJson())]) }.ToJsonString();
        var file = folder.Write("policy.json", policy);
        var snapshot = Policies.Good(policy);
        await using var server = await PolicyServer.StartAsync(builder =>
        {
            builder.Configuration["Policy:File"] = file;
            builder.AddPolicyModule();
        });

        ImmutableArray<PolicyQuestion> questions = [.. cases.SelectMany(c => c.Questions)];
        var expected = questions.Select(q => snapshot.Decide(q).Describe()).ToArray();
        var many = await server.Client.DecideManyAsync(questions, TestContext.Current.CancellationToken);
        many.Select(d => d.Describe()).ShouldBe(expected);
        many.ShouldContain(d => d.Permits);
        for (var i = 0; i < questions.Length; i++)
        {
            (await server.Client.DecideAsync(questions[i], TestContext.Current.CancellationToken)).Describe().ShouldBe(expected[i]);
        }
    }

    [Fact]
    public async Task A_question_without_a_caller_is_the_requests_fault()
    {
        await using var server = await PolicyServer.StartAsync(b => b.AddPolicyModule());
        var raw = new V1.PolicyModule.PolicyModuleClient(server.ClientServices.GetRequiredKeyedService<ModuleChannel>("policy").Channel);
        var failure = await Should.ThrowAsync<RpcException>(async () => await raw.DecideAsync(new V1.PolicyQuestion(), cancellationToken: TestContext.Current.CancellationToken));
        failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
    }

    [Fact]
    public async Task Cancellation_reaches_the_module_and_looks_as_in_one_process()
    {
        var waiting = new WaitingPolicy();
        await using var server = await PolicyServer.StartAsync(b => b.Services.AddSingleton<IPolicyModule>(waiting));
        using var cancellation = new CancellationTokenSource();
        var decision = server.Client.DecideAsync(Policies.Person().Asks("m"), cancellation.Token);
        await waiting.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => decision);
        await waiting.Cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_module_that_cannot_be_reached_is_said_to_be_unavailable()
    {
        PolicyServer server;
        await using (server = await PolicyServer.StartAsync(b => b.AddPolicyModule()))
        {
            await server.Client.DecideAsync(Policies.Person().Asks("m"), TestContext.Current.CancellationToken);
        }

        var client = Host.CreateEmptyApplicationBuilder(null);
        client.Configuration["services:policy:grpc:0"] = "http://127.0.0.1:1";
        client.AddPolicyClient();
        using var host = client.Build();
        var failure = await Should.ThrowAsync<RpcException>(() => host.Services.GetRequiredService<IPolicyModule>().DecideAsync(Policies.Person().Asks("m"), TestContext.Current.CancellationToken));
        failure.StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    [Fact]
    public void A_missing_or_odd_address_is_an_error_at_the_start()
    {
        var client = Host.CreateEmptyApplicationBuilder(null);
        client.AddPolicyClient();
        Check(client).ShouldHaveSingleItem().Key.ShouldBe("services:policy:grpc:0");
        client.Configuration["services:policy:grpc:0"] = "nowhere";
        client.Configuration["services:policy:grpc:1"] = "https://x:1";
        Check(client).Length.ShouldBe(2);

        static ImmutableArray<SettingsError> Check(HostApplicationBuilder builder) => new ModuleAddresses(builder.Configuration, "policy").Check();
    }

    private sealed class WaitingPolicy : IPolicyModule
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => Cancelled.TrySetResult());
            Asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("never reached");
        }

        public Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
