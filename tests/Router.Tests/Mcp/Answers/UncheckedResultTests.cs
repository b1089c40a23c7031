using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Answers;

/// <summary>What becomes of a server's result when looking at it, or changing it, comes to nothing.</summary>
public sealed class UncheckedResultTests
{
    private const string Redact = "Router:Mcp:calendar:Transform=redact";
    private const string Detect = "Router:Mcp:calendar:Transform=detect";

    private static readonly string[] Block = ["Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=block"];

    /// <summary>How the inspection of a result may end.</summary>
    public static TheoryData<string, bool> Ends => new()
    {
        { "never reached", true }, { "refused", false }, { "failed", false }, { "rejected", false }, { "miswired", false },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Only_a_fault_that_no_result_can_cause_opens_a_route(string end, bool passes)
    {
        foreach (var settings in (string[][])[[Redact], [Detect, .. Block]])
        {
            await using var mcp = await StartAsync(settings);
            mcp.Gateway.Transform.OnInspect = (request, _) => End(request, end);
            var reply = await mcp.CallAsync("calendar.free");
            reply.Text.Contains("CARD", StringComparison.Ordinal).ShouldBe(passes, end);
            reply.IsToolError.ShouldBe(!passes, end);
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Where_nothing_would_be_changed_not_having_looked_opens_nothing(string end, bool passes)
    {
        await using var mcp = await StartAsync(Detect);
        mcp.Gateway.Transform.OnInspect = (request, _) => End(request, end);
        (await mcp.CallAsync("calendar.free")).Text.ShouldContain("CARD", Case.Sensitive, $"{end} {passes}");
        await using var strict = await StartAsync(Detect, "Router:OnUnavailable:Transform=deny");
        strict.Gateway.Transform.OnInspect = (request, _) => End(request, end);
        (await strict.CallAsync("calendar.free")).Text.ShouldNotContain("CARD", Case.Sensitive, end);
    }

    [Theory]
    [InlineData("hidden_characters", false)]
    [InlineData("part_too_long", false)]
    [InlineData("too_long", true)]
    public async Task What_the_operators_own_rules_refuse_is_withheld_where_nothing_else_would_be_changed_either(string reason, bool passes)
    {
        await using var mcp = await StartAsync(Detect);
        mcp.Gateway.Transform.OnInspect = async (request, _) => (await End(request, "refused")) with { Reason = reason };
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.Contains("CARD", StringComparison.Ordinal).ShouldBe(passes);
        reply.IsToolError.ShouldBe(!passes);
    }

    [Fact]
    public async Task Where_nothing_that_was_found_is_to_be_changed_no_change_is_asked_for()
    {
        await using var mcp = await StartAsync([Detect, .. Block]);
        mcp.Gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.Broken);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"EMAIL"}]}""");
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.ShouldContain("EMAIL");
        reply.IsToolError.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_known_to_be_blocked_is_withheld_without_asking_again()
    {
        await using var mcp = await StartAsync([Detect, .. Block]);
        mcp.Gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.ShouldNotContain("CARD", Case.Sensitive);
        reply.IsToolError.ShouldBeTrue();
        (await mcp.Gateway.Log.AppendedAsync("outcome")).Reason.ShouldBe("content_blocked:CARD");
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"EMAIL"}]}""");
        (await mcp.CallAsync("calendar.free")).Text.ShouldContain("EMAIL");
    }

    [Theory]
    [InlineData("CARD is here for you", false)]
    [InlineData("EMAI\\nL CARD", false)]
    [InlineData("", true)]
    public async Task A_sentence_is_no_file_whatever_its_member_is_called(string blob, bool passes)
    {
        await using var mcp = await StartAsync([Detect, .. Block]);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"a://b\",\"blob\":\"" + blob + "\"}}]}");
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBe(!passes);
    }

    [Fact]
    public async Task What_may_be_a_sentence_as_well_as_a_file_is_looked_at()
    {
        await using var mcp = await StartAsync(Detect);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"resource","resource":{"uri":"a://b","blob":"CARD is here for you"}}]}""");
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeFalse();
        (await mcp.Gateway.Log.AppendedAsync("outcome")).Mcp!.ResultTypes.ShouldBe(["CARD"]);
    }

    [Fact]
    public async Task A_file_passes_where_nothing_is_to_be_taken_out()
    {
        await using var mcp = await StartAsync(Detect);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"image","data":"aGk=","mimeType":"image/png"}]}""");
        (await mcp.CallAsync("calendar.free")).Text.ShouldContain("aGk=");
    }

    private static async Task<McpGateway> StartAsync(params string[] settings)
    {
        var mcp = await McpGateway.StartAsync(settings);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"CARD"}]}""");
        return mcp;
    }

    private static Task<InspectionResult> End(InspectionRequest request, string end) => end switch
    {
        "never reached" => throw new ModuleCallException("transform", ModuleFault.NeverReached),
        "rejected" => throw new ModuleCallException("transform", ModuleFault.Request),
        "miswired" => throw new ModuleCallException("transform", ModuleFault.Wiring),
        "failed" => throw new InvalidOperationException("down"),
        _ => Task.FromResult(new InspectionResult { Status = InspectionStatus.Refused, Metadata = new ContentMetadata { Status = ContentStatus.Unspecified, Unscanned = request.Unscanned } }),
    };
}
