using System.Text.Json;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Mcp.Refusals;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Doors;

public sealed class ErrorWriterTests
{
    private static readonly Refusal Denied = new() { Status = 403, Code = "access_denied", Message = "No \"m\".", Param = "model", Final = true };

    [Fact]
    public async Task OpenAIs_shape_is_its_own()
    {
        var (http, body) = await WriteAsync(ErrorShape.OpenAi, Denied);
        body.ShouldBe("""{"error":{"message":"No \"m\".","type":"permission_error","param":"model","code":"access_denied"}}""");
        http.Response.ContentType.ShouldBe("application/json");
        http.Response.Headers["x-request-id"].ToString().ShouldBe("req_1");
        http.Response.Headers["x-should-retry"].ToString().ShouldBe("false");
        http.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
        http.Response.Headers.WWWAuthenticate.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Problems_are_rfc_9457()
    {
        var (http, body) = await WriteAsync(ErrorShape.Problem, Denied with { Param = null, Final = false });
        body.ShouldBe("""{"type":"about:blank","title":"Forbidden","status":403,"detail":"No \"m\".","code":"access_denied","request_id":"req_1"}""");
        http.Response.ContentType.ShouldBe("application/problem+json");
        http.Response.Headers.ContainsKey("x-should-retry").ShouldBeFalse();
    }

    [Theory]
    [InlineData(400, "x", "invalid_request_error")]
    [InlineData(401, "x", "invalid_request_error")]
    [InlineData(403, "x", "permission_error")]
    [InlineData(404, "x", "invalid_request_error")]
    [InlineData(413, "x", "invalid_request_error")]
    [InlineData(429, "rate_limit_exceeded", "rate_limit_error")]
    [InlineData(429, "insufficient_quota", "insufficient_quota")]
    [InlineData(500, "x", "server_error")]
    [InlineData(502, "x", "server_error")]
    [InlineData(504, "x", "server_error")]
    public async Task Each_status_has_its_type(int status, string code, string type)
    {
        var (http, body) = await WriteAsync(ErrorShape.OpenAi, new Refusal { Status = status, Code = code, Message = "m" });
        using var document = JsonDocument.Parse(body);
        http.Response.StatusCode.ShouldBe(status);
        document.RootElement.GetProperty("error").GetProperty("type").GetString().ShouldBe(type);
        document.RootElement.GetProperty("error").GetProperty("param").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Without_a_credential_the_challenge_names_no_error() => // RFC 6750, section 3.1
        (await ChallengeAsync(new Refusal { Status = 401, Code = "c", Message = "m", Challenge = true }))
            .ShouldBe("Bearer resource_metadata=\"https://gw.example/.well-known/oauth-protected-resource\"");

    [Fact]
    public async Task A_bad_credential_is_an_invalid_token() =>
        (await ChallengeAsync(new Refusal { Status = 401, Code = "c", Message = "m", Challenge = true, InvalidCredential = true }))
            .ShouldStartWith("Bearer error=\"invalid_token\", error_description=\"");

    [Fact]
    public async Task A_missing_scope_is_named() =>
        (await ChallengeAsync(new Refusal { Status = 403, Code = "c", Message = "m", Challenge = true, MissingScopes = ["a:b", "c"] }))
            .ShouldStartWith("Bearer error=\"insufficient_scope\", scope=\"a:b c\", resource_metadata=");

    [Theory]
    [InlineData(0.2, "1")]
    [InlineData(1.01, "2")]
    [InlineData(90, "90")]
    public async Task Retry_after_is_rounded_up(double seconds, string expected)
    {
        var (http, _) = await WriteAsync(ErrorShape.OpenAi, new Refusal { Status = 429, Code = "c", Message = "m", RetryAfter = TimeSpan.FromSeconds(seconds) });
        http.Response.Headers.RetryAfter.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_length_that_was_meant_for_another_body_is_taken_back()
    {
        var (http, body) = await WriteAsync(ErrorShape.OpenAi, Denied, http => http.Response.ContentLength = 7);
        (http.Response.ContentLength is null || http.Response.ContentLength == body.Length).ShouldBeTrue();
    }

    private static async Task<string> ChallengeAsync(Refusal refusal) => (await WriteAsync(ErrorShape.OpenAi, refusal)).Http.Response.Headers.WWWAuthenticate.ToString();

    private static async Task<(HttpContext Http, string Body)> WriteAsync(ErrorShape shape, Refusal refusal, Action<HttpContext>? before = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Identity:PublicUrl"] = "https://gw.example/" }).Build();
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        before?.Invoke(http);
        var address = new ResourceMetadataAddress(configuration, new ServiceCollection().BuildServiceProvider());
        await new ErrorWriter(address, new McpRefusalWriter(new McpChallenges(new McpAddresses(address)))).WriteAsync(http, shape, "req_1", refusal);
        await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
        return (http, Texts.Text(body.ToArray()));
    }
}
