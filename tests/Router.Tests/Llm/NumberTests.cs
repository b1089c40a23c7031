using System.Net;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm;

/// <summary>Long numbers of a body are looked at like texts, and stay where they are or stop it.</summary>
public sealed class NumberTests
{
    private const string Card = "4111111111111111";

    [Theory]
    [InlineData("4111111111111111", Card)]
    [InlineData("-4111111111111111", Card)]
    [InlineData("4111111111111111.00", Card)]
    [InlineData("4.111111111111111E15", Card)]
    [InlineData("411111111111111100e-2", Card)]
    [InlineData("4111111111111111.5", Card)]
    [InlineData("4111111111111111e14", Card)]
    [InlineData("4111111111111111e400", Card)]
    [InlineData("1234567", "1234567")]
    [InlineData("123456", null)]
    [InlineData("1e6", "1000000")]
    [InlineData("52.5200066", null)]
    [InlineData("1e400", null)]
    [InlineData("0.0000001", null)]
    public void What_is_long_enough_is_read_as_a_person_would_write_it(string number, string? text) => NumberText.Read(Texts.Utf8(number)).ShouldBe(text);

    [Theory]
    [InlineData("\"extra\":{\"card\":4111111111111111}", SegmentOrigin.User)]
    [InlineData("\"metadata\":{\"a\":[[4111111111111111]]}", SegmentOrigin.User)]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"default\":4111111111111111}}}]", SegmentOrigin.ToolDefinition)]
    public void A_long_number_is_a_text_that_cannot_be_edited(string member, SegmentOrigin origin)
    {
        using var request = Read(member);
        request.Segments.Single(s => s.Text == Card).ShouldSatisfyAllConditions(
            s => s.Editable.ShouldBeFalse(), s => s.Origin.ShouldBe(origin), s => s.Part.ShouldBe("number"), s => s.MediaType.ShouldBe("text/plain"));
        request.Segments.Select(s => s.Id).ShouldBe(Enumerable.Range(0, request.Segments.Length));
        request.SegmentElements.Length.ShouldBe(request.Segments.Length);
    }

    [Theory]
    [InlineData("\"seed\":4111111111111111")]
    [InlineData("\"max_tokens\":100000000")]
    [InlineData("\"temperature\":0.7000000000001")]
    [InlineData("\"stop_token_ids\":[50256,100257]")]
    public void What_says_how_to_answer_is_nobodys_number(string member)
    {
        using var request = Read(member);
        request.Segments.ShouldHaveSingleItem().Text.ShouldBe("hi");
    }

    [Fact]
    public void A_table_of_numbers_is_no_text_for_each_of_them()
    {
        using var request = Read("\"x\":[" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => "{\"t\":" + (1_732_650_000_000 + i) + "}")) + "]");
        request.Segments.Length.ShouldBeLessThan(8000);
        request.Segments.Max(s => s.Text.Length).ShouldBeLessThan(256);
        request.Segments.SelectMany(s => s.Text.Split('\n')).Count(t => t.StartsWith("17326", StringComparison.Ordinal)).ShouldBe(100_000);
    }

    [Fact]
    public void Numbers_of_earlier_turns_stay_with_them()
    {
        const string body = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a","n":1111111}]},{"role":"assistant","content":"b"},{"role":"user","content":[{"type":"text","text":"c","n":2222222}]}]}
            """;
        ChatRequestReader.TryRead(Texts.Utf8(body), out var request, TestContext.Current.CancellationToken).ShouldBeNull();
        using (request)
        {
            request!.Segments.Where(s => s.Part == "number").Select(s => (s.Text, s.Earlier)).ShouldBe([("1111111", true), ("2222222", false)]);
        }
    }

    [Theory]
    [InlineData("Router:Models:0:Transform=redact", HttpStatusCode.BadRequest)]
    [InlineData("Router:Models:0:Transform=detect", HttpStatusCode.OK)]
    public async Task A_number_that_must_be_taken_out_is_refused_with_what_to_do(string setting, HttpStatusCode status)
    {
        await using var provider = await StubServer.StartAsync();
        provider.OnRequest = Wire.Answer();
        await using var gateway = await StartAsync(provider, setting);
        using var response = await gateway.ChatAsync(Wire.Ask(more: ",\"extra\":{\"card\":4111111111111111}"));
        response.StatusCode.ShouldBe(status);
        var body = await response.BodyAsync();
        body.ShouldNotContain(Card);
        body.Contains("as a string", StringComparison.Ordinal).ShouldBe(status == HttpStatusCode.BadRequest);
        provider.Requests.Count.ShouldBe(status == HttpStatusCode.OK ? 1 : 0);
        using var other = await gateway.ChatAsync(Wire.Ask(more: ",\"extra\":{\"at\":1732650000000}"));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        provider.Requests.Last().Body.ShouldContain("1732650000000");
    }

    [Theory]
    [InlineData("{\"prompt\":{\"card\":4111111111111111}}", 400)]
    [InlineData("{\"prompt\":4111111111111111}", 400)]
    [InlineData("{\"prompt\":{\"at\":1732650000000}}", 200)]
    [InlineData("{\"prompt\":\"hi\",\"id\":4111111111111111}", 200)]
    public async Task Numbers_below_a_backends_pointer_are_looked_at(string body, int status)
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = Wire.Answer("{}");
        await using var gateway = await StartAsync(
            backend, "Router:Backends:b:BaseUrl=" + backend.Address, "Router:Backends:b:ContentPointers:0=/prompt", "Router:Backends:b:Transform=redact");
        using var response = await gateway.SendAsync(HttpMethod.Post, "/backends/b/chat", body);
        ((int)response.StatusCode).ShouldBe(status);
        backend.Requests.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("{\"card\":4111111111111111}", "{\"content\":[]}", true)]
    [InlineData("{}", "{\"content\":[],\"structuredContent\":{\"card\":4111111111111111}}", true)]
    [InlineData("{\"n\":1.10,\"at\":1732650000000}", "{\"content\":[],\"structuredContent\":{\"at\":1732650000000}}", false)]
    public async Task Numbers_of_tools_are_looked_at(string arguments, string result, bool isRefused)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Transform=redact");
        mcp.Gateway.Transform.OnInspect = (request, _) => Task.FromResult(Cards(request));
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, result);
        mcp.Gateway.Transform.OnApply = request => Task.FromResult(Edits(request));
        var reply = await mcp.CallAsync("calendar.free", arguments);
        reply.IsToolError.ShouldBe(isRefused);
        reply.Text.ShouldNotContain(Card);
        string.Concat(mcp.Server.Arrived.Select(r => r.Body)).ShouldNotContain(Card);
    }

    private static async Task<GatewayUnderTest> StartAsync(StubServer server, params string[] settings)
    {
        var gateway = await GatewayUnderTest.StartAsync(["Router:Providers:p:BaseUrl=" + server.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", .. settings]);
        gateway.Transform.OnInspect = (request, _) => Task.FromResult(Cards(request));
        gateway.Transform.OnApply = request => Task.FromResult(Edits(request));
        return gateway;
    }

    private static InspectionResult Cards(InspectionRequest request) => TransformDouble.Inspected(request) with
    {
        Findings =
        [
            .. request.Segments.Select(s => (Segment: s, At: s.Text.IndexOf(Card, StringComparison.Ordinal))).Where(f => f.At >= 0)
                .Select(f => new Finding { SegmentId = f.Segment.Id, Type = "CARD", Start = f.At, End = f.At + Card.Length, Score = 1 }),
        ],
    };

    // As Transform does: what cannot be edited and must be is refused.
    private static EditResult Edits(EditRequest request) =>
        request.Segments.All(s => s.Editable) ? TransformDouble.Applied(request) : new EditResult { Status = EditStatus.NotEditable, Reason = "not_editable_place" };

    private static ChatRequest Read(string member)
    {
        ChatRequestReader.TryRead(Texts.Utf8(Wire.Ask(more: "," + member)), out var request).ShouldBeNull();
        return request!;
    }
}
