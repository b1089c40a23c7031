using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Tests.Issuer;

public sealed class TokenTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Theory]
    [InlineData("alice", "mercy", "doctor", "chat:write medical:write calendar:read")]
    [InlineData("nora", "mercy", "nurse", "chat:write calendar:read")]
    [InlineData("frank", "acme", "analyst", "chat:write finance:read")]
    [InlineData("carol", "acme", "contractor", "chat:write")]
    [InlineData("audrey", "mercy", "auditor", "audit:read")]
    public async Task Verifies_through_discovery(string user, string tenant, string role, string scope)
    {
        var answer = JsonNode.Parse(await (await AskAsync($$"""{"user":"{{user}}"}""")).Content.ReadAsStringAsync(Cancel))!;
        answer["token_type"]!.GetValue<string>().ShouldBe("Bearer");
        answer["expires_in"]!.GetValue<int>().ShouldBe(600);
        answer["scope"]!.GetValue<string>().ShouldBe(scope);

        var discovery = JsonNode.Parse(await demo.Http.GetStringAsync("/demo/.well-known/openid-configuration", Cancel))!;
        var keys = new JsonWebKeySet(await demo.Http.GetStringAsync(discovery["jwks_uri"]!.GetValue<string>(), Cancel));
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(answer["access_token"]!.GetValue<string>(), new TokenValidationParameters
        {
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = ["RS256"],
            ValidIssuer = discovery["issuer"]!.GetValue<string>(),
            ValidAudience = "gatewaystack",
            IssuerSigningKeys = keys.GetSigningKeys(),
        });

        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        token.Subject.ShouldBe("demo-" + user);
        token.GetPayloadValue<string>("user").ShouldBe(user);
        token.GetPayloadValue<string>("tenant").ShouldBe(tenant);
        token.GetPayloadValue<string>("org_id").ShouldBe(tenant);
        token.GetPayloadValue<string>("scope").ShouldBe(scope);
        token.GetPayloadValue<string>("client_id").ShouldBe("demo-cli");
        token.GetPayloadValue<string[]>("roles").ShouldBe([role]);
        token.GetPayloadValue<string>("name").ShouldNotBeEmpty();
        (token.GetPayloadValue<long>("exp") - token.GetPayloadValue<long>("iat")).ShouldBe(600);
    }

    [Fact]
    public async Task Is_bare_text_for_who_wants_text_and_takes_a_body_that_curl_calls_a_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/demo/token") { Content = new StringContent("""{"user":"alice","client":"chatgpt"}""", Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await demo.Http.SendAsync(request, Cancel);
        var token = new JsonWebToken(await response.Content.ReadAsStringAsync(Cancel));
        token.GetPayloadValue<string>("client_id").ShouldBe("chatgpt");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"user":"mallory"}""", HttpStatusCode.NotFound, "alice, nora, frank, carol, audrey")]
    [InlineData("{}", HttpStatusCode.NotFound, "alice, nora, frank, carol, audrey")]
    [InlineData("""{"user":"alice","client":"netscape"}""", HttpStatusCode.NotFound, "demo-cli, chatgpt, clinic-app")]
    [InlineData("""{"user":"alice","user":"nora"}""", HttpStatusCode.BadRequest, "user, client")]
    [InlineData("""{"user":"alice","password":"x"}""", HttpStatusCode.BadRequest, "user, client, resource, scope")]
    [InlineData("""{"user":["alice"]}""", HttpStatusCode.BadRequest, "user, client")]
    [InlineData("user=alice", HttpStatusCode.BadRequest, "user, client")]
    [InlineData("null", HttpStatusCode.BadRequest, "user, client")]
    [InlineData("", HttpStatusCode.BadRequest, "user, client")]
    public async Task Is_not_given_for_what_is_not_known(string body, HttpStatusCode status, string says)
    {
        using var response = await AskAsync(body);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["detail"]!.GetValue<string>().ShouldContain(says);
    }

    [Fact]
    public async Task Stays_valid_over_a_restart_where_the_key_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("gatewaystack-demo-");
        try
        {
            var options = new DemoServerOptions { KeyFolder = Path.Combine(folder.FullName, "demo") };
            var first = await KeySetAsync(options);
            var second = await KeySetAsync(options);
            second.ShouldBe(first);
            var files = Directory.GetFiles(options.KeyFolder);
            files.Select(f => Path.GetFileName(f)).ShouldBe(["demo-issuer.pem", "demo-issuer.key"], ignoreOrder: true);
            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in files)
                {
                    File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string> KeySetAsync(DemoServerOptions options)
    {
        await using var server = await DemoServer.StartAsync(options, Cancel);
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(server.Address, "/demo/jwks"), Cancel);
    }

    private Task<HttpResponseMessage> AskAsync(string body) => demo.Http.PostAsync("/demo/token", new StringContent(body), Cancel);
}
