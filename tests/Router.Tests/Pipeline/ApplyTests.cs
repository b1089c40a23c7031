using System.Net;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Pipeline;

/// <summary>Obligations: each target gets its own edits, and what cannot be made is a refusal.</summary>
public sealed class ApplyTests : IAsyncLifetime
{
    private StubServer _first = null!;
    private StubServer _second = null!;
    private string[] _settings = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        (_first, _second) = (await StubServer.StartAsync(), await StubServer.StartAsync());
        _first.OnRequest = Wire.Answer("{}", 500);
        _settings =
        [
            "Router:Providers:a:BaseUrl=" + _first.Address, "Router:Providers:b:BaseUrl=" + _second.Address, "Router:Models:0:Name=m",
            "Router:Models:0:Targets:0:Provider=a", "Router:Models:0:Targets:1:Provider=b",
        ];
        _gateway = await GatewayUnderTest.StartAsync(_settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Each_target_gets_the_edits_of_its_own_obligations()
    {
        Decide([PolicyDouble.Redact("EMAIL")], [PolicyDouble.Redact("CARD"), new Obligation { Kind = ObligationKind.LowerMaxTokens, Value = 17 }]);
        using var response = await _gateway.ChatAsync(Wire.Ask(content: "EMAIL and CARD"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _first.Only.Body.ShouldContain("[email] and CARD");
        _first.Only.Body.ShouldContain("\"max_completion_tokens\":4096");
        _second.Only.Body.ShouldContain("EMAIL and [card]");
        _second.Only.Body.ShouldContain("\"max_completion_tokens\":17");
        _gateway.Transform.Edits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_obligations_are_computed_once()
    {
        Decide([PolicyDouble.Redact("CARD", "EMAIL")], [PolicyDouble.Redact("EMAIL"), PolicyDouble.Redact("CARD")]);
        (await _gateway.ChatAsync(Wire.Ask(content: "EMAIL and CARD"))).Dispose();
        _gateway.Transform.Edits.ShouldHaveSingleItem().Actions.Select(a => (a.Type, a.Action)).ShouldBe([("CARD", ContentAction.Redact), ("EMAIL", ContentAction.Redact)]);
        _second.Only.Body.ShouldContain("[email] and [card]");
    }

    [Fact]
    public async Task An_answer_says_why_it_comes_from_another_target()
    {
        PolicyReason[] reasons = [new() { Code = "data_residency" }, new() { Code = "denied" }, new() { Code = "denied" }];
        _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified(null, []) with { PassedOver = [.. reasons] });
        using var rerouted = await _gateway.ChatAsync(Wire.Ask());
        rerouted.StatusCode.ShouldBe(HttpStatusCode.OK);
        rerouted.Header("x-gateway-rerouted").ShouldBe("data_residency,denied");

        // The first target that is asked and fails is no decision.
        Decide([], []);
        using var other = await _gateway.ChatAsync(Wire.Ask());
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.Header("x-gateway-rerouted").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_is_not_permitted_is_never_asked()
    {
        Decide([], null);
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        _second.Requests.ShouldBeEmpty();
        _gateway.Limits.Reservations.ShouldHaveSingleItem().Targets.ShouldHaveSingleItem().Provider.ShouldBe("a");
    }

    [Fact]
    public async Task The_hold_covers_what_the_edits_add()
    {
        Decide([PolicyDouble.Redact()], [PolicyDouble.Redact()]);
        var edit = new TextEdit { SegmentId = 0, Start = 0, End = 5, Replacement = new string('é', 1000) };
        _gateway.Transform.OnApply = _ => Task.FromResult(new EditResult { Status = EditStatus.Applied, Edits = [edit] });
        (await _gateway.ChatAsync(Wire.Ask(content: "EMAIL"))).Dispose();
        _gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBeGreaterThan(2000);
    }

    [Theory]
    [InlineData("hidden_characters", "characters that nobody sees")]
    [InlineData("hidden_not_removable", "characters that nobody sees")]
    [InlineData("part_too_long", "longer than your organisation allows")]
    [InlineData("too_long", "more text than may be inspected")]
    [InlineData("recogniser_timeout", "within its bounds")]
    public async Task Who_may_not_send_a_text_as_it_is_written_is_told_why(string reason, string message)
    {
        _gateway.Transform.OnInspect = (request, _) => Task.FromResult(TransformDouble.Inspected(request) with { Status = InspectionStatus.Refused, Reason = reason });
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("content_not_scannable");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(message);
    }

    [Theory]
    [InlineData("too_many_pseudonyms", "more different values")]
    [InlineData("not_editable_place", "where it cannot be taken out")]
    public async Task Who_sends_what_cannot_be_changed_is_told_why(string reason, string message)
    {
        Decide([PolicyDouble.Redact()], [PolicyDouble.Redact()]);
        _gateway.Transform.OnApply = _ => Task.FromResult(new EditResult { Status = EditStatus.NotEditable, Reason = reason });
        using var response = await _gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("content_not_editable");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(message);
    }

    [Fact]
    public async Task A_media_part_is_held_for_and_stops_a_redaction()
    {
        const string image = """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]}]}""";
        (await _gateway.ChatAsync(image)).Dispose();
        _gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBeGreaterThan(100_000);

        Decide([PolicyDouble.Redact()], [PolicyDouble.Redact()]);
        using var response = await _gateway.ChatAsync(image);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("content_not_scannable");
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("The content must be redacted, and a picture cannot be");
        _first.Requests.Count.ShouldBe(1);
    }

    /// <summary>Where nothing is taken out, only refused, what cannot be looked at is not said to be redacted.</summary>
    [Fact]
    public async Task A_media_part_that_cannot_be_checked_for_what_blocks_is_refused_in_such_words()
    {
        const string image = """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]}]}""";
        var block = new Obligation { Kind = ObligationKind.Block, Types = ["CREDIT_CARD"] };
        Decide([block], [block]);
        using var response = await _gateway.ChatAsync(image);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("content_not_scannable");
        var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        said.ShouldContain("Some data may not be sent there, and a picture cannot be checked for it: leave it out, or send what it says as text.");
        said.ShouldNotContain("redacted");
        _first.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Transform:Mode=off")]
    [InlineData("Router:Models:0:Transform=off")]
    public async Task A_redaction_of_what_was_not_looked_at_is_refused(string setting)
    {
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, setting]);
        gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([PolicyDouble.Redact()], [PolicyDouble.Redact()]));
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.CodeAsync()).ShouldBe("obligation_not_possible");
        _first.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_redaction_that_transform_cannot_be_asked_for_is_refused_for_now(bool atInspection)
    {
        Decide([PolicyDouble.Redact()], [PolicyDouble.Redact()]);
        if (atInspection)
        {
            _gateway.Transform.OnInspect = (_, _) => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        }
        else
        {
            _gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        }

        using var response = await _gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        ((int)response.StatusCode).ShouldBe(503);
        _first.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("redact", 200)]
    [InlineData("redact-required", 503)]
    public async Task A_routes_own_redaction_follows_the_table_unless_it_is_required(string treatment, int status)
    {
        _first.OnRequest = Wire.Answer();
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, "Router:Models:0:Transform=" + treatment]);
        using (var good = await gateway.ChatAsync(Wire.Ask(content: "EMAIL")))
        {
            good.StatusCode.ShouldBe(HttpStatusCode.OK);
            _first.Only.Body.ShouldContain("[email]");
        }

        gateway.Transform.OnInspect = (_, _) => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using (var response = await gateway.ChatAsync(Wire.Ask(content: "EMAIL")))
        {
            ((int)response.StatusCode).ShouldBe(status);
        }

        gateway.Transform.OnInspect = (r, _) => Task.FromResult(TransformDouble.Inspected(r));
        gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using var apply = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        ((int)apply.StatusCode).ShouldBe(status);
        apply.Header("x-gateway-degraded").ShouldBe(status == 200 ? "transform" : string.Empty);
    }

    [Fact]
    public async Task What_a_route_may_do_without_an_obligation_may_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, "Router:Models:0:Transform=redact"]);
        gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([], [PolicyDouble.Redact()]));
        gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using var response = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        ((int)response.StatusCode).ShouldBe(503);
        _second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CARD", 403)]
    [InlineData("EMAIL", 200)]
    public async Task What_is_known_to_be_blocked_needs_nobody_else_to_be_refused(string content, int status)
    {
        _first.OnRequest = Wire.Answer();
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, "Router:Models:0:Transform=redact", "Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=block"]);
        gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using var response = await gateway.ChatAsync(Wire.Ask(content: content));
        ((int)response.StatusCode).ShouldBe(status);
        _first.Requests.Count.ShouldBe(status == 200 ? 1 : 0);
        gateway.Transform.Edits.IsEmpty.ShouldBe(status == 403);
    }

    [Theory]
    [InlineData("CARD", 403)]
    [InlineData("PHONE", 200)]
    public async Task What_lies_in_a_finding_of_another_type_is_blocked_by_its_own(string inside, int status)
    {
        _first.OnRequest = Wire.Answer();
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, "Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=block"]);
        gateway.Transform.OnInspect = (request, _) =>
        {
            var found = TransformDouble.Inspected(request);
            return Task.FromResult(found with { Findings = [.. found.Findings.Select(f => f with { Also = [new OverlappedType { Type = inside, Score = 0.9 }] })] });
        };
        using var response = await gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        ((int)response.StatusCode).ShouldBe(status);
        if (status == 403)
        {
            (await response.BodyAsync()).ShouldContain("(CARD)");
        }

        gateway.Transform.Inspections.First().PersonId.ShouldBe("person-alice");
    }

    [Fact]
    public async Task What_an_earlier_turn_has_that_is_blocked_goes_out_without_it_or_not_at_all()
    {
        const string earlier = """{"model":"m","messages":[{"role":"user","content":"CARD"},{"role":"assistant","content":"ok"},{"role":"user","content":"go on"}]}""";
        _first.OnRequest = Wire.Answer();
        await using var gateway = await GatewayUnderTest.StartAsync([.. _settings, "Router:Content:Actions:0:Types:0=CARD", "Router:Content:Actions:0:Action=block"]);
        gateway.Transform.OnApply = request =>
            Task.FromResult(new EditResult { Status = EditStatus.Applied, Edits = [new TextEdit { SegmentId = request.Findings[0].SegmentId, Start = 0, End = 4, Replacement = "[card]" }] });
        (await gateway.ChatAsync(earlier)).Dispose();
        _first.Only.Body.ShouldContain("[card]");
        gateway.Transform.OnApply = _ => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        using var response = await gateway.ChatAsync(earlier);
        ((int)response.StatusCode).ShouldBe(503);
        _first.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("segment 7 (alice@example.com) cannot be edited", "content_not_editable")]
    [InlineData("not_in_one_text", "content_not_editable:not_in_one_text")]
    public async Task A_reason_on_record_is_a_code_and_no_sentence(string said, string reason)
    {
        Decide([PolicyDouble.Redact()], [PolicyDouble.Redact()]);
        _gateway.Transform.OnApply = _ => Task.FromResult(new EditResult { Status = EditStatus.NotEditable, Reason = said });
        using var response = await _gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        ((int)response.StatusCode).ShouldBe(400);
        _gateway.Log.Events.ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    private void Decide(params Obligation[]?[] obligations) => _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified(obligations));
}
