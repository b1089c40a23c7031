using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>Signs in at an OpenID provider as a browser and an application would.</summary>
internal sealed partial class SignIn : IDisposable
{
    private const string Callback = "http://127.0.0.1/callback";
    private const int MostSteps = 20;

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false });

    /// <summary>The authorization code flow with PKCE: sign-in and consent by the provider's own forms.</summary>
    /// <returns>The access and the ID token.</returns>
    public static async Task<(string AccessToken, string IdToken)> PersonAsync(OpenIdProvider provider, string user, string scope = "chat:write")
    {
        using var signIn = new SignIn();
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var start = $"{provider.Url}/auth?client_id=app&response_type=code&scope={Uri.EscapeDataString("openid " + scope)}"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&code_challenge={challenge}&code_challenge_method=S256&resource={Uri.EscapeDataString(OpenIdProvider.Audience)}";
        var code = await signIn.CodeAsync(new Uri(start), user);
        var tokens = await signIn.TokensAsync(provider, new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "app",
            ["code"] = code,
            ["code_verifier"] = verifier,
            ["redirect_uri"] = Callback,
            ["resource"] = OpenIdProvider.Audience,
        });
        return (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()!);
    }

    /// <summary>A program's own token: client credentials.</summary>
    public static async Task<string> ServiceAsync(OpenIdProvider provider, string scope = "chat:write")
    {
        using var signIn = new SignIn();
        var tokens = await signIn.TokensAsync(provider, new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = OpenIdProvider.Robot,
            ["client_secret"] = "robot-secret",
            ["scope"] = scope,
            ["resource"] = OpenIdProvider.Audience,
        });
        return tokens.GetProperty("access_token").GetString()!;
    }

    /// <summary>Has the provider take an access token back.</summary>
    public static async Task RevokeAsync(OpenIdProvider provider, string token)
    {
        using var signIn = new SignIn();
        using var content = new FormUrlEncodedContent([new("token", token), new("client_id", "app")]);
        using var response = await signIn._browser.PostAsync(new Uri(provider.Url + "/token/revocation"), content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose() => _browser.Dispose();

    private async Task<string> CodeAsync(Uri url, string user)
    {
        var response = await _browser.GetAsync(url, TestContext.Current.CancellationToken);
        for (var step = 0; step < MostSteps; step++)
        {
            if (response.Headers.Location is { } location)
            {
                url = new Uri(url, location);
                if (url.AbsoluteUri.StartsWith(Callback, StringComparison.Ordinal))
                {
                    return Code().Match(url.Query).Groups["code"].Value;
                }

                response = await _browser.GetAsync(url, TestContext.Current.CancellationToken);
                continue;
            }

            var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var action = Form().Match(page).Groups["action"].Value;
            action.ShouldNotBeEmpty(page);
            var form = page.Contains("name=\"login\"", StringComparison.Ordinal)
                ? new Dictionary<string, string>(StringComparer.Ordinal) { ["prompt"] = "login", ["login"] = user, ["password"] = "any" }
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["prompt"] = "consent" };
            url = new Uri(url, action);
            using var content = new FormUrlEncodedContent(form);
            response = await _browser.PostAsync(url, content, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException("The sign-in did not end.");
    }

    private async Task<JsonElement> TokensAsync(OpenIdProvider provider, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _browser.PostAsync(new Uri(provider.Url + "/token"), content, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonElement.Parse(body);
    }

    [GeneratedRegex("""<form[^>]* action="(?<action>[^"]+)" """, RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("[?&]code=(?<code>[^&]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
