using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Calls over TLS: only a certificate of our authority, made for the host that was called, is believed.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gatewaystack-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("localhost", true, null)]
    [InlineData("elsewhere.test", true, ModuleFault.Wiring)]
    [InlineData("localhost", false, ModuleFault.Wiring)]
    public async Task A_certificate_is_believed_for_its_own_host_and_by_our_authority_alone(string host, bool ours, ModuleFault? fault)
    {
        using var authority = Authority("ours");
        using var stranger = Authority("stranger");
        await using var server = await StartAsync(ours ? authority : stranger, host);
        using var client = Client(authority, $"https://localhost:{Port(server)}");
        await ExpectAsync(client, fault);
    }

    [Theory]
    [InlineData("policy.test", null)]
    [InlineData("localhost", ModuleFault.Wiring)]
    public async Task An_instance_found_by_a_name_proves_itself_as_that_name(string host, ModuleFault? fault)
    {
        using var authority = Authority("ours");
        await using var server = await StartAsync(authority, host);
        var endpoints = new ModuleEndpoints([], new System.Net.DnsEndPoint("policy.test", Port(server))) { LookUpAsync = (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]) };
        using var channel = new ModuleChannel(endpoints, Tls(authority).ClientOptions(), TimeProvider.System);
        using var client = new WireClient("policy", b =>
        {
            b.AddPolicyClient();
            b.Services.AddKeyedSingleton("policy", channel);
        });
        await ExpectAsync(client, fault);
    }

    [Fact]
    public async Task Cleartext_is_not_spoken_to_a_service_that_wants_TLS_nor_TLS_to_one_that_does_not()
    {
        using var authority = Authority("ours");
        await using var server = await StartAsync(authority, "localhost");
        using (var client = Client(authority, $"http://localhost:{Port(server)}"))
        {
            (await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(client))).Fault.ShouldNotBe(ModuleFault.Request);
        }

        await using var plain = await WireServer.StartAsync(
            b =>
            {
                b.Services.AddSingleton<IPolicyModule>(new PolicyDouble());
                b.AddPolicyGrpc();
            },
            app => app.MapPolicyGrpc());
        using (var client = Client(authority, plain.Address.Replace("http://", "https://", StringComparison.Ordinal)))
        {
            (await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(client))).Fault.ShouldNotBe(ModuleFault.Request);
        }
    }

    [Fact]
    public async Task A_handshake_that_does_not_come_to_its_end_in_time_is_broken_and_no_fault_of_wiring()
    {
        using var authority = Authority("ours");
        using var silent = new RawServer(RawServer.SayNothing);
        using var client = Client(authority, silent.Address.Replace("http://", "https://", StringComparison.Ordinal));
        await ExpectAsync(client, ModuleFault.Broken);
    }

    private static async Task ExpectAsync(WireClient client, ModuleFault? fault)
    {
        if (fault is null)
        {
            (await DecideAsync(client)).Permits.ShouldBeTrue();
        }
        else
        {
            (await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(client))).Fault.ShouldBe(fault.Value);
        }
    }

    private static Task<PolicyDecision> DecideAsync(WireClient client) => client.Get<IPolicyModule>().DecideAsync(Policies.Person().Asks("m"), TestContext.Current.CancellationToken);

    private static int Port(WebApplication server) => new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 authority, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=service", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, new DateTimeOffset(authority.NotBefore), new DateTimeOffset(authority.NotAfter), [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        var certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l =>
        {
            l.Protocols = HttpProtocols.Http2;
            l.UseHttps(certificate);
        }));
        builder.Services.AddSingleton<IPolicyModule>(new PolicyDouble());
        builder.AddPolicyGrpc();
        var server = builder.Build();
        server.MapPolicyGrpc();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private WireClient Client(X509Certificate2 authority, string address)
    {
        var tls = Tls(authority);
        return new WireClient(
            "policy",
            b =>
            {
                b.Services.AddSingleton(tls);
                b.AddPolicyClient();
            },
            address);
    }

    private ServiceTls Tls(X509Certificate2 authority)
    {
        var file = Path.Combine(_folder, "authority.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return new ServiceTls(new ServiceTlsOptions { Enabled = true, Authority = file });
    }
}
