using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>User, backend, LLM on the customer's own wire: the clinic's API is governed like ours, and its own call stays bound to the person.</summary>
public abstract class ClinicSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task A_nurse_is_refused_before_anything_is_forwarded_and_it_is_on_record()
    {
        var marker = Marker();
        var answer = (await AskAsync("nora", "gpt-4-medical", marker)).ShouldBeStatus(403);
        answer.ContentType!.ShouldStartWith("application/problem+json");
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();

        var record = (await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 1)).ShouldHaveSingleItem();
        record.Member("type").ShouldBe("refusal");
        record.Member("backend").ShouldBe("clinic");
        record.Member("model").ShouldBe("gpt-4-medical");
        record.Member("user_id").ShouldBe("nora");
        record.Member("decision.effect").ShouldBe("deny");
        (await Audit.QueryAsync(await TokenAsync("audrey"), "parent_request_id=" + answer.RequestId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_doctor_is_answered_through_a_clinic_that_holds_no_key()
    {
        var marker = Marker();
        (await AskAsync("alice", "gpt-4-medical", marker)).ShouldBeStatus(200).Json.GetProperty("answer").GetString()!.ShouldContain(marker);
        (await ReceivedAsync("cloud", marker)).ShouldHaveSingleItem().GetProperty("credential").GetString().ShouldBe("provider_key");
    }

    [Fact]
    public async Task The_two_requests_are_one_trace_and_are_linked()
    {
        var answer = (await AskAsync("alice", "gpt-4-medical", Marker())).ShouldBeStatus(200);
        var audrey = await TokenAsync("audrey");
        var parent = await Audit.OfRequestAsync(audrey, answer.RequestId, 2);
        var child = await Audit.ChildrenAsync(audrey, answer.RequestId);

        parent.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        child.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        child.ShouldAllBe(r => r.Member("action") == "model.call" && r.Member("user_id") == "alice");
        child.Concat(parent).Select(r => r.Member("traceparent")!.Split('-')[1]).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        child.Concat(parent).Select(r => r.Member("caller.person_id")).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_money_is_charged_once_and_to_the_person()
    {
        var token = await TokenAsync("alice");
        var before = (Tokens: await Front.SettledAsync(token, "tokens_per_day"), Cost: await Front.SettledAsync(token, "cost_per_day"));
        var answer = (await AskAsync("alice", "gpt-4-medical", Marker())).ShouldBeStatus(200);
        var audrey = await TokenAsync("audrey");
        var child = (await Audit.ChildrenAsync(audrey, answer.RequestId))[^1];
        var parent = (await Audit.OfRequestAsync(audrey, answer.RequestId, 2))[^1];
        var after = (Tokens: await Front.SettledAsync(token, "tokens_per_day"), Cost: await Front.SettledAsync(token, "cost_per_day"));

        (after.Tokens.Used - before.Tokens.Used).ShouldBe(child.Number("usage.input_tokens") + child.Number("usage.output_tokens"));
        (after.Cost.Used - before.Cost.Used).ShouldBe(child.Number("usage.total_cost_micros"));
        parent.Number("usage.total_cost_micros").ShouldBe(0);
        parent.Member("charged_by_child").ShouldBe(bool.TrueString);
    }

    [Fact]
    public async Task Sensitive_text_of_a_contractor_does_not_reach_the_clinic()
    {
        var marker = Marker();
        (await AskAsync("carol", "gpt-4o-mini", "the payroll " + marker)).ShouldBeStatus(403);
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_clinics_secret_without_an_assertion_opens_nothing()
    {
        using var request = GatewayClient.ChatRequest(await TokenAsync("nora"), "gpt-4-medical", "hello");
        request.Headers.Add("Backend-Credential", "clinic:guessed");
        (await Front.SendAsync(request)).ShouldBeStatus(401);
    }

    [Theory]
    [InlineData("""{"prompt":"no model"}""")]
    [InlineData("""{"model":7,"prompt":"a number"}""")]
    [InlineData("""{"model":"gpt-4o-mini","model":"gpt-4-medical","prompt":"two models"}""")]
    [InlineData("""{"model":"gpt-4o-mini","prompt":"trailing"}{}""")]
    [InlineData("not json")]
    public async Task A_body_that_two_parsers_could_read_differently_is_refused(string body)
    {
        var answer = await Front.PostAsync("/backends/clinic/chat", await TokenAsync("alice"), body);
        answer.Status.ShouldBeInRange(400, 499);
        answer.ContentType!.ShouldStartWith("application/problem+json");
    }

    private async Task<Answer> AskAsync(string user, string model, string prompt) =>
        await Front.PostAsync(
            "/backends/clinic/chat", await TokenAsync(user, "clinic-app"), new JsonObject { ["model"] = model, ["prompt"] = prompt }.ToJsonString());
}
