using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>The demo's issuer, and the web in which the documents of clients stand: one server that answers for every name, at whatever address a test says the name has.</summary>
public abstract class ClientDocumentSuite : IAsyncLifetime
{
    protected const string Id = "https://app.example/oauth/client.json";
    protected const string Redirect = "https://app.example/cb";

    private int _fetches;
    private WebApplication? _web;
    private DemoServer? _demo;
    private HttpClient? _http;

    protected static IPAddress Public { get; } = IPAddress.Parse("93.184.215.14");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Where it connected to.</summary>
    protected IList<IPEndPoint> Connected { get; } = [];

    /// <summary>The addresses of a name.</summary>
    protected Func<string, IPAddress[]> Resolve { get; set; } = _ => [Public];

    /// <summary>What stands in the web.</summary>
    protected RequestDelegate Answer { get; set; } =
        Json($$"""{"client_id":"{{Id}}","client_name":"Example App","redirect_uris":["{{Redirect}}"],"token_endpoint_auth_method":"none"}""");

    /// <summary>How often something was fetched from it.</summary>
    protected int Fetches => _fetches;

    /// <summary>How long a document may take. Long, unless a test is about it: the machine that tests may be a busy one.</summary>
    protected virtual TimeSpan FetchTimeout => TimeSpan.FromMinutes(1);

    protected HttpClient Http => _http!;

    protected Uri WebAddress => new(_web!.Urls.First());

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var certificate = Certificate();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        builder.Services.AddRoutingCore();
        _web = builder.Build();
        _web.Run(context =>
        {
            Interlocked.Increment(ref _fetches);
            return Answer(context);
        });
        await _web.StartAsync(CancellationToken.None);
        var port = WebAddress.Port;
        _demo = await DemoServer.StartAsync(
            new DemoServerOptions
            {
                GatewayUrl = new Uri("http://127.0.0.1:1"),
                TimeProvider = Time,
                DocumentTransport = new DocumentTransport
                {
                    Timeout = FetchTimeout,
                    ResolveAsync = (host, _) => Task.FromResult(Resolve(host)),
                    CertificateValidation = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(),
                    ConnectAsync = async (address, cancellationToken) =>
                    {
                        Connected.Add(address);
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                },
            },
            CancellationToken.None);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = _demo.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _demo!.DisposeAsync();
        await _web!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task RefusedAsync(string id, string says)
    {
        var shown = await new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, id, Redirect).AuthorizeUrl("calendar:read"));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        shown.Html.ShouldContain(says);
        shown.Html.ShouldContain("invalid_client");
    }

    protected static RequestDelegate Json(string text, string type = "application/json") => context =>
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).AsTask();
    };

    protected static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=app.example", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
