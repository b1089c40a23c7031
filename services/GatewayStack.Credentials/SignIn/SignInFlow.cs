using GatewayStack.Credentials.Discovery;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Issuers;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Credentials.SignIn;

/// <summary>Signs a person in at the issuer that a gateway trusts.</summary>
internal sealed class SignInFlow(OAuthHttp http, ISignInPrompts prompts, TimeProvider time)
{
    private const string OfflineAccess = "offline_access";
    private const string DemoClient = "demo-cli";

    private readonly IssuerDiscovery _discovery = new(http);
    private readonly TokenEndpoint _tokens = new(http, time);

    /// <summary>With a browser on this machine (authorization code, PKCE, RFC 8252).</summary>
    /// <exception cref="CredentialException">Nobody signed in.</exception>
    public async Task<StoredLogin> WithBrowserAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request, cancellationToken);
        var authorize = SafeAddress.Read(found.Server.AuthorizationEndpoint, "the issuer's authorization endpoint");
        // A list without S256 means that the verifier would not be looked at. Some issuers have no list, and PKCE all the same.
        if (found.Server.CodeChallengeMethodsSupported is { } methods && !methods.Contains(Pkce.Method, StringComparer.Ordinal))
        {
            throw new CredentialException(CredentialFault.Refused, $"the issuer {found.Issuer} does not offer PKCE with {Pkce.Method}");
        }

        using var listener = LoopbackListener.Start(request.Redirect);
        var redirect = listener.Redirect.AbsoluteUri;
        var client = await ClientAsync(request, found, cancellationToken);
        var (verifier, state) = (Pkce.Random(), Pkce.Random());
        (string, string?)[] query =
        [
            ("response_type", "code"), ("client_id", client), ("redirect_uri", redirect), ("scope", Scope(request, found)), ("state", state),
            ("code_challenge", Pkce.Challenge(verifier)), ("code_challenge_method", Pkce.Method), ("resource", Named(request, found)),
        ];
        using var patience = new CancellationTokenSource(request.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        AuthorizationAnswer answer;
        try
        {
            await prompts.OpenAsync(WithQuery(authorize, query), either.Token);
            answer = await listener.AnswerAsync(state, answer => Problem(answer, found) is null, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialException(CredentialFault.SignInRequired, $"nobody signed in within {request.Patience.TotalMinutes:0.#} minutes", e);
        }

        if (Problem(answer, found) is { } problem)
        {
            throw problem;
        }

        (string, string?)[] form =
            [("grant_type", "authorization_code"), ("code", answer.Code), ("redirect_uri", redirect), ("client_id", client), ("code_verifier", verifier), ("resource", Named(request, found))];
        return await ExchangeAsync(request, found, client, form, cancellationToken);
    }

    /// <summary>With a browser on another device (RFC 8628).</summary>
    /// <exception cref="CredentialException">Nobody signed in.</exception>
    public async Task<StoredLogin> WithDeviceAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request, cancellationToken);
        if (found.Server.DeviceAuthorizationEndpoint is null)
        {
            throw new CredentialException(CredentialFault.Refused, $"the issuer {found.Issuer} gives no device codes: sign in without --device");
        }

        var client = await ClientAsync(request, found, cancellationToken);
        var device = new DeviceAuthorization(http, _tokens, prompts, time);
        (string, string?)[] form = [("client_id", client), ("scope", Scope(request, found)), ("resource", Named(request, found))];
        return Login(request, found, client, await device.RunAsync(found.Server, client, form, request.Patience, cancellationToken));
    }

    private async Task<Discovered> FindAsync(SignInRequest request, CancellationToken cancellationToken) =>
        SafeAddress.IsSafe(request.Gateway) && SafeAddress.IsSafe(request.Resource ?? request.Gateway)
            ? await _discovery.FindAsync(request.Resource ?? request.Gateway, request.Issuer, cancellationToken)
            : throw new CredentialException(CredentialFault.Refused, "a gateway is called over https, or on this machine");

    private async Task<StoredLogin> ExchangeAsync(SignInRequest request, Discovered found, string client, (string, string?)[] form, CancellationToken cancellationToken)
    {
        var endpoint = SafeAddress.Read(found.Server.TokenEndpoint, "the issuer's token endpoint");
        return await _tokens.AskAsync(endpoint, form, client: null, cancellationToken) switch
        {
            TokenResult.Issued issued => Login(request, found, client, issued),
            TokenResult.Refused refused =>
                throw new CredentialException(CredentialFault.Refused, $"the issuer {found.Issuer} refused: {refused.Error} {refused.Description}".TrimEnd()),
            _ => throw new InvalidOperationException("A token endpoint issues or refuses."),
        };
    }

    private static StoredLogin Login(SignInRequest request, Discovered found, string client, TokenResult.Issued issued) => new()
    {
        Gateway = request.Gateway.GetLeftPart(UriPartial.Authority),
        Resource = found.Resource,
        OmitsResource = request.OmitsResource,
        Issuer = found.Issuer,
        ClientId = client,
        TokenEndpoint = found.Server.TokenEndpoint!,
        RevocationEndpoint = found.Server.RevocationEndpoint,
        Scope = issued.Scope ?? Scope(request, found),
        AccessToken = issued.AccessToken.Value,
        IssuedAt = issued.IssuedAt,
        ExpiresAt = issued.AccessToken.ExpiresAt,
        RefreshToken = issued.RefreshToken,
    };

    private async Task<string> ClientAsync(SignInRequest request, Discovered found, CancellationToken cancellationToken)
    {
        if (request.ClientId is not null)
        {
            return request.ClientId;
        }

        if (IsDemo(request, found))
        {
            return DemoClient;
        }

        return request.Known is { } known && known.Issuer == found.Issuer
            ? known.ClientId
            : await new Registration(http).RegisterAsync(found.Server, LoopbackListener.Registered(request.Redirect), cancellationToken);
    }

    private static string? Named(SignInRequest request, Discovered found) => request.OmitsResource ? null : found.Resource;

    private static bool IsDemo(SignInRequest request, Discovered found) => found.Issuer == request.Gateway.GetLeftPart(UriPartial.Authority) + "/demo/";

    // Without offline_access there is no refresh token. Issuers that do not list it would refuse it (Google, Cognito).
    private static string? Scope(SignInRequest request, Discovered found)
    {
        // The demo's people have very different scopes: whoever signs in there gets their own.
        var usual = request.Resource is null && IsDemo(request, found) ? [] : found.Scopes;
        var scopes = request.Scope is { } asked ? asked.Split(' ', StringSplitOptions.RemoveEmptyEntries) : usual;
        var offline = found.Server.ScopesSupported?.Contains(OfflineAccess, StringComparer.Ordinal) ?? true;
        var all = (offline ? scopes.Append(OfflineAccess) : scopes).Distinct(StringComparer.Ordinal).ToList();
        return all.Count == 0 ? null : string.Join(' ', all);
    }

    // An answer of another issuer than the one that was asked (RFC 9207) would send this one's code to that one's endpoint.
    private static CredentialException? Problem(AuthorizationAnswer answer, Discovered found)
    {
        if (answer.Issuer is null ? found.Server.AuthorizationResponseIssParameterSupported : !string.Equals(answer.Issuer, found.Issuer, StringComparison.Ordinal))
        {
            return new CredentialException(CredentialFault.Refused, $"the answer does not say that it comes from {found.Issuer}: it is not used");
        }

        if (answer.Error is { } error)
        {
            var description = answer.ErrorDescription is { Length: > 0 } text ? $" ({Readable.Line(text, 200)})" : string.Empty;
            return new CredentialException(CredentialFault.Refused, $"the issuer {found.Issuer} refused: {Readable.Line(error, 60)}{description}");
        }

        return string.IsNullOrEmpty(answer.Code) ? new CredentialException(CredentialFault.Refused, "the answer has no code") : null;
    }

    private static Uri WithQuery(Uri address, IEnumerable<(string Name, string? Value)> query)
    {
        var pairs = query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}");
        var start = address.Query.Length == 0 ? "?" : "&";
        return new Uri(address.AbsoluteUri + start + string.Join('&', pairs));
    }
}
