using System.Net;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Common;
using GatewayStack.Wire.Security;
using Grpc.Core;
using Grpc.Net.Client;
using KeysV1 = GatewayStack.Wire.Keys.V1;
using LimitsV1 = GatewayStack.Wire.Limits.V1;
using PolicyV1 = GatewayStack.Wire.Policy.V1;
using TransformV1 = GatewayStack.Wire.Transform.V1;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>Nothing internal answers without a credential, a row and, where it is for a person, their assertion. Over real endpoints.</summary>
public sealed class InternalCallTests
{
    private static readonly Marshaller<byte[]> Raw = new(static b => b, static b => b);

    public static TheoryData<string> Modules { get; } = new("identity", "transform", "policy", "limits", "audit");

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Every_method_answers_those_in_its_row_and_nobody_else(string module)
    {
        await using var host = await ModuleHost.StartAsync(module);
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var assertion = host.Identity.Mint(TestAssertions.Alice);
        var rows = CallTable.Rows.Where(r => r.Module == module && r.Call.StartsWith('/')).ToList();
        rows.ShouldNotBeEmpty();
        foreach (var row in rows)
        {
            foreach (var service in CallTable.Services.Where(s => s != module))
            {
                var may = row.Callers.Contains(service);
                var status = await CallAsync(channel, row.Call, [(InternalHeaders.Service, service), (InternalHeaders.Credential, ModuleHost.SecretOf(service)), (InternalHeaders.Identity, assertion)]);
                // An empty message is nobody's: what matters is that the gate let it through to be found so.
                (status == StatusCode.PermissionDenied && !may).ShouldBe(!may, $"{service} calls {row.Call}: {status}");
                status.ShouldNotBe(StatusCode.Unauthenticated);
            }

            var caller = row.Callers[0];
            (string, string)[][] unproven =
            [
                [],
                [(InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, caller), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Credential, ModuleHost.SecretOf(caller)), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, caller), (InternalHeaders.Credential, ModuleHost.SecretOf(module)), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, caller), (InternalHeaders.Credential, ModuleHost.SecretOf(caller) + "x"), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, caller.ToUpperInvariant()), (InternalHeaders.Credential, ModuleHost.SecretOf(caller)), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, module), (InternalHeaders.Credential, ModuleHost.SecretOf(module)), (InternalHeaders.Identity, assertion)],
                [(InternalHeaders.Service, caller), (InternalHeaders.Service, caller), (InternalHeaders.Credential, ModuleHost.SecretOf(caller)), (InternalHeaders.Identity, assertion)],
            ];
            foreach (var headers in unproven)
            {
                (await CallAsync(channel, row.Call, headers)).ShouldBe(StatusCode.Unauthenticated, $"{row.Call} with {string.Join(' ', headers)}");
            }

            if (row.Person != PersonProof.None)
            {
                (string, string)[] proven = [(InternalHeaders.Service, caller), (InternalHeaders.Credential, ModuleHost.SecretOf(caller))];
                (await CallAsync(channel, row.Call, proven)).ShouldBe(StatusCode.Unauthenticated, row.Call);
                (await CallAsync(channel, row.Call, [.. proven, (InternalHeaders.Identity, "nonsense")])).ShouldBe(StatusCode.Unauthenticated, row.Call);
                var ended = host.Identity.Mint(TestAssertions.Alice, at: TestAssertions.Start.AddHours(-1));
                (await CallAsync(channel, row.Call, [.. proven, (InternalHeaders.Identity, ended)]) == StatusCode.Unauthenticated).ShouldBe(row.Person != PersonProof.Late, row.Call);
            }
        }

        host.Log.ShouldContain(l => l.StartsWith("9050 ", StringComparison.Ordinal));
        host.Log.ShouldAllBe(l => !l.Contains("-secret-", StringComparison.Ordinal) && !l.Contains(assertion, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Every_route_answers_those_in_its_row_and_nobody_else(string module)
    {
        await using var host = await ModuleHost.StartAsync(module);
        var everything = TestAssertions.Alice with { Scopes = [.. FrontDoorRoutes.All.Select(r => r.Scope).OfType<string>().Distinct()] };
        var assertion = host.Identity.Mint(everything);
        var unscoped = host.Identity.Mint(TestAssertions.Alice with { Scopes = [] });
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == module))
        {
            var row = CallTable.Find(module, route.Name)!;
            var method = new HttpMethod(route.Method.Split(',')[0]);
            foreach (var service in CallTable.Services.Where(s => s != module))
            {
                using var answer = await host.SendAsync(method, route.Pattern, service, ModuleHost.SecretOf(service), assertion);
                answer.StatusCode.ShouldBe(row.Callers.Contains(service) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{service} calls {route.Name}");
            }

            await RefusedAsync(host, HttpStatusCode.Unauthorized, method, route.Pattern, null, null, assertion);
            await RefusedAsync(host, HttpStatusCode.Unauthorized, method, route.Pattern, "router", ModuleHost.SecretOf("limits"), assertion);
            if (row.Person != PersonProof.None)
            {
                await RefusedAsync(host, HttpStatusCode.Unauthorized, method, route.Pattern, "router", ModuleHost.SecretOf("router"), null);
                await RefusedAsync(host, HttpStatusCode.Unauthorized, method, route.Pattern, "router", ModuleHost.SecretOf("router"), "nonsense");
            }

            if (row.Scope is not null)
            {
                await RefusedAsync(host, HttpStatusCode.Forbidden, method, route.Pattern, "router", ModuleHost.SecretOf("router"), unscoped);
            }
        }

        // The modules' own paths, by whatever door.
        using var unknown = await host.SendAsync(HttpMethod.Get, "/swagger", "router", ModuleHost.SecretOf("router"), assertion);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Health_needs_neither_and_says_a_word(string module)
    {
        await using var host = await ModuleHost.StartAsync(module);
        foreach (var path in (string[])["/alive", "/health"])
        {
            using var answer = await host.SendAsync(HttpMethod.Get, path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeOneOf("alive", "healthy");
        }

        using var channel = GrpcChannel.ForAddress(host.Grpc);
        (await CallAsync(channel, "/grpc.health.v1.Health/Check", [])).ShouldBe(StatusCode.OK);
    }

    [Fact]
    public async Task What_nobody_mapped_is_unimplemented_to_those_who_proved_themselves_only()
    {
        await using var host = await ModuleHost.StartAsync("policy");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        (string, string)[] proven = [(InternalHeaders.Service, "router"), (InternalHeaders.Credential, ModuleHost.SecretOf("router"))];
        (await CallAsync(channel, "/gatewaystack.policy.v1.PolicyModule/Invent", [])).ShouldBe(StatusCode.Unauthenticated);
        (await CallAsync(channel, "/gatewaystack.policy.v1.PolicyModule/Invent", proven)).ShouldBeOneOf(StatusCode.Unimplemented, StatusCode.PermissionDenied);
        (await CallAsync(channel, "/gatewaystack.limits.v1.LimitsModule/Reserve", proven)).ShouldBeOneOf(StatusCode.Unimplemented, StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task The_module_is_told_who_Identity_says_it_is_not_who_the_caller_says()
    {
        await using var host = await ModuleHost.StartAsync("policy");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var policy = new PolicyV1.PolicyModule.PolicyModuleClient(channel);
        var headers = Proven(host, TestAssertions.Alice);

        // A Router that was taken over makes Alice an administrator: she is what Identity vouched for.
        var promoted = TestAssertions.Alice with { Roles = ["admin"], Scopes = ["everything"], Attributes = [], Kind = IdentityKind.Service, DisplayName = "Root" };
        (await policy.DecideAsync(Question(promoted), headers, cancellationToken: TestContext.Current.CancellationToken)).Effect.ShouldBe(PolicyV1.PolicyEffect.Allow);
        host.Doubles.Told.ShouldBeEquivalentTo(TestAssertions.Alice);
        await policy.DecideManyAsync(new PolicyV1.PolicyQuestions { Questions = { Question(TestAssertions.Alice), Question(promoted) } }, headers, cancellationToken: TestContext.Current.CancellationToken);
        host.Doubles.Told.ShouldBeEquivalentTo(TestAssertions.Alice);

        var calls = host.Doubles.Calls;
        foreach (var other in (CallerIdentity[])[TestAssertions.Alice with { PersonId = "person-bob" }, TestAssertions.Alice with { Tenant = "acme" }])
        {
            await DeniedAsync(policy.DecideAsync(Question(other), headers, cancellationToken: TestContext.Current.CancellationToken));
            await DeniedAsync(policy.DecideManyAsync(new PolicyV1.PolicyQuestions { Questions = { Question(TestAssertions.Alice), Question(other) } }, headers, cancellationToken: TestContext.Current.CancellationToken));
        }

        host.Doubles.Calls.ShouldBe(calls);
        host.Log.ShouldContain(l => l.Contains("identity_differs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Texts_and_settlements_are_of_the_persons_tenant()
    {
        await using var transform = await ModuleHost.StartAsync("transform");
        using var texts = GrpcChannel.ForAddress(transform.Grpc);
        var inspect = new TransformV1.TransformModule.TransformModuleClient(texts);
        await inspect.InspectAsync(new TransformV1.InspectionRequest { RequestId = "r", Tenant = "mercy" }, Proven(transform, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken);
        foreach (var tenant in (string[])["acme", "", "Mercy"])
        {
            await DeniedAsync(inspect.InspectAsync(new TransformV1.InspectionRequest { RequestId = "r", Tenant = tenant }, Proven(transform, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken));
            await DeniedAsync(inspect.ApplyAsync(new TransformV1.EditRequest { RequestId = "r", Tenant = tenant }, Proven(transform, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken));
        }

        await using var limits = await ModuleHost.StartAsync("limits");
        using var money = GrpcChannel.ForAddress(limits.Grpc);
        var settle = new LimitsV1.LimitsModule.LimitsModuleClient(money);
        var late = Proven(limits, TestAssertions.Alice, TestAssertions.Start.AddHours(-20));
        await settle.SettleAsync(new LimitsV1.Settlement { RequestId = "r", Tenant = "mercy", PersonId = "person-alice" }, late, cancellationToken: TestContext.Current.CancellationToken);
        await DeniedAsync(settle.SettleAsync(new LimitsV1.Settlement { RequestId = "r", Tenant = "acme", PersonId = "person-alice" }, late, cancellationToken: TestContext.Current.CancellationToken));
        await DeniedAsync(settle.SettleAsync(new LimitsV1.Settlement { RequestId = "r", Tenant = "mercy", PersonId = "person-bob" }, late, cancellationToken: TestContext.Current.CancellationToken));
        await RefusedAsync(StatusCode.Unauthenticated, settle.ReserveAsync(new LimitsV1.ReservationRequest { RequestId = "r" }, late, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_response_session_is_of_the_persons_tenant()
    {
        await using var host = await ModuleHost.StartAsync("transform");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var transform = new TransformV1.TransformModule.TransformModuleClient(channel);
        foreach (var (tenant, expected) in ((string, StatusCode)[])[("mercy", StatusCode.OK), ("acme", StatusCode.PermissionDenied)])
        {
            using var call = transform.TransformResponse(Proven(host, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken);
            var first = new TransformV1.ResponseMessage { Session = new() { RequestId = "r", Tenant = tenant } };
            var status = await StatusOf(async () =>
            {
                await WriteAsync(call.RequestStream, first);
                while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                {
                }
            });
            status.ShouldBe(expected, tenant);
        }
    }

    [Fact]
    public async Task A_service_gets_the_keys_of_its_own_purposes()
    {
        await using var host = await ModuleHost.StartAsync("identity");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var keys = new KeysV1.DataKeys.DataKeysClient(channel);
        foreach (var (service, purposes) in CallTable.Rows.First(r => r.Purposes is not null).Purposes!)
        {
            var headers = new Metadata { { InternalHeaders.Service, service }, { InternalHeaders.Credential, ModuleHost.SecretOf(service) } };
            foreach (var purpose in (string[])["keyed-hash", "pseudonym", "event-personal", "invented", ""])
            {
                var expected = purposes.Contains(purpose) ? StatusCode.OK : StatusCode.PermissionDenied;
                (await StatusOf(async () => await keys.GetCurrentAsync(new() { Purpose = purpose }, headers, cancellationToken: TestContext.Current.CancellationToken))).ShouldBe(expected, $"{service} {purpose}");
                (await StatusOf(async () => await keys.FindAsync(new() { Purpose = purpose, KeyId = "k" }, headers, cancellationToken: TestContext.Current.CancellationToken))).ShouldBe(expected, $"{service} {purpose}");
            }
        }
    }

    [Fact]
    public async Task A_module_that_fails_quotes_nothing()
    {
        await using var host = await ModuleHost.StartAsync("policy");
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        host.Doubles.Failure = new InvalidOperationException("the patient's name is Smith");
        var failure = await Should.ThrowAsync<RpcException>(async () => await new PolicyV1.PolicyModule.PolicyModuleClient(channel)
            .DecideAsync(Question(TestAssertions.Alice), Proven(host, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken));
        failure.StatusCode.ShouldBe(StatusCode.Internal);
        failure.ToString().ShouldNotContain("Smith");
        host.Log.ShouldContain(l => l.StartsWith("9055 ", StringComparison.Ordinal) && l.Contains("InvalidOperationException", StringComparison.Ordinal) && !l.Contains("Smith", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_Identity_no_person_is_believed_and_it_is_the_modules_trouble()
    {
        await using var host = await ModuleHost.StartAsync("limits");
        host.Identity.Away = true;
        using var channel = GrpcChannel.ForAddress(host.Grpc);
        var limits = new LimitsV1.LimitsModule.LimitsModuleClient(channel);
        await RefusedAsync(StatusCode.Unavailable, limits.GetReportAsync(new() { Identity = CommonMapper.ToMessage(TestAssertions.Alice) }, Proven(host, TestAssertions.Alice), cancellationToken: TestContext.Current.CancellationToken));
        using var answer = await host.SendAsync(HttpMethod.Get, "/me/limits", "router", ModuleHost.SecretOf("router"), host.Identity.Mint(TestAssertions.Alice));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private static PolicyV1.PolicyQuestion Question(CallerIdentity identity) => new()
    {
        RequestId = "r",
        Identity = CommonMapper.ToMessage(identity),
        Action = "model.call",
        Content = new() { Status = GatewayStack.Wire.Common.V1.ContentStatus.Complete },
        Now = CommonMapper.ToTimestamp(TestAssertions.Start),
    };

    private static Metadata Proven(ModuleHost host, CallerIdentity person, DateTimeOffset? at = null) => new()
    {
        { InternalHeaders.Service, "router" },
        { InternalHeaders.Credential, ModuleHost.SecretOf("router") },
        { InternalHeaders.Identity, host.Identity.Mint(person, at: at) },
    };

    private static Task DeniedAsync<T>(AsyncUnaryCall<T> call) => RefusedAsync(StatusCode.PermissionDenied, call);

    private static async Task RefusedAsync<T>(StatusCode expected, AsyncUnaryCall<T> call) =>
        (await StatusOf(async () => await call)).ShouldBe(expected);

    private static async Task RefusedAsync(ModuleHost host, HttpStatusCode expected, HttpMethod method, string path, string? service, string? secret, string? assertion)
    {
        using var answer = await host.SendAsync(method, path, service, secret, assertion);
        answer.StatusCode.ShouldBe(expected, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.Contains(InternalHeaders.Refused).ShouldBeTrue();
    }

    /// <summary>Sends an empty message to any method, and says how it ended.</summary>
    private static Task<StatusCode> CallAsync(GrpcChannel channel, string method, IEnumerable<(string Name, string Value)> headers)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in headers)
        {
            metadata.Add(name, value);
        }

        var parts = method.Split('/');
        var described = new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], Raw, Raw);
        return StatusOf(async () =>
        {
            using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(described, null, new CallOptions(metadata, null, TestContext.Current.CancellationToken));
            await WriteAsync(call.RequestStream, []);
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
            }
        });
    }

    /// <summary>A call that was refused at the door may end while it is written to; how it ended is read afterwards.</summary>
    private static async Task WriteAsync<T>(IClientStreamWriter<T> stream, T message)
    {
        try
        {
            await stream.WriteAsync(message, TestContext.Current.CancellationToken);
            await stream.CompleteAsync();
        }
        catch (RpcException)
        {
            // Read below.
        }
    }

    private static async Task<StatusCode> StatusOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
