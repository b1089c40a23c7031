using System.Net;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Pipeline;

/// <summary>What is done with each type: what route, gateway and decision say, together; and what becomes of it in the answer and on record.</summary>
public sealed class ContentActionsTests : IAsyncLifetime
{
    private StubServer _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await StubServer.StartAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("[email] [card]", "Models:0:Transform=redact")]
    [InlineData("[email:mask] [card]", "Models:0:Transform=redact", "Models:0:Actions:0:Types:0=EMAIL", "Models:0:Actions:0:Action=mask")]
    [InlineData("EMAIL [card]", "Models:0:Transform=redact", "Models:0:Actions:0:Types:0=EMAIL", "Models:0:Actions:0:Action=allow")]
    [InlineData("EMAIL CARD", "Models:0:Transform=redact-required", "Models:0:Actions:0:Types:0=*", "Models:0:Actions:0:Action=detect")]
    [InlineData("[email:hash] CARD", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=hash")]
    [InlineData("[email:hash] [card:mask]", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=hash", "Models:0:Actions:0:Types:0=CARD", "Models:0:Actions:0:Action=mask")]
    [InlineData("EMAIL CARD", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=hash", "Models:0:Actions:0:Types:0=*", "Models:0:Actions:0:Action=allow")]
    [InlineData("[email] [card]", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=allow", "Models:0:Transform=redact")]
    [InlineData("EMAIL CARD", "Content:Actions:0:Types:0=*", "Content:Actions:0:Action=redact", "Models:0:Transform=off")]
    [InlineData("[email:mask] CARD", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=hash", "Content:Actions:1:Types:0=EMAIL", "Content:Actions:1:Action=mask", "Content:Actions:1:Tenants:0=mercy")]
    [InlineData("[email:hash] CARD", "Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=hash", "Content:Actions:1:Types:0=EMAIL", "Content:Actions:1:Action=mask", "Content:Actions:1:Tenants:0=acme")]
    public async Task What_stands_nearest_holds(string sent, params string[] settings)
    {
        await using var gateway = await StartAsync([.. settings.Select(s => "Router:" + s)]);
        using var response = await gateway.ChatAsync(Wire.Ask(content: "EMAIL CARD"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _provider.Only.Body.ShouldContain(sent);
    }

    [Theory]
    [InlineData("[email] CARD", "mask", ObligationKind.Redact)]
    [InlineData("[email] CARD", "redact", ObligationKind.Mask)]
    [InlineData("EMAIL_7Q2MK9XA4D CARD", "hash", ObligationKind.Pseudonymise)]
    [InlineData("EMAIL_7Q2MK9XA4D CARD", "allow", ObligationKind.PseudonymiseFormat)]
    [InlineData("[email:hash] CARD", "allow", ObligationKind.Hash)]
    public async Task A_rule_never_loosens_a_setting_nor_a_setting_a_rule(string sent, string action, ObligationKind obligation)
    {
        await using var gateway = await StartAsync("Router:Models:0:Actions:0:Types:0=EMAIL", "Router:Models:0:Actions:0:Action=" + action);
        Decide(gateway, new Obligation { Kind = obligation, Types = ["EMAIL"] });
        (await gateway.ChatAsync(Wire.Ask(content: "EMAIL CARD"))).Dispose();
        _provider.Only.Body.ShouldContain(sent);
    }

    [Fact]
    public async Task An_obligation_without_types_is_about_those_that_no_other_one_names()
    {
        await using var gateway = await StartAsync();
        Decide(gateway, new Obligation { Kind = ObligationKind.Mask }, new Obligation { Kind = ObligationKind.Hash, Types = ["CARD"] });
        (await gateway.ChatAsync(Wire.Ask(content: "EMAIL CARD"))).Dispose();
        _provider.Only.Body.ShouldContain("[email:mask] [card:hash]");
        var edit = gateway.Transform.Edits.ShouldHaveSingleItem();
        (edit.PersonId, edit.Tenant).ShouldBe(("person-alice", "mercy"));
        gateway.Log.Events.Single(e => e.Type == "decision").Decision!.Obligations.ShouldBe(["0:mask:all", "0:hash:CARD"]);
    }

    [Theory]
    [InlineData("Router:Content:Actions:0:Action=block")]
    [InlineData(null)]
    public async Task What_is_blocked_is_refused_by_type_and_never_by_value(string? setting)
    {
        await using var gateway = await StartAsync(setting is null ? [] : ["Router:Content:Actions:0:Types:0=CARD", setting]);
        if (setting is null)
        {
            Decide(gateway, new Obligation { Kind = ObligationKind.Block, Types = ["CARD"] });
        }

        using (var response = await gateway.ChatAsync(Wire.Ask(content: "my CARD of 4111"), completion: HttpCompletionOption.ResponseContentRead))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            response.Header("x-should-retry").ShouldBe("false");
            var body = await response.BodyAsync();
            body.ShouldContain("\"code\":\"content_blocked\"");
            body.ShouldContain("(CARD)");
            body.ShouldNotContain("4111");
        }

        _provider.Requests.ShouldBeEmpty();
        gateway.Log.Events.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Type.ShouldBe("refusal"), e => e.Reason.ShouldBe("content_blocked:CARD"));
        using var other = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_mode_that_observes_changes_nothing_and_says_what_it_would_have_blocked()
    {
        await using var gateway = await StartAsync("Transform:Mode=observe", "Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=block", "Router:Content:Answers:0:Types:0=*", "Router:Content:Answers:0:Action=redact");
        _provider.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", "CARD", StringComparison.Ordinal));
        using var response = await gateway.ChatAsync(Wire.Ask(content: "my CARD"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldContain("CARD");
        _provider.Only.Body.ShouldContain("my CARD");
        gateway.Transform.Edits.ShouldBeEmpty();
        gateway.Transform.Sessions.ShouldBeEmpty();
        gateway.Log.Events.Single(e => e.Type == "outcome").Content!.Types.ShouldBe(["CARD"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pseudonym_goes_out_and_what_it_stands_for_comes_back(bool streams)
    {
        await using var gateway = await StartAsync("Router:Models:0:Actions:0:Types:0=EMAIL", "Router:Models:0:Actions:0:Action=pseudonymise", "Router:Models:0:Answers:0:Types:0=CARD", "Router:Models:0:Answers:0:Action=redact");
        _provider.OnRequest = streams
            ? Wire.Stream(["data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"to EMAIL_7Q2M\"}}]}\n\n", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"K9XA4D, CARD\"},\"finish_reason\":\"stop\"}]}\n\n", Wire.Usage, Wire.Done])
            : Wire.Answer(Wire.Completion.Replace("Hello", "to EMAIL_7Q2MK9XA4D, CARD", StringComparison.Ordinal));
        using var response = await gateway.ChatAsync(Wire.Ask(content: "write to EMAIL", more: streams ? ",\"stream\":true" : string.Empty));
        var body = await response.BodyAsync();
        _provider.Only.Body.ShouldContain("write to EMAIL_7Q2MK9XA4D");
        body.ShouldNotContain("_7Q2");
        body.ShouldContain(streams ? "EMAIL, [card]" : "to EMAIL, [card]");
        gateway.Log.Events.Single(e => e.Type == "outcome").Content!.ShouldSatisfyAllConditions(c => c.Redactions.ShouldBe(1), c => c.AnswerRestored.ShouldBe(1), c => c.AnswerMasked.ShouldBe(1));
        gateway.Log.Events.Single(e => e.Type == "outcome").Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBe(2);
        gateway.Transform.Sessions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Tenant.ShouldBe("mercy"), s => s.Assertion.ShouldNotBeNull());
    }

    [Fact]
    public async Task A_pseudonym_of_one_request_is_put_back_in_no_other_one()
    {
        await using var gateway = await StartAsync("Router:Content:Actions:0:Types:0=*", "Router:Content:Actions:0:Action=pseudonymise");
        _provider.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", "EMAIL_7Q2MK9XA4D CARD_7Q2MK9XA4D", StringComparison.Ordinal));
        using var first = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        using var second = await gateway.ChatAsync(Wire.Ask(content: "CARD"));
        using var third = await gateway.ChatAsync(Wire.Ask());
        (await first.BodyAsync()).ShouldContain("\"EMAIL CARD_7Q2MK9XA4D\"");
        (await second.BodyAsync()).ShouldContain("\"EMAIL_7Q2MK9XA4D CARD\"");
        (await third.BodyAsync()).ShouldContain("\"EMAIL_7Q2MK9XA4D CARD_7Q2MK9XA4D\"");
        gateway.Transform.Sessions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_next_target_has_its_own_pseudonyms_or_none()
    {
        var second = await StubServer.StartAsync();
        await using var gateway = await StartAsync("Router:Providers:q:BaseUrl=" + second.Address, "Router:Models:0:Targets:1:Provider=q");
        gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([new Obligation { Kind = ObligationKind.Pseudonymise }], []));
        _provider.OnRequest = Wire.Answer("{}", 500);
        second.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", "EMAIL_7Q2MK9XA4D", StringComparison.Ordinal));
        using var response = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        _provider.Only.Body.ShouldContain("EMAIL_7Q2MK9XA4D");
        second.Only.Body.ShouldContain("\"EMAIL\"");
        (await response.BodyAsync()).ShouldContain("EMAIL_7Q2MK9XA4D");
        gateway.Transform.Sessions.ShouldBeEmpty();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_that_is_blocked_is_a_refusal_on_record()
    {
        await using var gateway = await StartAsync("Router:Content:Answers:0:Types:0=CARD", "Router:Content:Answers:0:Action=block");
        _provider.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", "CARD", StringComparison.Ordinal));
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.CodeAsync()).ShouldBe("content_blocked");
        var outcome = gateway.Log.Events.Single(e => e.Type == "outcome");
        outcome.ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("refused"), e => e.Status.ShouldBe(403), e => e.Reason.ShouldBe("content_blocked"), e => e.Usage!.OutputTokens.ShouldBe(2));
    }

    [Theory]
    [InlineData("detect", 200, "CARD")]
    [InlineData("redact-required", 503, "gateway_unavailable")]
    public async Task Without_transform_an_answer_follows_the_table_unless_the_route_says_required(string treatment, int status, string text)
    {
        await using var gateway = await StartAsync("Router:Models:0:Transform=" + treatment, "Router:Content:Answers:0:Types:0=CARD", "Router:Content:Answers:0:Action=redact");
        _provider.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", "CARD", StringComparison.Ordinal));
        gateway.Transform.OnInspect = (_, _) => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using var response = await gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(status);
        (await response.BodyAsync()).ShouldContain(text);
        response.Header("x-gateway-degraded").ShouldBe("transform");
    }

    [Theory]
    [InlineData("Types:0=CARD", "CARD", 403)]
    [InlineData("Labels:0=harmful", "Hello", 403)]
    [InlineData("Types:0=CARD", "Hello", 200)]
    public async Task A_row_that_blocks_answers_holds_though_the_request_could_not_be_looked_at(string row, string says, int status)
    {
        await using var gateway = await StartAsync("Router:Content:Answers:0:" + row, "Router:Content:Answers:0:Action=block");
        _provider.OnRequest = Wire.Answer(Wire.Completion.Replace("Hello", says, StringComparison.Ordinal));
        gateway.Transform.OnInspect = (_, _) => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        if (row.StartsWith("Labels", StringComparison.Ordinal))
        {
            gateway.Transform.OnRespond = (_, deltas, cancel) => Blocking(deltas, cancel);
        }

        using (var response = await gateway.ChatAsync(Wire.Ask()))
        {
            ((int)response.StatusCode).ShouldBe(status);
        }

        gateway.Transform.OnRespond = (_, deltas, cancel) => Lost(deltas, cancel);
        using var lost = await gateway.ChatAsync(Wire.Ask());
        (await lost.CodeAsync()).ShouldBe("transform_unavailable");
    }

    [Fact]
    public async Task A_routes_word_about_every_type_leaves_the_labels_that_block()
    {
        await using var gateway = await StartAsync(
            "Router:Content:Answers:0:Labels:0=harmful", "Router:Content:Answers:0:Action=block", "Router:Models:0:Answers:0:Types:0=*", "Router:Models:0:Answers:0:Action=redact");
        _provider.OnRequest = Wire.Answer();
        (await gateway.ChatAsync(Wire.Ask())).Dispose();
        ContentActions.Of(gateway.Transform.Sessions.ShouldHaveSingleItem().Actions).BlockedLabels.ShouldBe(["harmful"]);
    }

    [Fact]
    public async Task A_pseudonym_stays_in_a_backends_answer()
    {
        await using var gateway = await StartAsync(
            "Router:Backends:b:BaseUrl=" + _provider.Address, "Router:Backends:b:ContentPointers:0=/prompt", "Router:Backends:b:Actions:0:Types:0=EMAIL", "Router:Backends:b:Actions:0:Action=pseudonymise");
        _provider.OnRequest = Wire.Answer("{\"said\":\"EMAIL_7Q2MK9XA4D\"}");
        using var response = await gateway.SendAsync(HttpMethod.Post, "/backends/b/chat", "{\"prompt\":\"EMAIL\"}");
        _provider.Only.Body.ShouldBe("{\"prompt\":\"EMAIL_7Q2MK9XA4D\"}");
        (await response.BodyAsync()).ShouldBe("{\"said\":\"EMAIL_7Q2MK9XA4D\"}");
    }

    [Theory]
    [InlineData("{\"metadata\":{\"user_id\":\"EMAIL\"}}", "{\"metadata\":{\"user_id\":\"[email]\"}}")]
    [InlineData("{\"metadata\":{\"user_id\":{\"mail\":\"EMAIL\"}}}", "{\"metadata\":{\"user_id\":{\"mail\":\"[email]\"}}}")]
    [InlineData("{\"metadata\":{\"user_id\":\"u-1\"}}", "{\"metadata\":{\"user_id\":\"u-1\"}}")]
    public async Task What_is_not_replaced_in_a_backends_body_is_looked_at(string body, string sent)
    {
        await using var gateway = await StartAsync("Router:Backends:b:BaseUrl=" + _provider.Address, "Router:Backends:b:ContentPointers:0=/metadata", "Router:Backends:b:Transform=redact");
        _provider.OnRequest = Wire.Answer("{}");
        (await gateway.SendAsync(HttpMethod.Post, "/backends/b/chat", body)).Dispose();
        _provider.Only.Body.ShouldBe(sent);
    }

    [Fact]
    public async Task Only_what_a_setting_changes_costs_a_call()
    {
        await using var gateway = await StartAsync("Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=mask");
        (await gateway.ChatAsync(Wire.Ask(content: "EMAIL"))).Dispose();
        gateway.Transform.Edits.ShouldBeEmpty();
        (await gateway.ChatAsync(Wire.Ask(content: "EMAIL CARD"))).Dispose();
        gateway.Transform.Edits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"preset\":\"x\"", 400)]
    [InlineData("\"Preset\":{}", 400)]
    [InlineData("\"metadata\":{\"preset\":\"x\"}", 200)]
    [InlineData("\"plugins\":[]", 200)]
    public async Task A_member_that_a_provider_must_not_be_sent_is_refused(string member, int status)
    {
        await using var gateway = await StartAsync("Router:Providers:p:RefusedMembers:0=preset");
        _provider.OnRequest = Wire.Answer();
        using var response = await gateway.ChatAsync(Wire.Ask(more: "," + member));
        ((int)response.StatusCode).ShouldBe(status);
        _provider.Requests.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task The_hold_covers_a_longer_pseudonym()
    {
        await using var gateway = await StartAsync("Router:Content:Actions:0:Types:0=EMAIL", "Router:Content:Actions:0:Action=pseudonymise");
        var body = Wire.Ask(content: "EMAIL");
        (await gateway.ChatAsync(body)).Dispose();
        gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBeGreaterThanOrEqualTo(body.Length + "EMAIL_7Q2MK9XA4D".Length - "EMAIL".Length);
    }

    private static async IAsyncEnumerable<ResponseDelta> Lost(IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in deltas.WithCancellation(cancellationToken))
        {
            throw new ModuleCallException("transform", ModuleFault.NeverReached);
        }

        yield break;
    }

    private static async IAsyncEnumerable<ResponseDelta> Blocking(IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var delta in deltas.WithCancellation(cancellationToken))
        {
            yield return delta with { Text = string.Empty, Blocked = true };
        }
    }

    private static void Decide(GatewayUnderTest gateway, params Obligation[] obligations) => gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified(obligations));

    private Task<GatewayUnderTest> StartAsync(params string[] settings) =>
        GatewayUnderTest.StartAsync(["Router:Providers:p:BaseUrl=" + _provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", .. settings]);
}
