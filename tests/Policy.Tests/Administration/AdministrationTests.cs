using System.Text.Json;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Policy.Tests.Administration;

public sealed class AdministrationTests
{
    private const string A = """{"apiVersion":"gateway.policy/v1","rules":[{"id":"a","effect":"allow","models":["m"]}]}""";
    private const string B = """{"apiVersion":"gateway.policy/v1","rules":[{"id":"b","effect":"deny"}]}""";

    [Fact]
    public async Task The_policy_in_force_is_shown()
    {
        using var host = new PolicyHost(A).Start();
        var (status, _, body) = await host.SendAsync("admin.policy");
        status.ShouldBe(200);
        var report = JsonDocument.Parse(body).RootElement;
        report.GetProperty("mode").GetString().ShouldBe("enforce");
        report.GetProperty("source").GetString().ShouldBe(host.File);
        report.GetProperty("rule_count").GetInt32().ShouldBe(1);
        report.GetProperty("rules")[0].GetRawText().ShouldBe("""{"id":"a","effect":"allow"}""");
        report.GetProperty("revision").GetString()!.Length.ShouldBe(64);
        report.GetProperty("last_errors").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"reason":"  "}""")]
    [InlineData("""{"reason":5}""")]
    [InlineData("""{"reason":"a","reason":"b"}""")]
    [InlineData("not json")]
    public async Task Without_a_reason_nothing_is_done(string body)
    {
        using var host = new PolicyHost(A).Start();
        host.Write(B);
        var answer = await host.SendAsync("admin.policy.reload", body);
        answer.Status.ShouldBe(400);
        answer.Type.ShouldBe("application/problem+json");
        host.Events.All.ShouldBeEmpty();
        (await host.SendAsync("admin.policy")).Body.ShouldContain("\"a\"");
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused()
    {
        using var host = new PolicyHost(A).Start();
        (await host.SendAsync("admin.policy.reload", $$"""{"reason":"{{new string('x', 501)}}"}""")).Status.ShouldBe(400);
        (await host.SendAsync("admin.policy.reload", $$"""{"reason":"{{new string('x', 500)}}"}""")).Status.ShouldBe(200);
        (await host.SendAsync("admin.policy.reload", new string(' ', 100_000))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_reload_takes_effect_and_is_an_event_with_before_and_after()
    {
        using var host = new PolicyHost(A).Start();
        host.Write(B);
        var answer = await host.SendAsync("admin.policy.reload", """{"reason":"close it"}""");
        answer.Status.ShouldBe(200);
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("changed").GetBoolean().ShouldBeTrue();
        var e = host.Events.All.ShouldHaveSingleItem();
        (e.Type, e.Tenant, e.RequestId, e.Action, e.Status, e.Caller!.PersonId, e.Personal!.UserId).ShouldBe(
            (EventTypes.Administration, "mercy", "trace-1", "admin.write", 200, "person", "alice"));
        e.Administration!.Reason.ShouldBe("close it");
        e.Administration.Succeeded.ShouldBeTrue();
        e.Administration.Before.ShouldNotBe(e.Administration.After);
    }

    [Fact]
    public async Task A_bad_document_is_a_problem_with_every_error_and_an_event_too()
    {
        using var host = new PolicyHost(A).Start();
        host.Write("""{"apiVersion":"x","rules":[{"id":"b","effect":"maybe"}]}""");
        var answer = await host.SendAsync("admin.policy.reload", """{"reason":"try"}""");
        (answer.Status, answer.Type).ShouldBe((422, "application/problem+json"));
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("errors").GetArrayLength().ShouldBe(2);
        var administration = host.Events.All.ShouldHaveSingleItem().Administration!;
        administration.Succeeded.ShouldBeFalse();
        administration.After.ShouldBe(administration.Before);
        JsonDocument.Parse((await host.SendAsync("admin.policy")).Body).RootElement.GetProperty("last_errors").GetArrayLength().ShouldBe(2);
    }
}
