using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GatewayStack.Demo.Server;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Identity as a library: the quickstart's app, with the demo's issuer.</summary>
public class IdentityAloneTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_knows_its_callers()
    {
        var data = Directory.CreateTempSubdirectory("gatewaystack-docs-");
        try
        {
            await using var issuer = await DemoServer.StartAsync(new DemoServerOptions(), Cancel);
            await using var app = IdentityAlone.Build(
            [
                "--urls=http://127.0.0.1:0", $"--Data:Path={data.FullName}", "--Logging:LogLevel:Default=None", "--Identity:Issuers:0:Name=demo",
                $"--Identity:Issuers:0:Issuer={issuer.Issuer}", "--Identity:Issuers:0:Audiences:0=gatewaystack", "--Identity:Issuers:0:Claims:UserId=/user",
            ]);
            await app.StartAsync(Cancel);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

            var stranger = await http.GetAsync("/", Cancel);
            stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            stranger.Headers.WwwAuthenticate.ToString().ShouldContain("resource_metadata=");

            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(issuer));
            (await http.GetStringAsync("/", Cancel)).ShouldBe("Hello alice");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> TokenAsync(DemoServer issuer)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, issuer.Issuer + "token");
        request.Content = new StringContent("""{"user":"alice"}""", Encoding.UTF8, "application/json");
        request.Headers.Accept.ParseAdd("text/plain");
        using var answer = await http.SendAsync(request, Cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }
}
