using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Tests;

/// <summary>The little of a gateway that a backend sees: a key set, assertions, and an answer to its own call.</summary>
internal sealed class StubGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ECDsa _first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _keySetReads;

    private StubGateway(WebApplication app)
    {
        _app = app;
        app.MapGet("/.well-known/jwks.json", KeysAsync);
        app.MapPost("/v1/chat/completions", ChatAsync);
        app.MapPost("/identity/backchannel-logout/demo", LogoutAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public int KeySetReads => _keySetReads;

    /// <summary>True publishes the second key too.</summary>
    public bool Rotated { get; set; }

    public string Answer { get; set; } = """{"choices":[{"message":{"role":"assistant","content":"Take rest."}}]}""";

    public int AnswerStatus { get; set; } = 200;

    /// <summary>Headers and body of every call back.</summary>
    public ConcurrentQueue<(Dictionary<string, string> Headers, string Body)> Calls { get; } = [];

    /// <summary>Every logout token that came.</summary>
    public ConcurrentQueue<string> LogoutTokens { get; } = [];

    public static async Task<StubGateway> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var gateway = new StubGateway(builder.Build());
        await gateway._app.StartAsync(CancellationToken.None);
        return gateway;
    }

    public string Assert(
        string audience = "calendar",
        string user = "alice",
        string? issuer = null,
        string type = "gateway-identity+jwt",
        bool second = false,
        DateTimeOffset? expires = null,
        SigningCredentials? credentials = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            SigningCredentials = credentials ?? new SigningCredentials(Key(second), SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["iss"] = issuer ?? Address.AbsoluteUri.TrimEnd('/'),
                ["aud"] = audience,
                ["sub"] = user,
                ["tenant"] = "mercy",
                ["iat"] = now.ToUnixTimeSeconds(),
                ["nbf"] = now.ToUnixTimeSeconds(),
                ["exp"] = (expires ?? now.AddMinutes(5)).ToUnixTimeSeconds(),
            },
        });
    }

    public ECDsaSecurityKey Key(bool second) => new(second ? _second : _first) { KeyId = second ? "two" : "one" };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
    }

    private Task KeysAsync(HttpContext context)
    {
        Interlocked.Increment(ref _keySetReads);
        var keys = Rotated ? new[] { Key(false), Key(true) } : [Key(false)];
        var set = string.Join(',', keys.Select(JsonWebKeyConverter.ConvertFromECDsaSecurityKey)
            .Select(k => $$"""{"kty":"EC","crv":"P-256","kid":"{{k.Kid}}","use":"sig","alg":"ES256","x":"{{k.X}}","y":"{{k.Y}}"}"""));
        return context.Response.WriteAsync($$"""{"keys":[{{set}}]}""", context.RequestAborted);
    }

    private async Task LogoutAsync(HttpContext context) => LogoutTokens.Enqueue((await context.Request.ReadFormAsync(context.RequestAborted))["logout_token"].ToString());

    private async Task ChatAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        // A copy: the server reuses the collection for its next request.
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Calls.Enqueue((headers, await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.StatusCode = AnswerStatus;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Answer, context.RequestAborted);
    }
}
