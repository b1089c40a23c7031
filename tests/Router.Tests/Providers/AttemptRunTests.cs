using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers;

public sealed class AttemptRunTests
{
    private static readonly TokenPrice Price = new() { Provider = "p", Model = "m", Input = 1_000_000, Output = 2_000_000, CachedInput = 500_000 };

    [Fact]
    public void An_attempt_that_may_have_been_worked_on_is_billed_by_its_bound()
    {
        var attempt = Only((run, _) => run.Fail("timeout", billed: true, receivedBytes: 7));
        attempt.Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 7 });
        attempt.Estimated.ShouldBeTrue();
        attempt.CostMicros.ShouldBe(114);
    }

    [Theory]
    [InlineData("cancelled", 50)]
    [InlineData("timeout", 50)]
    [InlineData("broken_off", 0)]
    public void Output_that_nobody_saw_is_billed_in_full_where_the_provider_may_have_made_it(string error, long output) =>
        Only((run, _) => run.Fail(error, billed: true)).Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = output });

    [Fact]
    public void One_that_was_refused_or_never_sent_costs_nothing()
    {
        var attempt = Only((run, _) => run.Fail("connect"));
        attempt.Tokens.ShouldBeNull();
        attempt.CostMicros.ShouldBeNull();
        attempt.Estimated.ShouldBeFalse();
    }

    [Fact]
    public void What_the_provider_says_is_what_is_billed()
    {
        var attempt = Only((run, _) => run.Succeed(new TokenUsage { InputTokens = 10, OutputTokens = 3, CachedInputTokens = 4 }, 9999));
        attempt.Estimated.ShouldBeFalse();
        attempt.CostMicros.ShouldBe(6 + 2 + 6);
    }

    [Fact]
    public void Where_it_says_nothing_the_bound_stands_and_never_more_than_was_held()
    {
        var attempt = Only((run, _) => run.Succeed(null, 1_000_000));
        attempt.Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 50 });
        attempt.Estimated.ShouldBeTrue();
    }

    [Fact]
    public void Every_choice_may_use_the_whole_limit()
    {
        var attempt = Only((run, _) => run.Succeed(null, 1_000_000), choices: 3);
        attempt.Tokens!.OutputTokens.ShouldBe(150);
    }

    [Fact]
    public void Without_a_price_there_is_no_cost()
    {
        var attempt = Only((run, _) => run.Succeed(new TokenUsage { InputTokens = 1, OutputTokens = 1 }, 0), price: Price with { Model = "another" });
        attempt.CostMicros.ShouldBeNull();
    }

    [Fact]
    public void The_routing_names_every_attempt_and_the_alias()
    {
        using var exchange = Exchanges.Chat(new MemoryStream());
        var run = new AttemptRun(exchange);
        run.Begin(Exchanges.Target("first", "x"));
        run.Fail("status", status: 500);
        run.LastError.ShouldBe("status");
        run.Begin(Exchanges.Target("second", "y"));
        run.LastError.ShouldBeNull();
        run.Succeed(null, 1);
        run.Finish("completed", 200);
        var routing = exchange.Context.RoutingDecision.ShouldNotBeNull();
        routing.Provider.ShouldBe("second");
        routing.Model.ShouldBe("y");
        routing.Alias.ShouldBe("m");
        routing.Attempts.Select(a => (a.Number, a.Target.Provider, a.Status, a.Error)).ShouldBe([(1, "first", 500, "status"), (2, "second", 200, null)]);
        exchange.Execution!.Attempts.Select(a => a.Attempt).ShouldBe([1, 2]);
    }

    private static AttemptUsage Only(Action<AttemptRun, Exchange> attempt, TokenPrice? price = null, int choices = 1)
    {
        using var exchange = Exchanges.Chat(new MemoryStream(), price: price ?? Price, choices: choices);
        var run = new AttemptRun(exchange);
        run.Begin(exchange.Plan[0]);
        attempt(run, exchange);
        run.Finish("completed", 200);
        return exchange.Execution!.Attempts.ShouldHaveSingleItem();
    }
}
