using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GatewayStack.Credentials.Http;

namespace GatewayStack.Credentials.Issuers;

/// <summary>An issuer's token endpoint (RFC 6749), and its revocation endpoint (RFC 7009).</summary>
internal sealed class TokenEndpoint(OAuthHttp http, TimeProvider time)
{
    // What an issuer says nothing about is taken for short: a renewal too many costs less than a refused call.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    private static readonly string[] Secrets = ["refresh_token", "code", "code_verifier", "client_secret", "device_code", "token"];

    /// <summary>Asks for tokens.</summary>
    /// <param name="address">The endpoint.</param>
    /// <param name="form">What is asked; null values are left out.</param>
    /// <param name="client">How a confidential client proves itself; null for a public one, whose id stands in the form.</param>
    /// <param name="cancellationToken">Ends the wait. Once it is sent, a refresh token may be used up.</param>
    /// <exception cref="CredentialException">Nobody answers, or the answer is not one.</exception>
    public async Task<TokenResult> AskAsync(Uri address, IReadOnlyList<(string Name, string? Value)> form, AuthenticationHeaderValue? client, CancellationToken cancellationToken)
    {
        var fields = form.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)).ToList();
        var asked = time.GetUtcNow();
        var (status, body) = await http.PostAsync(address, fields, client, cancellationToken);
        if (status == HttpStatusCode.OK)
        {
            return Issued(address, OAuthHttp.Parse(body, IssuerJson.Default.TokenAnswer), asked);
        }

        if ((int)status >= 500 || status == HttpStatusCode.TooManyRequests)
        {
            throw new CredentialException(CredentialFault.Unreachable, $"{OAuthHttp.Name(address)} answered {(int)status}: try again later");
        }

        if (OAuthHttp.Parse(body, IssuerJson.Default.ErrorAnswer) is { Error: { Length: > 0 } error } answer)
        {
            return new TokenResult.Refused(Readable.Line(error, 60), Description(answer.ErrorDescription, fields, client));
        }

        throw new CredentialException(CredentialFault.Refused, $"{OAuthHttp.Name(address)} answered {(int)status}, and not as a token endpoint does");
    }

    /// <summary>Makes a refresh token worthless, and with it the tokens that came from it.</summary>
    /// <exception cref="CredentialException">It was not revoked.</exception>
    public async Task RevokeAsync(Uri address, string clientId, string refreshToken, CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] form = [new("token", refreshToken), new("token_type_hint", "refresh_token"), new("client_id", clientId)];
        var (status, _) = await http.PostAsync(address, form, client: null, cancellationToken);
        if (status != HttpStatusCode.OK)
        {
            throw new CredentialException((int)status >= 500 ? CredentialFault.Unreachable : CredentialFault.Refused, $"{OAuthHttp.Name(address)} answered {(int)status}");
        }
    }

    /// <summary>A client id and secret as RFC 6749, 2.3.1 sends them.</summary>
    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}")));

    private static TokenResult.Issued Issued(Uri address, TokenAnswer? answer, DateTimeOffset asked)
    {
        // A token of another type (DPoP) cannot be sent as a bearer token: it would only be refused, and less clearly.
        if (answer is null || !AccessToken.IsToken(answer.AccessToken) || !string.Equals(answer.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw new CredentialException(CredentialFault.Refused, $"{OAuthHttp.Name(address)} issued no bearer token");
        }

        var lifetime = answer.ExpiresIn switch
        {
            > 0 and var seconds => TimeSpan.FromSeconds(Math.Min(seconds, LongestLife.TotalSeconds)),
            _ => Unsaid,
        };
        return new TokenResult.Issued(new AccessToken(answer.AccessToken!, asked + lifetime, lifetime), asked, string.IsNullOrEmpty(answer.RefreshToken) ? null
            : answer.RefreshToken, answer.Scope);
    }

    // An issuer that quotes what it was sent would put it on a screen, and into logs.
    private static string Description(string? text, List<KeyValuePair<string, string>> form, AuthenticationHeaderValue? client)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return string.Empty;
        }

        var quotes = form.Any(f => Secrets.Contains(f.Key) && text.Contains(f.Value, StringComparison.Ordinal));
        return quotes || client is not null ? string.Empty : Readable.Line(text, 200);
    }
}
