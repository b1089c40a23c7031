using System.Net;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Platform.Tests.Forwarding;
using GatewayStack.TestServers;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>One switch puts TLS between services: certificates of the test's own authority, over real endpoints.</summary>
public sealed class ServiceTlsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Modules_answer_by_gRPC_and_HTTP_with_TLS()
    {
        using var certificates = new TestCertificates();
        await using var host = await StartAsync("policy", certificates);
        (host.Grpc.Scheme, host.Http.Scheme).ShouldBe(("https", "https"));
        (await DecideAsync(host, certificates)).Effect.ShouldBe(PolicyEffect.Allow);

        var admin = host.Identity.Mint(TestAssertions.Alice with { Scopes = ["admin:policy"] });
        await using var door = await FrontDoorDouble.StartAsync("policy", [host.Http], admin, settings: certificates.Settings);
        using var answer = await door.Client.GetAsync(new Uri("/admin/policy", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_or_for_another_host_is_not_believed()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        using var elsewhere = new TestCertificates("policy.test");
        await using var host = await StartAsync("policy", certificates);
        (await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(host, others))).Fault.ShouldBe(ModuleFault.Wiring);
        await using var misnamed = await StartAsync("policy", elsewhere);
        (await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(misnamed, elsewhere))).Fault.ShouldBe(ModuleFault.Wiring);
        (host.Doubles.Told, misnamed.Doubles.Told).ShouldBe((null, null));

        await using var door = await FrontDoorDouble.StartAsync("policy", [host.Http], host.Identity.Mint(TestAssertions.Alice with { Scopes = ["admin:policy"] }), settings: others.Settings);
        using var answer = await door.Client.GetAsync(new Uri("/admin/policy", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_answers_in_the_clear()
    {
        using var certificates = new TestCertificates();
        await using var host = await StartAsync("policy", certificates);
        using var client = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{host.Http.Port}/health"), Stop));
    }

    [Fact]
    public void The_switch_changes_every_address_of_a_service_and_no_other()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Kestrel:Endpoints:http:Url"] = "http://0.0.0.0:8080",
            ["Kestrel:Endpoints:grpc:Url"] = "HTTP://0.0.0.0:8081",
            ["services:policy:grpc:0"] = "http://policy:8081",
            ["services:policy:grpc:1"] = "https://policy-2:8081",
            ["services:limits:grpc:0"] = "dns:///limits:8081",
            ["Identity:PublicUrl"] = "http://gateway",
        }).Build();
        ServiceTls.Rewrite(configuration).OrderBy(p => p.Key, StringComparer.Ordinal).ShouldBe(
        [
            new("Kestrel:Endpoints:grpc:Url", "https://0.0.0.0:8081"),
            new("Kestrel:Endpoints:http:Url", "https://0.0.0.0:8080"),
            new("services:policy:grpc:0", "https://policy:8081"),
        ]);
    }

    [Fact]
    public void Files_that_do_not_fit_are_told_at_the_start()
    {
        using var one = new TestCertificates();
        using var other = new TestCertificates();
        Check(one.Settings).ShouldBeEmpty();
        Check([.. one.Settings, new("Service:Tls:Key", other.Key)]).ShouldHaveSingleItem().ShouldStartWith("Service:Tls:Certificate");
        Check([.. one.Settings, new("Service:Tls:Certificate", "/no/such/file")]).ShouldHaveSingleItem().ShouldStartWith("Service:Tls:Certificate");
        Check([.. one.Settings, new("Service:Tls:Authority", one.Key)]).ShouldHaveSingleItem().ShouldStartWith("Service:Tls:Authority");
        Check([.. one.Settings, new("Service:Tls:Authority", "/no/such/file")]).ShouldHaveSingleItem().ShouldStartWith("Service:Tls:Authority");
    }

    private static IEnumerable<string> Check(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ServiceSettingsCheck(new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(p => p.Key, (_, all) => all.Last())).Build(), "policy").Check().Select(e => e.Key).Where(k => k.StartsWith("Service:Tls", StringComparison.Ordinal));

    private static Task<ModuleHost> StartAsync(string module, TestCertificates certificates) =>
        ModuleHost.StartAsync(module, builder => builder.Configuration.AddInMemoryCollection(certificates.Settings));

    private static async Task<PolicyDecision> DecideAsync(ModuleHost host, TestCertificates certificates)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(certificates.Settings);
        builder.Configuration["services:policy:grpc:0"] = host.Grpc.GetLeftPart(UriPartial.Authority);
        builder.Configuration["Service:Credential"] = ModuleHost.SecretOf("router");
        builder.Services.AddSingleton(new OwnService("router"));
        builder.Services.AddSingleton(new ServiceTls(builder.Configuration.GetSection("Service:Tls").Get<ServiceTlsOptions>()!));
        builder.AddPolicyClient();
        using var client = builder.Build();
        return await client.Services.GetRequiredService<IPolicyModule>().DecideAsync(
            new PolicyQuestion
            {
                RequestId = "r",
                Identity = TestAssertions.Alice,
                Assertion = host.Identity.Mint(TestAssertions.Alice),
                Action = GatewayActions.ModelCall,
                Content = new ContentMetadata { Status = ContentStatus.Complete },
                Now = TestAssertions.Start,
            },
            Stop);
    }
}
