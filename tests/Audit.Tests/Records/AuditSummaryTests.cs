using GatewayStack.Audit.Records;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Tests.Records;

public sealed class AuditSummaryTests
{
    [Fact]
    public void Reads_like_a_sentence()
    {
        var call = Samples.Event();
        Of(call).ShouldBe("alice read calendar through ChatGPT");
        Of(call with { Type = EventTypes.Decision }).ShouldBe("alice was allowed to read calendar through ChatGPT");
        Of(call with { Operation = "DELETE /events/{id}" }).ShouldBe("alice deleted from calendar through ChatGPT");
        Of(call with { Action = "model.call", Backend = null, Model = "gpt-4o-mini", Outcome = EventOutcomes.Interrupted })
            .ShouldBe("alice used gpt-4o-mini through ChatGPT (interrupted)");
        Of(call with { Backend = "clinic", Model = "gpt-4-medical" }).ShouldBe("alice used gpt-4-medical at clinic through ChatGPT");
        Of(call with { Caller = call.Caller! with { Actor = "clinic" } }).ShouldBe("alice read calendar through ChatGPT, for whom clinic acted");
        Of(Samples.Refusal()).ShouldBe("nora was refused gpt-4-medical (missing role) through demo");
        Of(call with { Personal = null }).ShouldBe("p-alice read calendar through ChatGPT");
        Of(call with { Personal = null, Caller = call.Caller! with { Kind = "service" } }).ShouldBe("ChatGPT read calendar");
        Of(call with { Type = EventTypes.AuditRead }).ShouldBe("alice read the audit through ChatGPT");
        Of(call with { Type = EventTypes.AccountRead, Action = "limits.read", Backend = null }).ShouldBe("alice read their limits through ChatGPT");
        Of(new GatewayEvent { Type = EventTypes.SignInFailed, Time = Samples.Noon, Tenant = "default", RequestId = "r", Reason = "token_expired" })
            .ShouldBe("a sign-in was refused (token expired)");
        Of(new GatewayEvent { Type = EventTypes.Gap, Time = Samples.Noon, Tenant = "default", RequestId = "", Lost = 3, Reason = "spool_full" }).ShouldBe("3 events were lost (spool full)");
        Of(call with { Type = EventTypes.Administration, Administration = new EventAdministration { Operation = "policy.reload", Reason = "new model", Succeeded = true } })
            .ShouldBe("alice did policy.reload: new model");
    }

    [Fact]
    public void A_tool_reads_like_a_sentence_too()
    {
        var call = Samples.ToolCall();
        Of(call).ShouldBe("alice called calendar.list at calendar through Claude");
        Of(call with { Type = EventTypes.Decision, Resources = [Samples.Record("17")] }).ShouldBe("alice was allowed to call calendar.list at calendar (record 17) through Claude");
        Of(call with { Mcp = call.Mcp! with { IsError = true } }).ShouldBe("alice called calendar.list at calendar through Claude (the tool answered with an error)");
        Of(call with { Type = EventTypes.Refusal, Decision = new EventDecision { Effect = "deny", Reasons = ["missing_scope"] }, Mcp = call.Mcp! with { Tool = "calendar.create" } })
            .ShouldBe("alice was refused calendar.create at calendar (missing scope) through Claude");
        Of(call with { Action = "resource.read", Mcp = new EventMcp { Server = "calendar", Method = "resources/read" } }).ShouldBe("alice read a resource at calendar through Claude");
        Of(call with { Action = "prompt.get", Mcp = new EventMcp { Server = "calendar", Method = "prompts/get", Prompt = "plan" } }).ShouldBe("alice used plan at calendar through Claude");
        Of(call with { Action = "mcp.method", Mcp = new EventMcp { Server = "calendar", Method = "tools/list" } }).ShouldBe("alice called tools/list at calendar through Claude");
    }

    private static string Of(GatewayEvent e) => AuditSummary.Of(e);
}
