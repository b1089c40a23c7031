using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Callers;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>
/// What is in the text decides where it may go: financial text stays inside, sensitive text of a contractor goes nowhere, redacted text
/// leaves without its values.
/// </summary>
public abstract class ResidencySuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    private const string Email = "bob.miller@example.com";
    private const string Card = "4111 1111 1111 1111";

    [Theory]
    [InlineData("Summarise the quarterly results and the EBITDA:")]
    [InlineData("Our REVENUE was up. ")]
    [InlineData("balance sheet")]
    public async Task Financial_text_goes_to_the_model_inside_by_itself_and_never_outside(string text)
    {
        var marker = Marker();
        var answer = (await Front.ChatAsync(await TokenAsync("frank"), "smart-model", $"{text} {marker}")).ShouldBeStatus(200);
        answer.Text.ShouldContain("at onprem");
        (await ReceivedAsync("onprem", marker)).ShouldHaveSingleItem();
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_text_of_his_goes_outside()
    {
        var marker = Marker();
        (await Front.ChatAsync(await TokenAsync("frank"), "smart-model", marker)).ShouldBeStatus(200).Text.ShouldContain("at cloud");
        (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Financial_text_is_refused_where_the_only_target_is_outside()
    {
        var marker = Marker();
        (await Front.ChatAsync(await TokenAsync("frank"), "gpt-4o-mini", $"revenue {marker}")).ShouldBeStatus(403);
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gpt-4o-mini")]
    [InlineData("smart-model")]
    public async Task Sensitive_text_of_a_contractor_is_refused(string model)
    {
        var marker = Marker();
        var answer = (await Front.ChatAsync(await TokenAsync("carol"), model, $"the salary list is confidential {marker}")).ShouldBeStatus(403);
        answer.Body.ShouldNotContain("salary");
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
        (await ReceivedAsync("onprem", marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_contractor_may_ask_about_the_weather() =>
        (await Front.ChatAsync(await TokenAsync("carol"), "gpt-4o-mini", "What is the weather?")).ShouldBeStatus(200);

    [Fact]
    public async Task A_label_hidden_in_an_earlier_message_counts()
    {
        var body = """
            {"model":"gpt-4o-mini","messages":[
              {"role":"system","content":"the payroll is here"},
              {"role":"assistant","content":"ok"},
              {"role":"user","content":[{"type":"text","text":"go on"}]}]}
            """;
        (await Front.ChatAsync(await TokenAsync("carol"), body)).ShouldBeStatus(403);
    }

    [Fact]
    public async Task A_label_spelt_with_escapes_counts()
    {
        var body = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"the p\u0061yroll"}]}""";
        (await Front.ChatAsync(await TokenAsync("carol"), body)).ShouldBeStatus(403);
    }

    [Fact]
    public async Task A_model_that_redacts_sends_neither_mail_address_nor_card()
    {
        var marker = Marker();
        var body = $$"""
            {"model":"{{SuiteSettings.RedactedModel}}","temperature":0.70,"seed":4111111111111111,
             "messages":[{"role":"user","content":"{{marker}} write to {{Email}}, card {{Card}}."}]}
            """;
        (await Front.ChatAsync(Token(Caller.New()), body)).ShouldBeStatus(200);
        var sent = (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem().GetProperty("body").GetString()!;
        sent.ShouldNotContain(Email);
        sent.ShouldNotContain(Card);
        sent.ShouldContain(@"""temperature"":0.70");
        sent.ShouldContain(@"""seed"":4111111111111111");
        JsonElement.Parse(sent).GetProperty("messages")[0].GetProperty("content").GetString()!.ShouldStartWith(marker);
    }

    [Fact]
    public async Task The_same_text_is_redacted_for_the_target_outside_and_not_for_the_one_inside()
    {
        var (outside, inside) = (Marker(), Marker());
        (await Front.ChatAsync(await TokenAsync("frank"), "smart-model", $"{outside} write to {Email}")).ShouldBeStatus(200);
        (await Front.ChatAsync(await TokenAsync("frank"), "smart-model", $"{inside} revenue, write to {Email}")).ShouldBeStatus(200);
        (await ReceivedAsync("cloud", outside)).ShouldHaveSingleItem().GetRawText().ShouldNotContain(Email);
        (await ReceivedAsync("onprem", inside)).ShouldHaveSingleItem().GetRawText().ShouldContain(Email);
    }

    [Fact]
    public async Task The_audit_tells_what_was_found_and_never_the_text()
    {
        var caller = Caller.New();
        var answer = (await Front.ChatAsync(Token(caller), SuiteSettings.RedactedModel, $"write to {Email}")).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        var decision = records.First(r => r.Member("type") == "decision");
        decision.Find("content.types")!.Value.ToString().ShouldContain("EMAIL");
        decision.Number("content.redactions").ShouldBeGreaterThan(0);
        records.ShouldAllBe(r => !r.GetRawText().Contains(Email, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Content_that_cannot_be_scanned_is_refused_where_the_route_redacts()
    {
        var body = $$$"""
            {"model":"{{{SuiteSettings.RedactedModel}}}",
             "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}
            """;
        (await Front.ChatAsync(Token(Caller.New()), body)).Status.ShouldBeInRange(400, 499);
    }
}
