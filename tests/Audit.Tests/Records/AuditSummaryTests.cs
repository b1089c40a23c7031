using GatewayStack.Audit.Records;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;

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

    [Fact]
    public void Who_was_cut_off_reads_like_a_sentence_too()
    {
        var standing = new EventStanding { Measure = "m", Subject = new StandingSubject { Tenant = "default", PersonId = "p-nora", ClientId = "claude" }, Until = Samples.Noon };
        var block = Samples.Event() with { Type = EventTypes.Administration, Administration = Act("standing.block", standing) };
        Of(block).ShouldBe("alice cut off person p-nora, client claude until 2026-03-04 12:00 UTC: a lost laptop");
        Of(block with { Administration = Act("standing.unblock", standing) }).ShouldBe("alice let person p-nora, client claude in again: a lost laptop");
        Of(block with { Administration = Act("standing.expire", standing) }).ShouldBe("person p-nora, client claude may come in again: the time was up");
        Of(block with { Administration = Act("standing.block", standing with { Subject = new StandingSubject { Tenant = "acme" } }) }).ShouldStartWith("alice cut off tenant acme until ");
        var byUser = Act("standing.block", standing with { Subject = new StandingSubject { Tenant = "default" } });
        Of(block with { Administration = byUser, Resources = [new ResourceReference { Type = "user", Id = "nora" }] }).ShouldStartWith("alice cut off user nora until ");
        var signOut = Act("standing.block", standing with { Author = "issuer:corp", Subject = new StandingSubject { SessionId = "s" } });
        Of(block with { Caller = null, Personal = null, Administration = signOut }).ShouldStartWith("the issuer corp cut off session s until ");
        Of(block with { Type = EventTypes.AccountRead, Action = "clients.manage", Backend = null, Administration = null }).ShouldBe("alice changed who may act for them through ChatGPT");

        static EventAdministration Act(string operation, EventStanding standing) => new() { Operation = operation, Reason = "a lost laptop", Succeeded = true, Standing = standing };
    }

    private static string Of(GatewayEvent e) => AuditSummary.Of(e);
}
