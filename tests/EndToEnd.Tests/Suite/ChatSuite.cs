using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>User, backend, LLM on OpenAI's wire: who gets an answer, who is refused and how, and what the provider sees.</summary>
public abstract class ChatSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task A_doctor_gets_an_answer_of_the_medical_model()
    {
        var marker = Marker();
        var answer = (await Front.ChatAsync(await TokenAsync("alice"), "gpt-4-medical", marker)).ShouldBeStatus(200);
        answer.Text.ShouldContain(marker);
        answer.Json.GetProperty("model").GetString().ShouldBe("gpt-4-medical");
        answer.Headers.ShouldContainKey("x-request-id");
    }

    [Fact]
    public async Task A_nurse_is_refused_in_the_shape_of_OpenAI_and_nothing_goes_out()
    {
        var marker = Marker();
        var answer = (await Front.ChatAsync(await TokenAsync("nora"), "gpt-4-medical", marker)).ShouldBeStatus(403);
        var error = answer.Json.GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        error.TryGetProperty("param", out _).ShouldBeTrue();
        answer.Body.ShouldNotContain("doctor");
        answer.Headers.ShouldContainKey("x-request-id");
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_doctor_whose_token_lacks_the_scope_is_told_which_one()
    {
        var token = Token(Caller.New() with { Roles = ["doctor"] });
        var answer = (await Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        answer.Headers["www-authenticate"].ShouldContain("insufficient_scope");
        answer.Headers["www-authenticate"].ShouldContain("medical:write");
    }

    [Theory]
    [InlineData("no-such-model")]
    [InlineData("GPT-4-MEDICAL")]
    [InlineData("gpt-4-medical ")]
    [InlineData("../gpt-4-medical")]
    public async Task A_model_that_nothing_names_is_refused(string model)
    {
        var marker = Marker();
        var answer = await Front.ChatAsync(await TokenAsync("alice"), model, marker);
        answer.Status.ShouldBeOneOf(403, 404);
        answer.ErrorCode.ShouldNotBeNullOrEmpty();
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_gets_a_challenge_that_says_where_to_sign_in()
    {
        var answer = (await Front.ChatAsync(null, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        var challenge = answer.Headers["www-authenticate"];
        challenge.ShouldStartWith("Bearer ");
        challenge.ShouldContain("resource_metadata=\"");
        challenge.ShouldNotContain("error=");
        var metadata = new Uri(challenge.Split("resource_metadata=\"")[1].Split('"')[0]);
        (await Front.GetAsync(metadata.PathAndQuery)).ShouldBeStatus(200).Json.GetProperty("authorization_servers").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("sk-proj-abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789")]
    public async Task A_provider_key_in_place_of_a_token_is_answered_with_what_to_do(string key)
    {
        var answer = (await Front.ChatAsync(key, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        answer.Json.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("access token");
        answer.Body.ShouldNotContain(key);
    }

    [Theory]
    [InlineData("not-a-token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.")]
    public async Task What_is_no_token_says_so_without_the_reason(string token)
    {
        var answer = (await Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        answer.Headers["www-authenticate"].ShouldContain("error=\"invalid_token\"");
        answer.Body.ShouldNotContain(token);
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("api-key")]
    public async Task The_headers_of_other_SDKs_carry_the_same_token(string header)
    {
        using var request = GatewayClient.ChatRequest(null, "gpt-4o-mini", "hello");
        request.Headers.Add(header, await TokenAsync("nora"));
        (await Front.SendAsync(request)).ShouldBeStatus(200);
    }

    [Fact]
    public async Task The_provider_gets_its_own_key_and_nothing_of_the_caller()
    {
        var marker = Marker();
        var caller = Caller.New();
        using var request = GatewayClient.ChatRequest(Token(caller), "gpt-4o-mini", marker);
        request.Headers.Add("Cookie", "session=cookie-canary");
        request.Headers.Add("OpenAI-Organization", "org-of-the-caller");
        request.Headers.Add("X-Secret-Of-Mine", "header-canary");
        (await Front.SendAsync(request)).ShouldBeStatus(200);

        var received = (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem();
        received.GetProperty("credential").GetString().ShouldBe("provider_key");
        var raw = received.GetRawText();
        raw.ShouldNotContain(caller.Subject);
        raw.ShouldNotContain("cookie-canary");
        raw.ShouldNotContain("header-canary");
        raw.ShouldNotContain("org-of-the-caller");
        var headers = received.GetProperty("headers").EnumerateObject().Select(h => h.Name).ToList();
        headers.ShouldNotContain("x-gateway-identity");
        headers.ShouldNotContain("x-user-id");
        headers.ShouldNotContain("cookie");
    }

    [Fact]
    public async Task The_end_user_is_named_by_us_and_never_by_the_client()
    {
        var marker = Marker();
        var caller = Caller.New();
        var answer = await Front.ChatAsync(Token(caller), "gpt-4o-mini", marker, body =>
        {
            body["user"] = "somebody-else";
            body["safety_identifier"] = "somebody-else";
            body["metadata"] = new JsonObject { ["user_id"] = "somebody-else", ["kept"] = "yes" };
        });
        answer.ShouldBeStatus(200);
        var sent = (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem().GetProperty("body").GetString()!;
        sent.ShouldNotContain("somebody-else");
        JsonElement.Parse(sent).GetProperty("user").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Unknown_members_pass_and_numbers_keep_their_digits()
    {
        var marker = Marker();
        var members = "\"temperature\":0.10,\"seed\":12345678901234567890,\"x_vendor\":{\"nested\":[1.0,1e2,-0.0,{\"é\":\"ü\"}]}";
        var body = $$"""{"model":"gpt-4o-mini",{{members}},"messages":[{"role":"user","content":"{{marker}}"}]}""";
        (await Front.ChatAsync(Token(Caller.New()), body)).ShouldBeStatus(200);
        var sent = (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem().GetProperty("body").GetString()!;
        sent.ShouldContain(members);
    }

    [Fact]
    public async Task A_hold_has_a_bound_where_the_client_sets_none()
    {
        var marker = Marker();
        (await Front.ChatAsync(Token(Caller.New()), "gpt-4o-mini", marker)).ShouldBeStatus(200);
        var sent = JsonElement.Parse((await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem().GetProperty("body").GetString()!);
        sent.GetProperty("max_completion_tokens").GetInt32().ShouldBe(1024);
    }

    [Fact]
    public async Task What_a_provider_says_about_its_customer_stays_here()
    {
        var answer = (await Front.ChatAsync(Token(Caller.New()), "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        answer.Headers.Keys.ShouldNotContain(name => name.StartsWith("openai-", StringComparison.OrdinalIgnoreCase));
        answer.Headers.ShouldNotContainKey("set-cookie");
        answer.Headers.ShouldNotContainKey("server");
    }

    [Fact]
    public async Task A_tenant_with_its_own_provider_key_is_called_with_it()
    {
        (await Front.ChatAsync(Token(Caller.New()), SuiteSettings.OwnKeyModel, "hello")).ShouldBeStatus(200).Text.ShouldBe("Bearer key-of-ops");
        (await Front.ChatAsync(await TokenAsync("nora"), SuiteSettings.OwnKeyModel, "hello")).ShouldBeStatus(200).Text.ShouldBe("Bearer shared-key");
    }

    [Fact]
    public async Task The_list_of_models_is_what_the_caller_may_use()
    {
        string[] everybodys = ["discreet-model", "gpt-4o-mini", SuiteSettings.OwnKeyModel, SuiteSettings.RedactedModel, "smart-model"];
        (await ModelsAsync(await TokenAsync("alice"))).ShouldBe([.. everybodys.Append("gpt-4-medical").Order(StringComparer.Ordinal)]);
        (await ModelsAsync(await TokenAsync("nora"))).ShouldBe(everybodys);
        (await ModelsAsync(await TokenAsync("frank"))).ShouldBe([.. everybodys.Append("finance-internal").Order(StringComparer.Ordinal)]);
        (await ModelsAsync(await TokenAsync("audrey"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_that_the_caller_may_not_use_looks_like_none()
    {
        var shown = (await Front.GetAsync("/v1/models/gpt-4-medical", await TokenAsync("alice"))).ShouldBeStatus(200);
        shown.Json.GetProperty("id").GetString().ShouldBe("gpt-4-medical");
        var hidden = (await Front.GetAsync("/v1/models/gpt-4-medical", await TokenAsync("nora"))).ShouldBeStatus(404);
        var absent = (await Front.GetAsync("/v1/models/no-such-model", await TokenAsync("nora"))).ShouldBeStatus(404);
        hidden.ErrorCode.ShouldBe(absent.ErrorCode);
    }

    private async Task<IReadOnlyList<string>> ModelsAsync(string token)
    {
        var list = (await Front.GetAsync("/v1/models", token)).ShouldBeStatus(200).Json;
        list.GetProperty("object").GetString().ShouldBe("list");
        return [.. list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
    }
}
