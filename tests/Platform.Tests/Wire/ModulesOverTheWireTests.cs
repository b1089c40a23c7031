using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What a module is asked over a wire, and what it answers, is what it would be in one process.</summary>
public sealed class ModulesOverTheWireTests
{
    private static readonly string[] Malformable =
    [
        "/gatewaystack.identity.v1.IdentityModule/MintAssertion",
        "/gatewaystack.identity.v1.IdentityModule/ExchangeToken",
        "/gatewaystack.transform.v1.TransformModule/Inspect",
        "/gatewaystack.transform.v1.TransformModule/Apply",
        "/gatewaystack.policy.v1.PolicyModule/Decide",
        "/gatewaystack.limits.v1.LimitsModule/Reserve",
        "/gatewaystack.limits.v1.LimitsModule/Settle",
        "/gatewaystack.limits.v1.LimitsModule/GetReport",
    ];

    [Fact]
    public async Task Identity_is_asked_and_answers_the_same()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("identity", b => b.AddIdentityClient(), server.Address);
        var identity = client.Get<IIdentityModule>();
        var signedIn = Sample(RecordMaker.Gen<AuthenticationResult>(r => r with { Status = AuthenticationStatus.Invalid }));
        foreach (var (request, result) in Sample(RecordMaker.Gen<AuthenticationRequest>()).Zip(signedIn))
        {
            module.Answer = result;
            RecordMaker.Json(await identity.AuthenticateAsync(request, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
            RecordMaker.Json((AuthenticationRequest)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }

        foreach (var (request, result) in Sample(RecordMaker.Gen<AssertionRequest>()).Zip(Sample(RecordMaker.Gen<AssertionResult>(r => r with { Minted = false }))))
        {
            module.Answer = result;
            RecordMaker.Json(await identity.MintAssertionAsync(request, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
            RecordMaker.Json((AssertionRequest)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }

        foreach (var (request, result) in Sample(RecordMaker.Gen<UpstreamTokenRequest>()).Zip(Sample(RecordMaker.Gen<UpstreamTokenResult>(r => r with { Token = "t" + r.Token }))))
        {
            module.Answer = result;
            RecordMaker.Json(await identity.ExchangeTokenAsync(request, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
            RecordMaker.Json((UpstreamTokenRequest)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }
    }

    [Fact]
    public async Task What_is_asked_for_nobody_is_asked_and_answered_the_same()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("policy", b =>
        {
            b.Configuration["services:identity:grpc:0"] = server.Address;
            b.AddPolicyClient();
            b.AddIdentityClient();
        }, server.Address);
        foreach (var (question, result) in Sample(RecordMaker.Gen<ToolRulesQuestion>()).Zip(Sample(RecordMaker.Gen<ToolRules>())))
        {
            var answer = result with { Tools = [.. question.Tools.Select(t => new ToolRule { Tool = t, Named = t.Length % 2 == 0, OnlyScopes = t.Length % 3 == 0, Scopes = ["a", t] })] };
            module.Answer = answer;
            RecordMaker.Json(await client.Get<IPolicyModule>().DescribeToolsAsync(question, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(answer));
            RecordMaker.Json((ToolRulesQuestion)module.Asked!).ShouldBe(RecordMaker.Json(question));
        }

        // What is said of other tools than were asked for names none of them.
        module.Answer = new ToolRules { Tools = [new ToolRule { Tool = "b", Named = true, OnlyScopes = true }], PolicyRevision = "r" };
        var strange = await client.Get<IPolicyModule>().DescribeToolsAsync(new ToolRulesQuestion { Server = "s", Tools = ["a"] }, TestContext.Current.CancellationToken);
        strange.Tools.Select(t => (t.Tool, t.Named)).ShouldBe([("a", false)]);

        foreach (var result in Sample(RecordMaker.Gen<IdentityDescription>()))
        {
            module.Answer = result;
            RecordMaker.Json(await client.Get<IIdentityModule>().DescribeAsync(TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
        }

        module.Headers!["x-gateway-identity"].ToString().ShouldBe("");
    }

    [Fact]
    public async Task Limits_is_asked_and_answers_the_same()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("limits", b => b.AddLimitsClient(), server.Address);
        var limits = client.Get<ILimitsModule>();
        foreach (var (request, result) in Sample(RecordMaker.Gen<ReservationRequest>()).Zip(Sample(RecordMaker.Gen<LimitsDecision>())))
        {
            module.Answer = result;
            RecordMaker.Json(await limits.ReserveAsync(request, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
            RecordMaker.Json((ReservationRequest)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }

        foreach (var request in Sample(RecordMaker.Gen<Settlement>()))
        {
            module.Answer = new SettlementResult { Status = SettlementStatus.Duplicate };
            (await limits.SettleAsync(request, TestContext.Current.CancellationToken)).Status.ShouldBe(SettlementStatus.Duplicate);
            RecordMaker.Json((Settlement)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }

        foreach (var (request, result) in Sample(RecordMaker.Gen<LimitsReportRequest>()).Zip(Sample(RecordMaker.Gen<LimitsReport>())))
        {
            module.Answer = result;
            RecordMaker.Json(await limits.GetReportAsync(request, TestContext.Current.CancellationToken)).ShouldBe(RecordMaker.Json(result));
            RecordMaker.Json((LimitsReportRequest)module.Asked!).ShouldBe(RecordMaker.Json(request));
        }
    }

    /// <summary>The assertion, the service's name and its credential go beside the message; where there is none, nothing does.</summary>
    [Fact]
    public async Task A_call_says_for_whom_it_is_and_who_makes_it()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("limits", b =>
        {
            b.Services.AddSingleton(new OwnService("router"));
            b.Configuration["Service:Credential"] = "a-secret-of-thirty-two-characters";
            b.AddLimitsClient();
        }, server.Address);
        module.Answer = new SettlementResult { Status = SettlementStatus.Settled };
        var settlement = new Settlement { RequestId = "r", Tenant = "t", PersonId = "p", Attempts = [], Assertion = "eyJ.a.b" };
        await client.Get<ILimitsModule>().SettleAsync(settlement, TestContext.Current.CancellationToken);
        Header("x-gateway-identity").ShouldBe("eyJ.a.b");
        Header("x-gateway-service").ShouldBe("router");
        Header("x-gateway-service-credential").ShouldBe("a-secret-of-thirty-two-characters");
        ((Settlement)module.Asked!).Assertion.ShouldBeNull();

        await client.Get<ILimitsModule>().SettleAsync(settlement with { Assertion = null }, TestContext.Current.CancellationToken);
        Header("x-gateway-identity").ShouldBe("");
        Header("x-gateway-service").ShouldBe("router");

        string Header(string name) => module.Headers![name].ToString();
    }

    [Fact]
    public async Task Every_request_record_gives_its_assertion_to_the_call()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("limits", b =>
        {
            foreach (var other in (string[])["transform", "policy"])
            {
                b.Configuration[$"services:{other}:grpc:0"] = server.Address;
            }

            b.AddLimitsClient();
            b.AddTransformClient();
            b.AddPolicyClient();
        }, server.Address);
        var ct = TestContext.Current.CancellationToken;
        var person = Policies.Person();
        var calls = new Dictionary<string, Func<Task>>
        {
            ["reserve"] = () => client.Get<ILimitsModule>().ReserveAsync(
                new ReservationRequest { RequestId = "r", Identity = person, Assertion = "reserve", Action = "a", InputTokenBound = 1, Targets = [], Lease = TimeSpan.FromSeconds(1) }, ct),
            ["settle"] = () => client.Get<ILimitsModule>().SettleAsync(new Settlement { RequestId = "r", Tenant = "t", PersonId = "p", Attempts = [], Assertion = "settle" }, ct),
            ["report"] = () => client.Get<ILimitsModule>().GetReportAsync(new LimitsReportRequest { Identity = person, Assertion = "report" }, ct),
            ["decide"] = () => client.Get<IPolicyModule>().DecideAsync(person.Asks("m") with { Assertion = "decide" }, ct),
            ["many"] = () => client.Get<IPolicyModule>().DecideManyAsync([person.Asks("m") with { Assertion = "many" }, person.Asks("m") with { Assertion = "many" }], ct),
            ["inspect"] = () => client.Get<ITransformModule>().InspectAsync(new InspectionRequest { RequestId = "r", Tenant = "t", Assertion = "inspect" }, ct),
            ["apply"] = () => client.Get<ITransformModule>().ApplyAsync(new EditRequest { RequestId = "r", Tenant = "t", Segments = [], Findings = [], Assertion = "apply" }, ct),
            ["respond"] = async () => await client.Get<ITransformModule>()
                .TransformResponseAsync(new ResponseSession { RequestId = "r", Tenant = "t", Assertion = "respond" }, AsyncEnumerable.Empty<ResponseDelta>(), ct).CountAsync(ct),
        };
        foreach (var (assertion, call) in calls)
        {
            module.Headers = null;
            try
            {
                await call();
            }
            catch (GatewayStack.Contracts.Router.ModuleCallException)
            {
                // The module has no answer; the question is what this is about.
            }

            module.Headers!["x-gateway-identity"].ToString().ShouldBe(assertion);
        }
    }

    [Fact]
    public async Task An_empty_message_is_the_requests_fault_wherever_something_cannot_be_missing()
    {
        var module = new Everything();
        await using var server = await StartAsync(module);
        using var client = new WireClient("limits", b => b.AddLimitsClient(), server.Address);
        foreach (var method in Malformable)
        {
            (await RawAsync(client, method, [])).ShouldBe(StatusCode.InvalidArgument, method);
        }

        // One that is empty among several.
        (await RawAsync(client, "/gatewaystack.policy.v1.PolicyModule/DecideMany", [0x0A, 0x00])).ShouldBe(StatusCode.InvalidArgument);
        module.Asked.ShouldBeNull();
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_an_error_and_the_module_goes_on()
    {
        var module = new Everything { Answer = new SettlementResult { Status = SettlementStatus.Settled } };
        await using var server = await StartAsync(module);
        using var client = new WireClient("limits", b => b.AddLimitsClient(), server.Address);
        var random = new Random(20261125);
        foreach (var method in Malformable)
        {
            for (var i = 0; i < 20; i++)
            {
                var bytes = new byte[random.Next(1, 200)];
                random.NextBytes(bytes);
                (await RawAsync(client, method, bytes)).ShouldNotBe(StatusCode.OK, method);
            }
        }

        module.Asked.ShouldBeNull();
        var settled = await client.Get<ILimitsModule>().SettleAsync(new Settlement { RequestId = "r", Tenant = "t", PersonId = "p", Attempts = [] }, TestContext.Current.CancellationToken);
        settled.Status.ShouldBe(SettlementStatus.Settled);
    }

    [Fact]
    public void A_second_registration_changes_nothing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddLimitsClient().AddIdentityClient().AddDataKeysClient().AddStandingsClient().AddEventSinkClients("limits");
        var before = builder.Services.Count;
        builder.AddLimitsClient().AddIdentityClient().AddDataKeysClient().AddStandingsClient().AddEventSinkClients("limits");
        builder.Services.Count.ShouldBe(before);
    }

    private static T[] Sample<T>(Gen<T> gen) => [.. Gen.Sample(gen, 10, new Rnd(20261125), 50)];

    private static async Task<StatusCode> RawAsync(WireClient client, string method, byte[] message)
    {
        var parts = method.Split('/');
        var bytes = Marshallers.Create(b => b, b => b);
        var description = new Method<byte[], byte[]>(MethodType.Unary, parts[1], parts[2], bytes, bytes);
        try
        {
            using var call = client.Channel.CreateCallInvoker().AsyncUnaryCall(description, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken), message);
            await call;
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static Task<WireServer> StartAsync(Everything module) => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton<IIdentityModule>(module);
            b.Services.AddSingleton<ITransformModule>(module);
            b.Services.AddSingleton<IPolicyModule>(module);
            b.Services.AddSingleton<ILimitsModule>(module);
            b.AddIdentityGrpc().AddTransformGrpc().AddPolicyGrpc().AddLimitsGrpc();
        },
        app =>
        {
            app.Use((http, next) =>
            {
                module.Headers = http.Request.Headers;
                return next(http);
            });
            app.MapIdentityGrpc();
            app.MapTransformGrpc();
            app.MapPolicyGrpc();
            app.MapLimitsGrpc();
        });

    /// <summary>All modules: notes what it was asked, and answers what it was told to.</summary>
    private sealed class Everything : IIdentityModule, ITransformModule, IPolicyModule, ILimitsModule
    {
        public object? Asked { get; private set; }

        public object? Answer { get; set; }

        public IHeaderDictionary? Headers { get; set; }

        public Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken) => Note<AuthenticationResult>(request);

        public Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken) => Note<AssertionResult>(request);

        public Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken) => Note<UpstreamTokenResult>(request);

        public Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken) => Note<IdentityDescription>("describe");

        public Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken) => Note<ToolRules>(question);

        public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken) => Note<InspectionResult>(request);

        public Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken) => Note<EditResult>(request);

        public IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken) => deltas;

        public Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken) => Note<PolicyDecision>(question);

        public async Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken) =>
            [await Note<PolicyDecision>(questions)];

        public Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken) => Note<LimitsDecision>(request);

        public Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken) => Note<SettlementResult>(settlement);

        public Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken) => Note<LimitsReport>(request);

        private Task<T> Note<T>(object asked)
        {
            Asked = asked;
            return Task.FromResult((T)Answer!);
        }
    }
}
