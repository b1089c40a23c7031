using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>An issuer behind a real socket, whose answers a test can change, and which counts what it is asked.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);

    private TestIssuer(WebApplication app, string path)
    {
        _app = app;
        Key = TestKey.Rsa("rsa-1");
        Curve = TestKey.Ec("ec-1");
        Keys = [Key.PublicJwk(), Curve.PublicJwk()];
        Path = path;
    }

    public string Path { get; }

    public string Origin => _app.Urls.First();

    public string Url => Origin + Path;

    public TestKey Key { get; }

    public TestKey Curve { get; }

    /// <summary>What the key set holds.</summary>
    public List<JsonObject> Keys { get; set; }

    /// <summary>Answers the key set in the issuer's place.</summary>
    public Func<HttpContext, Task>? KeySetAnswer { get; set; }

    /// <summary>Answers introspection; the form is given.</summary>
    public Func<HttpContext, IFormCollection, Task>? IntrospectionAnswer { get; set; }

    /// <summary>Answers the token endpoint; the form is given.</summary>
    public Func<HttpContext, IFormCollection, Task>? TokenAnswer { get; set; }

    /// <summary>Every form that was posted, with the header that came with it.</summary>
    public ConcurrentQueue<(string Path, string? Authorization, IFormCollection Form)> Posted { get; } = new();

    /// <summary>Answers discovery in the issuer's place.</summary>
    public Func<HttpContext, Task>? DiscoveryAnswer { get; set; }

    public int KeySetFetches => _requests.GetValueOrDefault(Path + "/jwks");

    public int DiscoveryFetches => _requests.GetValueOrDefault(Path + "/.well-known/openid-configuration");

    public int AllRequests => _requests.Values.Sum();

    public static async Task<TestIssuer> StartAsync(string path = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new TestIssuer(app, path);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public IssuerOptions Options(string name = "idp") => new() { Name = name, Issuer = Url, Audiences = ["gateway"] };

    /// <summary>A token builder with good claims, signed by this issuer's RSA key.</summary>
    public TokenBuilder Token(string subject = "alice") => new TokenBuilder(Key)
        .Claim("iss", Url).Claim("aud", "gateway").Claim("sub", subject).Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 600).Claim("iat", TestClock.Start.ToUnixTimeSeconds())
        .Claim("client_id", "cli").Claim("scope", "chat:write");

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _requests.AddOrUpdate(path, 1, (_, count) => count + 1);
        if (path == Path + "/.well-known/openid-configuration")
        {
            return DiscoveryAnswer?.Invoke(context) ?? context.Response.WriteAsync(new JsonObject
            {
                ["issuer"] = Url,
                ["jwks_uri"] = Url + "/jwks",
                ["introspection_endpoint"] = Url + "/introspect",
                ["token_endpoint"] = Url + "/token",
            }.ToJsonString());
        }

        if (path == Path + "/jwks")
        {
            return KeySetAnswer?.Invoke(context) ?? context.Response.WriteAsync(JsonSerializer.Serialize(new { keys = Keys }));
        }

        var answer = path == Path + "/introspect" ? IntrospectionAnswer : path == Path + "/token" ? TokenAnswer : null;
        if (answer is not null && HttpMethods.IsPost(context.Request.Method))
        {
            return PostedAsync(context, path, answer);
        }

        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private async Task PostedAsync(HttpContext context, string path, Func<HttpContext, IFormCollection, Task> answer)
    {
        var form = await context.Request.ReadFormAsync();
        Posted.Enqueue((path, context.Request.Headers.Authorization, form));
        await answer(context, form);
    }
}
