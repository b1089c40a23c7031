using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using GatewayStack.TestServers;
using GatewayStack.Wire.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>A renewed certificate is shown without a restart, with those between it and the authority.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private readonly TestCertificates _files = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly LogLines _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _log.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_renewed_certificate_is_taken_when_its_files_are_looked_at_again()
    {
        var certificate = Read();
        var first = certificate.Current.TargetCertificate.SerialNumber;
        _files.Issue();
        certificate.Current.TargetCertificate.SerialNumber.ShouldBe(first);
        _time.Advance(TimeSpan.FromSeconds(30));
        certificate.Current.TargetCertificate.SerialNumber.ShouldNotBe(first);
        (await _log.WrittenAsync(9056)).ShouldBe(_log.All.ShouldHaveSingleItem());
    }

    [Theory]
    [InlineData("certificate", null)]
    [InlineData("certificate", "-----BEGIN CERTIFICATE-----\nMIIB")]
    [InlineData("key", null)]
    [InlineData("key", "")]
    [InlineData("key", "of another")]
    [InlineData("certificate and key", "of another")]
    public async Task What_cannot_be_used_leaves_the_one_before_and_a_later_one_is_taken_all_the_same(string file, string? text)
    {
        var certificate = Read();
        var first = certificate.Current.TargetCertificate.SerialNumber;
        var path = file == "key" ? _files.Key : _files.Certificate;
        using var other = new TestCertificates();
        if (text is null)
        {
            File.Delete(path);
        }
        else if (file == "certificate and key")
        {
            File.Copy(other.Certificate, _files.Certificate, overwrite: true);
            File.Copy(other.Key, _files.Key, overwrite: true);
        }
        else
        {
            File.WriteAllText(path, text == "of another" ? File.ReadAllText(other.Key) : text);
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        certificate.Current.TargetCertificate.SerialNumber.ShouldBe(first);
        var line = await _log.WrittenAsync(9057);
        _log.All.ShouldHaveSingleItem().ShouldBe(line);
        line.ShouldNotContain("BEGIN");

        _files.Issue();
        _time.Advance(TimeSpan.FromSeconds(30));
        certificate.Current.TargetCertificate.SerialNumber.ShouldNotBe(first);
    }

    [Fact]
    public async Task One_that_has_ended_is_not_taken()
    {
        var certificate = Read();
        var first = certificate.Current.TargetCertificate.SerialNumber;
        _files.Issue();
        _time.Advance(TimeSpan.FromHours(2));
        certificate.Current.TargetCertificate.SerialNumber.ShouldBe(first);
        (await _log.WrittenAsync(9057)).ShouldContain("NotTimeValid");
    }

    [Fact]
    public async Task Whoever_connects_is_shown_the_certificate_in_use_and_all_between_it_and_the_authority()
    {
        await using var host = await ModuleHost.StartAsync("policy", builder =>
        {
            builder.Configuration.AddInMemoryCollection(_files.Settings);
            builder.Services.AddSingleton(Read());
        });
        var first = await ConnectAsync(host.Http.Port);
        _files.Issue(between: true);
        _time.Advance(TimeSpan.FromSeconds(30));
        foreach (var port in (int[])[host.Http.Port, host.Grpc.Port])
        {
            (await ConnectAsync(port)).ShouldNotBe(first);
        }
    }

    private ServerCertificate Read() => new(_files.Certificate, _files.Key, new ServiceTls(new ServiceTlsOptions { Enabled = true, Authority = _files.Authority }), _time, new LoggerFactory([_log]).CreateLogger<ServerCertificate>());

    /// <summary>Connects as a client that believes the authority alone, and says which certificate it was shown.</summary>
    private async Task<string> ConnectAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
        await using var tls = new SslStream(socket.GetStream());
        var options = new ServiceTls(new ServiceTlsOptions { Enabled = true, Authority = _files.Authority }).ClientOptions();
        options.TargetHost = "127.0.0.1";
        options.ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
        await tls.AuthenticateAsClientAsync(options, Stop);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }
}
