using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers.Protection;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>
/// A real authorization server (OpenIddict) behind a real socket. Its access tokens for people may be encrypted: to everybody but the issuer they are opaque. It answers
/// for them, and exchanges them for signed ones.
/// </summary>
public sealed class OpenIddictIssuer : IAsyncDisposable
{
    public const string ClientId = "gateway";
    public const string Secret = "gateway-secret";

    private static readonly HttpClient Http = new();

    private readonly WebApplication _app;

    private OpenIddictIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/";

    public static async Task<OpenIddictIssuer> StartAsync(bool encrypted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(options => Configure(options, encrypted));
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        await app.StartAsync();
        return new OpenIddictIssuer(app);
    }

    public IssuerOptions Options() => new()
    {
        Name = "openiddict",
        Issuer = Url,
        Audiences = ["gateway"],
        Client = new IssuerClientOptions { Id = ClientId, Secret = Secret },
    };

    /// <summary>Signs somebody in, the short way.</summary>
    public async Task<string> SignInAsync(string person, string audience = "gateway")
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "password"), new("username", person), new("password", "x"), new("scope", "chat:write"), new("client_id", ClientId), new("client_secret", Secret), new("for", audience),
        ]);
        using var response = await Http.PostAsync(new Uri(Url + "connect/token"), form, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonNode.Parse(body)!["access_token"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(OpenIddictServerBuilder options, bool encrypted)
    {
        options.SetTokenEndpointUris("connect/token").SetIntrospectionEndpointUris("connect/introspect").SetConfigurationEndpointUris(".well-known/openid-configuration").SetJsonWebKeySetEndpointUris("jwks");
        options.AllowPasswordFlow().AllowTokenExchangeFlow().RegisterScopes("chat:write", "events.read").RegisterAudiences("calendar", "clinic", "gateway");
        options.AddEphemeralEncryptionKey().AddEphemeralSigningKey().EnableDegradedMode();
        options.UseAspNetCore().DisableTransportSecurityRequirement();
        if (!encrypted)
        {
            options.DisableAccessTokenEncryption();
        }

        options.AddEventHandler<GenerateTokenContext>(handler => handler.SetOrder(AttachSecurityCredentials.Descriptor.Order + 1).UseInlineHandler(context =>
        {
            if (context.Transaction.Request?.IsTokenExchangeGrantType() == true)
            {
                context.EncryptionCredentials = null;
            }

            return default;
        }));
        options.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != Secret)
            {
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            }

            return default;
        }));
        options.AddEventHandler<ValidateIntrospectionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != ClientId || context.ClientSecret != Secret)
            {
                context.Reject(OpenIddictConstants.Errors.InvalidClient);
            }

            return default;
        }));
        // Without its stores the server leaves out what the application put into a token.
        options.AddEventHandler<HandleIntrospectionRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Scopes.UnionWith(context.GenericTokenPrincipal.GetScopes());
            return default;
        }));
        options.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var subject = context.Request.IsTokenExchangeGrantType() ? context.SubjectTokenPrincipal!.GetClaim("sub")! : context.Request.Username!;
            var audience = context.Request.IsTokenExchangeGrantType() ? context.Request.GetAudiences().Single() : (string)context.Request["for"]!;
            var identity = new ClaimsIdentity("OpenIddict");
            identity.SetClaim("sub", subject);
            var principal = new ClaimsPrincipal(identity);
            principal.SetScopes(context.Request.GetScopes());
            principal.SetAudiences(audience);
            if (subject == "nora" && audience == "clinic")
            {
                context.Reject("consent_required", "Sign in and allow it.");
                return default;
            }

            context.SignIn(principal);
            return default;
        }));
    }
}
