using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Signing in as clients and people do.</summary>
public sealed class SignInTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Calendar => demo.Gateway.Address.GetLeftPart(UriPartial.Authority) + "/mcp/calendar";

    private IssuerClient Cli => new(demo.Http, "demo-cli", "http://127.0.0.1:53219/callback");

    [Fact]
    public async Task A_client_that_knows_only_the_address_gets_a_token_for_a_resource()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var answer = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read offline_access", ("resource", Calendar)), "alice")).Location.ShouldNotBeNull());
        answer["state"].ShouldBe("s-1");
        answer["iss"].ShouldBe(demo.Server.Issuer);
        var (status, json) = await client.RedeemAsync(answer["code"], ("resource", Calendar));
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        var token = new JsonWebToken(json["access_token"]!.GetValue<string>());
        token.Typ.ShouldBe("at+jwt");
        token.Issuer.ShouldBe(demo.Server.Issuer);
        token.Audiences.ShouldBe([Calendar]);
        token.Subject.ShouldBe("demo-alice");
        token.GetPayloadValue<string>("client_id").ShouldBe("demo-cli");
        token.GetPayloadValue<string>("scope").ShouldBe("calendar:read offline_access");
        json["scope"]!.GetValue<string>().ShouldBe("calendar:read offline_access");
        json["expires_in"]!.GetValue<int>().ShouldBeInRange(595, 600);
        json["refresh_token"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Metadata_says_what_clients_need_at_every_address()
    {
        foreach (var path in new[]
        {
            "/demo/.well-known/openid-configuration", "/demo/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/demo",
            "/.well-known/oauth-authorization-server/demo/", "/.well-known/openid-configuration/demo", "/.well-known/openid-configuration/demo/",
        })
        {
            var metadata = JsonNode.Parse(await demo.Http.GetStringAsync(path, Cancel))!;
            metadata["issuer"]!.GetValue<string>().ShouldBe(demo.Server.Issuer);
            metadata["authorization_endpoint"]!.GetValue<string>().ShouldBe(demo.Server.Issuer + "authorize");
            metadata["token_endpoint"]!.GetValue<string>().ShouldBe(demo.Server.Issuer + "connect/token");
            metadata["registration_endpoint"]!.GetValue<string>().ShouldBe(demo.Server.Issuer + "connect/register");
            metadata["jwks_uri"]!.GetValue<string>().ShouldBe(demo.Server.Issuer + "jwks");
            Texts(metadata, "code_challenge_methods_supported").ShouldBe(["S256"]);
            Texts(metadata, "token_endpoint_auth_methods_supported").ShouldBe(["none"]);
            metadata["client_id_metadata_document_supported"]!.GetValue<bool>().ShouldBeTrue();
            metadata["authorization_response_iss_parameter_supported"]!.GetValue<bool>().ShouldBeTrue();
            Texts(metadata, "grant_types_supported").ShouldBe(["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"], ignoreOrder: true);
            Texts(metadata, "scopes_supported").ShouldBe(
                [
                    "openid", "profile", "offline_access", "chat:write", "medical:write", "calendar:read", "calendar:write", "clients:manage", "finance:read", "audit:read",
                    "admin:limits", "admin:audit", "admin:standing", "admin:identity",
                ],
                ignoreOrder: true);
        }
    }

    private static string[] Texts(JsonNode metadata, string name) => [.. metadata[name]!.AsArray().Select(v => v!.GetValue<string>())];
}
