using GatewayStack.Contracts.Events;

namespace GatewayStack.Platform.Tests.Events;

public sealed class SpoolRecoveryTests : IDisposable
{
    private readonly SpoolHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_decision_without_an_outcome_is_interrupted_at_the_next_start_once()
    {
        using (var spool = await _harness.OpenAsync())
        {
            spool.Append(EventSamples.Decision("closed"));
            spool.Append(EventSamples.Decision("open"));
            spool.Append(EventSamples.Outcome("closed"));
        }

        using (var again = await _harness.OpenAsync())
        {
            var (epoch, _, outcome) = _harness.ReadAll(again)[^1];
            epoch.ShouldBe(2);
            outcome.Type.ShouldBe(EventTypes.Outcome);
            outcome.Outcome.ShouldBe(EventOutcomes.Interrupted);
            outcome.RequestId.ShouldBe("open");
            outcome.Tenant.ShouldBe("mercy");
            outcome.Model.ShouldBe("gpt-4-medical");
            outcome.Caller!.PersonId.ShouldBe("k3Jx");
            outcome.Personal!.UserId.ShouldBe("alice");
            outcome.Limits!.Hold!.Tokens.ShouldBe(1200);
            outcome.Attempts.ShouldBeEmpty();
            again.OpenCount.ShouldBe(0);
        }

        using var third = await _harness.OpenAsync();
        _harness.ReadAll(third).Count(e => e.Event.Outcome == EventOutcomes.Interrupted).ShouldBe(1);
    }

    [Fact]
    public async Task An_open_decision_outlives_its_segment()
    {
        using (var spool = await _harness.OpenAsync())
        {
            spool.Append(EventSamples.Decision("long"));
            var first = spool.First.Number;
            for (var i = 0; i < 3000; i++)
            {
                spool.Append(EventSamples.Outcome($"r{i}")).Appended.ShouldBeTrue();
                if (i % 50 == 0)
                {
                    spool.Release(long.MaxValue);
                }
            }

            spool.First.Number.ShouldBeGreaterThan(first);
            spool.OpenCount.ShouldBe(1);
        }

        using var again = await _harness.OpenAsync();
        _harness.ReadAll(again).Single(e => e.Event.Outcome == EventOutcomes.Interrupted).Event.RequestId.ShouldBe("long");
    }

    [Fact]
    public async Task A_decision_that_was_carried_on_and_then_closed_is_not_interrupted()
    {
        using (var spool = await _harness.OpenAsync())
        {
            spool.Append(EventSamples.Decision("long"));
            for (var i = 0; i < 1000; i++)
            {
                spool.Append(EventSamples.Outcome($"r{i}"));
                spool.Release(long.MaxValue);
            }

            spool.Append(EventSamples.Outcome("long"));
            spool.OpenCount.ShouldBe(0);
            for (var i = 0; i < 500; i++)
            {
                spool.Append(EventSamples.Outcome($"s{i}"));
            }
        }

        using var again = await _harness.OpenAsync();
        _harness.ReadAll(again).ShouldNotContain(e => e.Event.Outcome == EventOutcomes.Interrupted);
    }

    [Fact]
    public async Task A_key_that_is_gone_leaves_the_interrupted_outcome_without_personal_values()
    {
        using (var spool = await _harness.OpenAsync())
        {
            spool.Append(EventSamples.Decision("open"));
        }

        using var strangers = new GatewayStack.Events.Protection.EventKeys(new OtherKeys());
        using var again = new GatewayStack.Events.Spool.WriteAheadSpool(
            _harness.Folder, _harness.Options, strangers, _harness.Time, _harness.Metrics, Microsoft.Extensions.Logging.Abstractions.NullLogger<GatewayStack.Events.Spool.WriteAheadSpool>.Instance);
        await again.OpenAsync(TestContext.Current.CancellationToken);
        var outcome = _harness.ReadAll(again)[^1].Event;
        outcome.Outcome.ShouldBe(EventOutcomes.Interrupted);
        outcome.Personal.ShouldBeNull();
    }

    private sealed class OtherKeys : GatewayStack.Contracts.Keys.IDataKeys
    {
        private readonly TestKeys _keys = new() { Current = "k9" };

        public Task<GatewayStack.Contracts.Keys.DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => _keys.GetCurrentAsync(purpose, cancellationToken);

        public Task<GatewayStack.Contracts.Keys.DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) =>
            Task.FromResult<GatewayStack.Contracts.Keys.DataKey?>(null);
    }
}
