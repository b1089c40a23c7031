using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>Calls a gateway over HTTP, as any program would.</summary>
public sealed class GatewayClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(100),
    };

    public static HttpRequestMessage Request(HttpMethod method, string path, string? token = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    public static HttpContent Json(string body) => new StringContent(body, Encoding.UTF8, "application/json");

    public static JsonObject Chat(string model, string text) =>
        new() { ["model"] = model, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }) };

    public static HttpRequestMessage ChatRequest(string? token, string model, string text) => ChatRequest(token, Chat(model, text).ToJsonString());

    public static HttpRequestMessage ChatRequest(string? token, string body) => ChatRequest(token, Json(body));

    public static HttpRequestMessage ChatRequest(string? token, HttpContent body) => Request(HttpMethod.Post, "/v1/chat/completions", token, body);

    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return await Answer.ReadAsync(response);
        }
    }

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(Request(HttpMethod.Get, path, token));

    public Task<Answer> PostAsync(string path, string? token, string body) => SendAsync(Request(HttpMethod.Post, path, token, Json(body)));

    public Task<Answer> ChatAsync(string? token, string model, string text, Action<JsonObject>? change = null)
    {
        var body = Chat(model, text);
        change?.Invoke(body);
        return PostAsync("/v1/chat/completions", token, body.ToJsonString());
    }

    /// <summary>A chat whose request is given byte by byte.</summary>
    public Task<Answer> ChatAsync(string? token, string body) => PostAsync("/v1/chat/completions", token, body);

    /// <summary>What stands in <c>GET /me/limits</c> under a limit's name.</summary>
    public async Task<Limit> LimitAsync(string token, string name)
    {
        var answer = (await GetAsync("/me/limits", token)).ShouldBeStatus((int)HttpStatusCode.OK);
        var limit = answer.Json.GetProperty("limits").EnumerateArray().First(l => l.GetProperty("name").GetString() == name);
        return new Limit(Number("used"), Number("held"), Number("limit"), Number("remaining"), limit.GetProperty("resets_at").GetDateTimeOffset());

        long Number(string member) => limit.GetProperty(member).GetInt64();
    }

    /// <summary>The limit once nothing is held any more: settlement comes after the answer.</summary>
    public Task<Limit> SettledAsync(string token, string name) => Eventually.GetAsync(() => LimitAsync(token, name), limit => limit.Held == 0);

    public void Dispose() => _http.Dispose();
}

/// <summary>The state of one limit of the caller.</summary>
public sealed record Limit(long Used, long Held, long Most, long Remaining, DateTimeOffset ResetsAt);
