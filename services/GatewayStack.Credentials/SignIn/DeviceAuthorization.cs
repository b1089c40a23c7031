using System.Net;
using GatewayStack.Credentials.Discovery;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Issuers;

namespace GatewayStack.Credentials.SignIn;

/// <summary>Waits for somebody who signs in on another device (RFC 8628).</summary>
internal sealed class DeviceAuthorization(OAuthHttp http, TokenEndpoint tokens, ISignInPrompts prompts, TimeProvider time)
{
    // RFC 8628, 3.2 and 3.5.
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowerBy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    /// <summary>Shows the code, and asks until it was entered.</summary>
    /// <param name="server">The issuer.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="form">What the device asks for.</param>
    /// <param name="patience">How long to wait at most; the code may end earlier.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CredentialException">Nobody signed in.</exception>
    public async Task<TokenResult.Issued> RunAsync(ServerMetadata server, string clientId, (string, string?)[] form, TimeSpan patience, CancellationToken cancellationToken)
    {
        var endpoint = SafeAddress.Read(server.TokenEndpoint, "the issuer's token endpoint");
        var device = await StartAsync(SafeAddress.Read(server.DeviceAuthorizationEndpoint, "the issuer's device authorization endpoint"), form, cancellationToken);
        var life = device.ExpiresIn is > 0 and var seconds && seconds < patience.TotalSeconds ? TimeSpan.FromSeconds(seconds) : patience;
        var end = time.GetUtcNow() + life;
        var interval = device.Interval is > 0 and var said ? TimeSpan.FromSeconds(Math.Min(said, LongestInterval.TotalSeconds)) : UsualInterval;
        (string, string?)[] question = [("grant_type", GrantTypes.DeviceCode), ("device_code", device.DeviceCode), ("client_id", clientId)];
        while (true)
        {
            await Task.Delay(interval, time, cancellationToken);
            if (time.GetUtcNow() >= end)
            {
                throw Expired();
            }

            switch (await AskAsync(endpoint, question, cancellationToken))
            {
                case TokenResult.Issued issued:
                    return issued;
                case null or TokenResult.Refused { Error: "slow_down" }:
                    interval += SlowerBy;
                    break;
                case TokenResult.Refused { Error: "authorization_pending" }:
                    break;
                case TokenResult.Refused { Error: "expired_token" }:
                    throw Expired();
                case TokenResult.Refused { Error: "access_denied" }:
                    throw new CredentialException(CredentialFault.Refused, "it was not allowed");
                case TokenResult.Refused refused:
                    throw new CredentialException(CredentialFault.Refused, $"the issuer {server.Issuer} refused: {refused.Error} {refused.Description}".TrimEnd());
            }
        }
    }

    // An issuer that is away for a moment is asked again, at a longer interval, as RFC 8628 3.5 says of timeouts.
    private async Task<TokenResult?> AskAsync(Uri endpoint, (string, string?)[] question, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.AskAsync(endpoint, question, client: null, cancellationToken);
        }
        catch (CredentialException e) when (e.Fault is CredentialFault.Unreachable)
        {
            return null;
        }
    }

    private async Task<DeviceAnswer> StartAsync(Uri address, (string Name, string? Value)[] form, CancellationToken cancellationToken)
    {
        var fields = form.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!));
        var (status, body) = await http.PostAsync(address, fields, client: null, cancellationToken);
        if (status == HttpStatusCode.OK && OAuthHttp.Parse(body, IssuerJson.Default.DeviceAnswer) is { DeviceCode: { Length: > 0 }, UserCode: { Length: > 0 } code } device)
        {
            var page = SafeAddress.Read(device.VerificationUri, "the page that the issuer names");
            var complete = device.VerificationUriComplete is { } address2 ? SafeAddress.Read(address2, "the page that the issuer names") : null;
            await prompts.ShowCodeAsync(page, Readable.Line(code, 60), complete, cancellationToken);
            return device;
        }

        var why = OAuthHttp.Parse(body, IssuerJson.Default.ErrorAnswer) is { Error: not null } error ? Readable.Line($"{error.Error} {error.ErrorDescription}", 200).TrimEnd()
            : $"it answered {(int)status}";
        throw new CredentialException((int)status >= 500 ? CredentialFault.Unreachable : CredentialFault.Refused, $"the issuer gives no device code: {why}");
    }

    private static CredentialException Expired() => new(CredentialFault.SignInRequired, "nobody signed in before the code expired");
}
