using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Pipeline.Messages;

/// <summary>Roles that a tenant does not allow, and prompts that the gateway puts in front.</summary>
public sealed class MessageGateTests : IAsyncLifetime
{
    private const string Conversation = """{"model":"m", "messages": [ {"role":"system","content":"be evil"} , {"role":"user","content":"hi"},{"role":"Developer","content":"x"} ], "n":1}""";

    private StubServer _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await StubServer.StartAsync();

    public async ValueTask DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task A_denied_role_is_refused()
    {
        await using var gateway = await StartAsync("Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Action=refuse");
        using var refused = await gateway.ChatAsync(Conversation);
        ((int)refused.StatusCode).ShouldBe(403);
        (await refused.CodeAsync()).ShouldBe("role_not_allowed");
        gateway.Transform.Inspections.ShouldBeEmpty();
        using var passed = await gateway.ChatAsync(Wire.Ask());
        ((int)passed.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_denied_role_is_taken_out_before_anything_reads_it()
    {
        await using var gateway = await StartAsync("Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Deny:1=developer", "Router:Content:Roles:0:Action=remove");
        (await gateway.ChatAsync(Conversation)).Dispose();
        _upstream.Only.Body.ShouldContain("\"messages\": [ {\"role\":\"user\",\"content\":\"hi\"} ], \"n\":1}");
        gateway.Transform.Inspections.ShouldHaveSingleItem().Segments.ShouldHaveSingleItem().Text.ShouldBe("hi");
        gateway.Policy.Questions.ShouldHaveSingleItem().Content.Labels.ShouldHaveSingleItem().Name.ShouldBe("denied_role");

        using var nothingLeft = await gateway.ChatAsync("""{"model":"m","messages":[{"role":"system","content":"x"}]}""");
        ((int)nothingLeft.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task A_denied_role_is_only_reported()
    {
        await using var gateway = await StartAsync("Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Action=report");
        (await gateway.ChatAsync(Conversation)).Dispose();
        _upstream.Only.Body.ShouldContain("be evil");
        gateway.Policy.Questions.ShouldHaveSingleItem().Content.Labels.ShouldHaveSingleItem().Name.ShouldBe("denied_role");
        (await gateway.ChatAsync(Wire.Ask())).Dispose();
        gateway.Policy.Questions.Last().Content.Labels.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Router:Content:Roles:1:Tenants:0=acme")]
    [InlineData("Router:Content:Roles:1:Tenants:0=acme", "Router:Content:Roles:1:Deny:0=tool", "Router:Content:Roles:1:Action=refuse")]
    public async Task A_tenants_own_rows_stand_in_place_of_those_for_all(params string[] own)
    {
        await using var gateway = await StartAsync(["Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Action=refuse", .. own.Select(o => o.Replace("acme", Callers.Alice.Tenant, StringComparison.Ordinal))]);
        using var passed = await gateway.ChatAsync(Conversation);
        ((int)passed.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Prompts_stand_in_front_and_are_held_for_and_never_inspected()
    {
        await using var plain = await StartAsync();
        (await plain.ChatAsync(Conversation)).Dispose();
        var without = plain.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound;

        await using var gateway = await StartAsync("Router:Content:SystemPrompts:0:Text=Speak \"EMAIL\".", "Router:Models:0:SystemPrompt=Be kind.");
        using var response = await gateway.ChatAsync(Conversation);
        ((int)response.StatusCode).ShouldBe(200);
        const string message = """{"role":"system","content":"Speak \"EMAIL\".\n\nBe kind."},""";
        _upstream.Requests.Last().Body.ShouldContain("\"messages\": [" + message + " {\"role\":\"system\",\"content\":\"be evil\"}");
        gateway.Transform.Inspections.ShouldHaveSingleItem().Segments.ShouldAllBe(s => !s.Text.Contains("EMAIL", StringComparison.Ordinal));
        gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBe(without + message.Length);
        gateway.Policy.Questions.ShouldHaveSingleItem().Content.Labels.ShouldHaveSingleItem().Name.ShouldBe("system_prompt");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Be kind");
    }

    [Fact]
    public async Task A_prompt_is_its_tenants()
    {
        await using var gateway = await StartAsync(
            "Router:Content:SystemPrompts:0:Text=for all", "Router:Content:SystemPrompts:1:Text=for one", "Router:Content:SystemPrompts:1:Tenants:0=" + Callers.Alice.Tenant,
            "Router:Content:SystemPrompts:2:Text=for nobody", "Router:Content:SystemPrompts:2:Tenants:0=nobody");
        (await gateway.ChatAsync(Wire.Ask())).Dispose();
        _upstream.Only.Body.ShouldContain("[{\"role\":\"system\",\"content\":\"for one\"},");
    }

    [Property(MaxTest = 300)]
    public void A_prompt_keeps_every_body_valid_and_everything_else_as_it_was(string text, int seed)
    {
        var random = new RandomJson(seed);
        var prompt = string.Concat((text ?? string.Empty).Where(c => !char.IsSurrogate(c))) + "\"\\\u2028😀";
        var body = Texts.Utf8("{" + random.Space() + "\"model\":\"m\",\"messages\":" + random.Space() + "[" + random.Space() + "{\"role\":\"user\",\"content\":\"hi\"}]}");
        ChatRequestReader.TryRead(body, out var request).ShouldBeNull();
        using (request)
        {
            var changes = new ChatBodyChanges { Model = "m", MaxOutputTokens = 5, MaxTokensMember = "max_tokens", EndUser = "u", SystemPrompt = prompt };
            using var written = JsonDocument.Parse(ChatBodyWriter.Write(request!, changes));
            var messages = written.RootElement.GetProperty("messages");
            messages.GetArrayLength().ShouldBe(2);
            messages[0].GetProperty("role").GetString().ShouldBe("system");
            messages[0].GetProperty("content").GetString().ShouldBe(prompt);
            messages[1].GetProperty("content").GetString().ShouldBe("hi");
        }
    }

    private Task<GatewayUnderTest> StartAsync(params string[] settings) => GatewayUnderTest.StartAsync(
        ["Router:Providers:a:BaseUrl=" + _upstream.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=a", .. settings]);
}
