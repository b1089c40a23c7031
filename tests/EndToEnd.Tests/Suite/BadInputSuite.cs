using System.Net.Http.Headers;
using System.Text;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>What cannot be meant gets a clear error in the shape of the API called, and nothing goes out.</summary>
public abstract class BadInputSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"MARKER\"}]";

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "empty", "" },
        { "blank", "   " },
        { "cut off", """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"MARKER""" },
        { "not JSON", "MARKER" },
        { "an array", "[\"MARKER\"]" },
        { "trailing bytes", $$"""{"model":"gpt-4o-mini",{{Messages}}} {"model":"gpt-4-medical"}""" },
        { "trailing comma", $$"""{"model":"gpt-4o-mini",{{Messages}},}""" },
        { "a comment", $$"""{"model":"gpt-4o-mini",/* no */{{Messages}}}""" },
        { "two models", $$"""{"model":"gpt-4o-mini","model":"gpt-4-medical",{{Messages}}}""" },
        { "two models, one escaped", $$"""{"model":"gpt-4o-mini","m\u006fdel":"gpt-4-medical",{{Messages}}}""" },
        { "two contents", """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"a","content":"MARKER"}]}""" },
        { "a model in another case", $$"""{"model":"gpt-4o-mini","MODEL":"gpt-4-medical",{{Messages}}}""" },
        { "no model", "{" + Messages + "}" },
        { "an empty model", $$"""{"model":"",{{Messages}}}""" },
        { "a number as model", $$"""{"model":4,{{Messages}}}""" },
        { "null as model", $$"""{"model":null,{{Messages}}}""" },
        { "no messages", """{"model":"gpt-4o-mini","note":"MARKER"}""" },
        { "no message in messages", """{"model":"gpt-4o-mini","messages":[],"note":"MARKER"}""" },
        { "text as messages", """{"model":"gpt-4o-mini","messages":"MARKER"}""" },
        { "a message without a role", """{"model":"gpt-4o-mini","messages":[{"content":"MARKER"}]}""" },
        { "text as stream", $$"""{"model":"gpt-4o-mini","stream":"true",{{Messages}}}""" },
        { "text as max_tokens", $$"""{"model":"gpt-4o-mini","max_tokens":"10",{{Messages}}}""" },
        { "negative max_tokens", $$"""{"model":"gpt-4o-mini","max_tokens":-1,{{Messages}}}""" },
        { "huge max_tokens", $$"""{"model":"gpt-4o-mini","max_tokens":99999999999999999999,{{Messages}}}""" },
        { "a fraction of max_tokens", $$"""{"model":"gpt-4o-mini","max_tokens":1.5,{{Messages}}}""" },
        { "too many choices", $$"""{"model":"gpt-4o-mini","n":100000,{{Messages}}}""" },
        { "a lone surrogate", """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"MARKER \ud800"}]}""" },
        { "too deep", $$"""{"model":"gpt-4o-mini","x":{{new string('[', 200)}}{{new string(']', 200)}},{{Messages}}}""" },
        { "too deep to parse", new string('[', 100_000) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_wrong_is_a_400(string what, string body)
    {
        what.ShouldNotBeEmpty();
        var marker = Marker();
        var answer = (await Front.ChatAsync(Token(Caller.New()), body.Replace("MARKER", marker, StringComparison.Ordinal))).ShouldBeStatus(400);
        answer.ErrorCode.ShouldNotBeNullOrEmpty();
        await ShouldBeCleanAsync(answer, marker);
    }

    [Fact]
    public async Task Invalid_UTF8_is_a_400()
    {
        byte[] body = [.. """{"model":"gpt-4o-mini","messages":[{"role":"user","content":" """u8, 0xC3, 0x28, .. "\"}]}"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await Front.SendAsync(GatewayClient.ChatRequest(Token(Caller.New()), content))).ShouldBeStatus(400).ErrorCode.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_a_413(bool chunked)
    {
        var marker = Marker();
        using var content = GatewayClient.Json(GatewayClient.Chat("gpt-4o-mini", marker + new string('a', 200_001)).ToJsonString());
        using var request = GatewayClient.ChatRequest(Token(Caller.New()), content);
        request.Headers.TransferEncodingChunked = chunked;
        var answer = (await Front.SendAsync(request)).ShouldBeStatus(413);
        answer.ErrorCode.ShouldNotBeNullOrEmpty();
        await ShouldBeCleanAsync(answer, marker);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_content_type_is_a_415(string? type)
    {
        var marker = Marker();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(GatewayClient.Chat("gpt-4o-mini", marker).ToJsonString()));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var answer = (await Front.SendAsync(GatewayClient.ChatRequest(Token(Caller.New()), content))).ShouldBeStatus(415);
        await ShouldBeCleanAsync(answer, marker);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("x-unknown")]
    public async Task A_compressed_body_is_a_415(string encoding)
    {
        using var content = GatewayClient.Json(GatewayClient.Chat("gpt-4o-mini", "hello").ToJsonString());
        content.Headers.ContentEncoding.Add(encoding);
        (await Front.SendAsync(GatewayClient.ChatRequest(Token(Caller.New()), content))).ShouldBeStatus(415);
    }

    [Fact]
    public async Task Two_different_tokens_are_a_400_and_the_same_one_twice_is_not()
    {
        var (one, two) = (Token(Caller.New()), Token(Caller.New()));
        using var different = GatewayClient.ChatRequest(one, "gpt-4o-mini", "hello");
        different.Headers.Add("x-api-key", two);
        (await Front.SendAsync(different)).ShouldBeStatus(400);
        using var same = GatewayClient.ChatRequest(one, "gpt-4o-mini", "hello");
        same.Headers.Add("api-key", one);
        (await Front.SendAsync(same)).ShouldBeStatus(200);
    }

    [Theory]
    [InlineData("x-run-id")]
    [InlineData("x-purpose")]
    public async Task A_name_of_a_run_or_purpose_that_is_too_long_is_a_400(string header)
    {
        using var request = GatewayClient.ChatRequest(Token(Caller.New()), "gpt-4o-mini", "hello");
        request.Headers.Add(header, new string('a', 201));
        (await Front.SendAsync(request)).ShouldBeStatus(400).ErrorCode.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Headers_that_are_too_large_are_a_431() =>
        (await RawHttp.SendAsync(Gateway.Address, RawHttp.Get(Gateway.Address, "/v1/models", new string('a', 40_000), "Connection: close"))).ShouldStartWith("HTTP/1.1 431");

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/chat/completions/more")]
    [InlineData("/v1/embeddings")]
    public async Task An_unknown_path_of_OpenAIs_API_is_a_404_in_its_shape(string path) =>
        (await Front.GetAsync(path, await TokenAsync("alice"))).ShouldBeStatus(404).ErrorCode.ShouldNotBeNullOrEmpty();

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/admin")]
    [InlineData("/.env")]
    [InlineData("/audit")]
    [InlineData("/me")]
    public async Task Any_other_unknown_path_is_a_404_as_a_problem(string path)
    {
        var answer = (await Front.GetAsync(path)).ShouldBeStatus(404);
        answer.ContentType!.ShouldStartWith("application/problem+json");
        answer.Json.GetProperty("status").GetInt32().ShouldBe(404);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("DELETE", "/v1/models")]
    [InlineData("POST", "/me/limits")]
    [InlineData("POST", "/audit/events")]
    public async Task A_wrong_method_is_a_405(string method, string path)
    {
        var answer = (await Front.SendAsync(GatewayClient.Request(new HttpMethod(method), path, await TokenAsync("alice")))).ShouldBeStatus(405);
        answer.Headers.ShouldContainKey("allow");
    }

    [Theory]
    [InlineData("/backends/echo/../calendar/events")]
    [InlineData("/backends/echo/%2e%2e/calendar/events")]
    [InlineData("/backends/echo/%2E%2E%2Fsecret")]
    [InlineData("/backends/echo/a%2fb")]
    [InlineData("/backends/echo/a%5cb")]
    [InlineData("/backends/echo/a\\b")]
    [InlineData("/backends/echo/./a")]
    [InlineData("/backends/echo//a")]
    [InlineData("/backends/echo/a;b=c/d")]
    [InlineData("/backends/echo/%252e%252e/secret")]
    [InlineData("/backends/echo/a%00b")]
    [InlineData("/legacy/../secret")]
    [InlineData("/legacy/%2e%2e/secret")]
    public async Task A_path_that_two_parsers_could_read_differently_is_a_400(string target)
    {
        var seen = Gateway.Echo.Targets.Count;
        var answer = await RawHttp.SendAsync(Gateway.Address, RawHttp.Get(Gateway.Address, target, Token(Caller.New(SuiteSettings.EchoScope)), "Connection: close"));
        answer.ShouldStartWith("HTTP/1.1 40");
        answer.ShouldNotContain("   at ");
        Gateway.Echo.Targets.Count.ShouldBe(seen);
    }

    [Theory]
    [InlineData("GET /alive HTTP/1.1\nHost: gateway\nConnection: close\n\n")]
    [InlineData("GET /alive HTTP/1.1\r\nHost: gateway\nX-Smuggled: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /alive HTTP/1.1\r\nHost: gateway\r\nX-A: 1\rX-B: 2\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /alive HTTP/1.1\r\nHost: gateway\r\n folded: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /alive HTTP/1.1\r\nHost: gateway\r\nBad Name: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Length: 3\r\nContent-Length: 4\r\nConnection: close\r\n\r\n{}")]
    [InlineData("GET /alive HTTP/1.1\r\nHost: one\r\nHost: two\r\nConnection: close\r\n\r\n")]
    public async Task A_request_that_a_proxy_in_front_could_read_differently_is_a_400(string request) =>
        (await RawHttp.SendAsync(Gateway.Address, request)).ShouldStartWith("HTTP/1.1 400");

    [Fact]
    public async Task Chunked_and_a_length_together_do_not_smuggle_a_second_request()
    {
        var answer = await RawHttp.SendAsync(
            Gateway.Address,
            "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n0\r\n\r\n"
            + "GET /alive HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n");
        answer.ShouldNotContain("alive");
    }

    [Fact]
    public async Task An_upgrade_is_answered_with_501()
    {
        string[] upgrade = ["Connection: Upgrade, close", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
        var request = RawHttp.Get(Gateway.Address, "/backends/echo/socket", Token(Caller.New(SuiteSettings.EchoScope)), upgrade);
        (await RawHttp.SendAsync(Gateway.Address, request)).ShouldStartWith("HTTP/1.1 501");
    }

    private async Task ShouldBeCleanAsync(Answer answer, string marker)
    {
        answer.Body.ShouldNotContain("   at ");
        answer.Body.ShouldNotContain("Exception");
        answer.Body.ShouldNotContain(marker);
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }
}
