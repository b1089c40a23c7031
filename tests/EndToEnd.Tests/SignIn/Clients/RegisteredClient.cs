using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using Microsoft.AspNetCore.WebUtilities;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>An application that the issuer knows beforehand: the authorization code flow with PKCE, as its own code would do it.</summary>
/// <param name="Id">Its client id; for some the URL of its metadata document.</param>
/// <param name="RedirectUri">Where the browser brings the code.</param>
internal sealed record RegisteredClient(string Id, string RedirectUri)
{
    /// <summary>Signs somebody in.</summary>
    /// <param name="issuer">The issuer, ending in a slash.</param>
    /// <param name="browser">Their browser.</param>
    /// <param name="visitor">Who they are.</param>
    /// <param name="scope">What is asked for.</param>
    /// <param name="resource">What the token is for; null for what the issuer takes as its default.</param>
    /// <returns>The access token.</returns>
    public async Task<string> SignInAsync(string issuer, BrowserSession browser, Visitor visitor, string scope, Uri? resource)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var http = new HttpClient();
        var metadata = JsonElement.Parse(await http.GetStringAsync(new Uri(issuer + ".well-known/openid-configuration"), cancel));
        metadata.GetProperty("issuer").GetString().ShouldBe(issuer);
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var state = Guid.NewGuid().ToString("N");
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = Id,
            ["redirect_uri"] = RedirectUri,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
            ["state"] = state,
            ["scope"] = scope,
            ["resource"] = resource?.AbsoluteUri,
        };
        var start = QueryHelpers.AddQueryString(metadata.GetProperty("authorization_endpoint").GetString()!, query);
        var answer = QueryHelpers.ParseQuery((await browser.VisitAsync(new Uri(start), visitor)).Query);
        answer.ShouldNotContainKey("error");
        (answer["state"].ToString(), answer["iss"].ToString()).ShouldBe((state, issuer));
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Id,
            ["code"] = answer["code"].ToString(),
            ["code_verifier"] = verifier,
            ["redirect_uri"] = RedirectUri,
        };
        if (resource is not null)
        {
            form["resource"] = resource.AbsoluteUri;
        }

        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri(metadata.GetProperty("token_endpoint").GetString()!), content, cancel);
        var body = await response.Content.ReadAsStringAsync(cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonElement.Parse(body).GetProperty("access_token").GetString()!;
    }
}
