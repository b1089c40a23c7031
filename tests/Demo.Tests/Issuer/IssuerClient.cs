using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>A client application as the issuer sees it: PKCE, an authorization request, a token request.</summary>
internal sealed class IssuerClient(HttpClient http, string clientId, string redirectUri)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string ClientId => clientId;

    public string RedirectUri => redirectUri;

    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>The address a client opens in the browser.</summary>
    /// <param name="scope">What it asks for; null asks for nothing in particular.</param>
    /// <param name="change">Adds parameters; a null removes one.</param>
    public string AuthorizeUrl(string? scope, params (string Name, string? Value)[] change)
    {
        List<(string Name, string? Value)> all =
        [
            ("response_type", "code"), ("client_id", clientId), ("redirect_uri", redirectUri), ("scope", scope), ("state", "s-1"),
            ("code_challenge", Challenge), ("code_challenge_method", "S256"),
        ];
        foreach (var one in change)
        {
            all.RemoveAll(p => p.Name == one.Name);
            all.Add(one);
        }

        return "/demo/authorize?" + string.Join('&', all.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
    }

    /// <summary>Asks for tokens.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Json)> TokenAsync(params (string Name, string? Value)[] fields)
    {
        using var response = await http.PostAsync(
            "/demo/connect/token",
            new FormUrlEncodedContent(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!))),
            Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        text.ShouldNotBeEmpty($"{(int)response.StatusCode}");
        return (response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>Redeems a code.</summary>
    public Task<(HttpStatusCode Status, JsonObject Json)> RedeemAsync(string code, params (string Name, string? Value)[] change)
    {
        Dictionary<string, string?> fields = new(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = clientId,
            ["code_verifier"] = Verifier,
        };
        foreach (var (name, value) in change)
        {
            fields[name] = value;
        }

        return TokenAsync([.. fields.Select(f => (f.Key, f.Value))]);
    }

    /// <summary>Renews.</summary>
    public Task<(HttpStatusCode Status, JsonObject Json)> RefreshAsync(string token, params (string Name, string? Value)[] more) =>
        TokenAsync([("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", clientId), .. more]);

    /// <summary>What an answer at the redirect address says.</summary>
    public Dictionary<string, string> Answer(Uri location)
    {
        location.OriginalString.ShouldStartWith(redirectUri + "?");
        var query = HttpUtility.ParseQueryString(location.Query);
        return query.AllKeys.ToDictionary(k => k!, k => query[k]!, StringComparer.Ordinal);
    }
}
