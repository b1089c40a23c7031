using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Cli.Tests.Issuers;

/// <summary>
/// A gateway's metadata and its issuer at one address, for what a good issuer does not do on request: lie about its name, refuse for odd reasons, be away.
/// It signs everybody in at once, rotates refresh tokens, and ends a sign-in whose refresh token comes twice.
/// </summary>
internal sealed class StubIssuer : IAsyncDisposable
{
    private const string Json = "application/json";

    private readonly ConcurrentDictionary<string, (string Challenge, string Redirect, string Resource)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _refreshTokens = new();
    private int _numbers;
    private LocalServer? _server;

    private StubIssuer()
    {
    }

    public string Origin => _server!.Origin;

    /// <summary>The issuer's path; with a slash at its end, as some have it.</summary>
    public string Path { get; set; } = "/idp/";

    public string Issuer => Origin + Path;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Changes a metadata document before it is sent: <c>resource</c> or <c>server</c>.</summary>
    public Action<string, JsonObject> Edit { get; set; } = (_, _) => { };

    /// <summary>Changes the answer to the browser.</summary>
    public Action<Dictionary<string, string>> EditAnswer { get; set; } = _ => { };

    /// <summary>Answers a token request instead; null goes on.</summary>
    public Func<IFormCollection, IResult?> Token { get; set; } = _ => null;

    /// <summary>Every form that came, by path.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Form)> Forms { get; } = new();

    public ConcurrentQueue<JsonNode> Registrations { get; } = new();

    /// <summary>The query of each authorization request.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Authorizations { get; } = new();

    /// <summary>Every secret that it gave out or was sent.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>What the device endpoint answers; null for none.</summary>
    public JsonObject? Device { get; set; }

    public int Refreshes => Forms.Count(f => f.Form.GetValueOrDefault("grant_type") == "refresh_token");

    /// <summary>Told of each access token before it is sent.</summary>
    public Action<string> Issued { get; set; } = _ => { };

    /// <summary>How much longer it says that its tokens live than they do.</summary>
    public TimeSpan Exaggeration { get; set; }

    /// <summary>True once a refresh token came twice.</summary>
    public bool WasReused { get; private set; }

    public static async Task<StubIssuer> StartAsync()
    {
        var stub = new StubIssuer();
        stub._server = await LocalServer.StartAsync(stub.AnswerAsync);
        return stub;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>Follows redirects, as a browser that keeps nobody waiting.</summary>
    public static async Task BrowseAsync(Uri page)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.GetAsync(page, TestContext.Current.CancellationToken);
    }

    /// <summary>A token that the gateway would take.</summary>
    public (string Access, string Refresh) Issue()
    {
        var number = Interlocked.Increment(ref _numbers);
        var claims = new JsonObject { ["sub"] = "demo-alice", ["name"] = "Dr. Alice Smith", ["exp"] = DateTimeOffset.FromUnixTimeSeconds(4_000_000_000).ToUnixTimeSeconds(), ["n"] = number };
        var access = $"eyJhbGciOiJub25lIn0.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{Random()}";
        var refresh = "refresh-" + Random();
        _refreshTokens[refresh] = true;
        Secrets.Add(access);
        Secrets.Add(refresh);
        Issued(access);
        return (access, refresh);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var answer = path switch
        {
            "/.well-known/oauth-protected-resource" => Document("resource", new JsonObject
            {
                ["resource"] = Origin,
                ["authorization_servers"] = new JsonArray(Issuer),
                ["scopes_supported"] = new JsonArray("chat:write", "calendar:read"),
            }),
            _ when path == "/.well-known/oauth-authorization-server" + Path.TrimEnd('/') => Document("server", Server()),
            "/authorize" => Authorize(context),
            "/register" => await RegisterAsync(context),
            _ when context.Request.HasFormContentType => Post(path, await context.Request.ReadFormAsync()),
            _ => Results.NotFound(),
        };
        await answer.ExecuteAsync(context);
    }

    private JsonObject Server() => new()
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = Origin + "/authorize",
        ["token_endpoint"] = Origin + "/token",
        ["registration_endpoint"] = Origin + "/register",
        ["revocation_endpoint"] = Origin + "/revoke",
        ["device_authorization_endpoint"] = Device is null ? null : Origin + "/device",
        ["scopes_supported"] = new JsonArray("chat:write", "calendar:read", "offline_access"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
        ["authorization_response_iss_parameter_supported"] = true,
    };

    private IResult Document(string name, JsonObject document)
    {
        Edit(name, document);
        return Results.Text(document.ToJsonString(), Json);
    }

    private IResult Authorize(HttpContext context)
    {
        var query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        Authorizations.Enqueue(query);
        var code = "code-" + Random();
        Secrets.Add(code);
        _codes[code] = (query["code_challenge"], query["redirect_uri"], query.GetValueOrDefault("resource", string.Empty));
        var answer = new Dictionary<string, string> { ["code"] = code, ["state"] = query["state"], ["iss"] = Issuer };
        EditAnswer(answer);
        return Results.Redirect(query["redirect_uri"] + "?" + string.Join('&', answer.Select(a => $"{a.Key}={Uri.EscapeDataString(a.Value)}")));
    }

    private async Task<IResult> RegisterAsync(HttpContext context)
    {
        Registrations.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!);
        return Results.Text($$"""{"client_id":"registered-{{Registrations.Count}}"}""", Json, statusCode: 201);
    }

    private IResult Post(string path, IFormCollection form)
    {
        Forms.Enqueue((path, form.ToDictionary(f => f.Key, f => f.Value.ToString())));
        foreach (var secret in (string[])["code_verifier", "refresh_token", "client_secret"])
        {
            if (form.TryGetValue(secret, out var value))
            {
                Secrets.Add(value.ToString());
            }
        }

        return path switch
        {
            "/token" => Token(form) ?? (form["grant_type"] == "refresh_token" ? Refresh(form) : Exchange(form)),
            "/device" => Results.Text(Device!.ToJsonString(), Json),
            "/revoke" => Revoke(form),
            _ => Results.NotFound(),
        };
    }

    private IResult Exchange(IFormCollection form)
    {
        if (form["grant_type"] == "client_credentials")
        {
            return Answer();
        }

        var isGood = _codes.TryRemove(form["code"].ToString(), out var code)
            && code.Redirect == form["redirect_uri"] && code.Resource == form["resource"].ToString()
            && code.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return isGood ? Answer() : Refuse("invalid_grant");
    }

    private IResult Refresh(IFormCollection form)
    {
        if (_refreshTokens.TryUpdate(form["refresh_token"].ToString(), newValue: false, comparisonValue: true))
        {
            return Answer();
        }

        WasReused = true;
        foreach (var token in _refreshTokens.Keys)
        {
            _refreshTokens[token] = false;
        }

        return Refuse("invalid_grant");
    }

    private IResult Revoke(IFormCollection form)
    {
        _refreshTokens[form["token"].ToString()] = false;
        return Results.Ok();
    }

    public IResult Answer()
    {
        var (access, refresh) = Issue();
        var answer = new JsonObject { ["access_token"] = access, ["token_type"] = "Bearer", ["expires_in"] = (Lifetime + Exaggeration).TotalSeconds, ["refresh_token"] = refresh, ["scope"] = "chat:write calendar:read offline_access" };
        return Results.Text(answer.ToJsonString(), Json);
    }

    public static IResult Refuse(string error, string? description = null, int status = 400) =>
        Results.Text(new JsonObject { ["error"] = error, ["error_description"] = description }.ToJsonString(), Json, statusCode: status);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
