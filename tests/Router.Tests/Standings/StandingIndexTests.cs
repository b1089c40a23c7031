using FsCheck.Xunit;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Standings;
using GatewayStack.Router.Tests.Support;
using GatewayStack.Transform.Tests.Scanning;

namespace GatewayStack.Router.Tests.Standings;

/// <summary>The index says what reading all measures one after the other would say, and costs the same with many of them.</summary>
public sealed class StandingIndexTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    [Property(MaxTest = 2000)]
    public void It_finds_what_a_reader_of_all_measures_finds(int seed)
    {
        var random = new Random(seed);
        var measures = Enumerable.Range(0, random.Next(12)).Select(i => Random(random, i)).ToList();
        var caller = Callers.Alice with { PersonId = Pick(random, "p"), UserId = Pick(random, "u"), Tenant = Pick(random, "t"), Issuer = Pick(random, "i"), ClientId = Maybe(random, "c"), SessionId = Maybe(random, "s") };
        var target = new StandingTarget(Maybe(random, "srv"), Maybe(random, "tool"), Maybe(random, "m"), Maybe(random, "m"), Maybe(random, "prov"));
        caller = caller with { AuthTime = random.Next(2) == 0 ? null : Now.AddSeconds(random.Next(4)), IssuedAt = random.Next(2) == 0 ? null : Now.AddSeconds(random.Next(4)) };
        var expected = measures.Where(m => m.Effect != StandingEffect.Elevation && m.Until > Now && m.Subject.Matches(caller, target)).ToList();
        var found = StandingIndex.Build(measures, 1).Find(caller, target, Now);
        (found is null).ShouldBe(expected.Count == 0);
        (found is null || expected.Contains(found)).ShouldBeTrue();
    }

    [Fact]
    public void Of_two_alike_the_longer_one_is_told()
    {
        var subject = new StandingSubject { PersonId = "person-alice" };
        var index = StandingIndex.Build([StandingsDouble.Measure("short", subject, Now.AddMinutes(1)), StandingsDouble.Measure("long", subject, Now.AddMinutes(2))], 1);
        index.Find(Callers.Alice, default, Now)!.Id.ShouldBe("long");
        index.Find(Callers.Alice, default, Now.AddMinutes(2)).ShouldBeNull();
        index.Find(Callers.Nora, default, Now).ShouldBeNull();
    }

    [Fact]
    public void What_nobody_knows_is_taken_for_a_block_and_an_elevation_is_none()
    {
        var subject = new StandingSubject { PersonId = "person-alice" };
        var measure = StandingsDouble.Measure("m", subject, Now.AddMinutes(1));
        StandingIndex.Build([measure with { Effect = (StandingEffect)7 }], 1).Find(Callers.Alice, default, Now).ShouldNotBeNull();
        StandingIndex.Build([measure with { Effect = StandingEffect.Unspecified }], 1).Find(Callers.Alice, default, Now).ShouldNotBeNull();
        StandingIndex.Build([measure with { Effect = StandingEffect.Elevation }], 1).Find(Callers.Alice, default, Now).ShouldBeNull();
    }

    [Fact]
    public void Ten_thousand_measures_cost_hardly_more_than_ten()
    {
        // Reading them all would cost a thousand times as much.
        Effort.Growth("m", measures => Find(StandingIndex.Build(Enumerable.Range(0, measures.Length).Select(Numbered), 1)), few: 10, times: 1_000).ShouldBeLessThan(0.02);
    }

    private static Action Find(StandingIndex index) => () =>
    {
        var caller = Callers.Alice with { AuthTime = Now.AddDays(1) };
        var target = new StandingTarget(Model: "m", ProviderModel: "pm", Provider: "p");
        for (var i = 0; i < 20_000; i++)
        {
            index.Find(caller, target, Now).ShouldBeNull();
        }
    };

    private static StandingMeasure Numbered(int i) => StandingsDouble.Measure("m" + i, (i % 4) switch
    {
        0 => new StandingSubject { PersonId = "person-" + i },
        1 => new StandingSubject { Tenant = "mercy", UserId = "user-" + i },
        2 when i % 8 == 2 => new StandingSubject { Issuer = "https://idp", SessionId = "session-" + i, SignedInUntil = Now.AddSeconds(i) },
        2 => new StandingSubject { Model = "model-" + i, PersonId = "person-alice" },
        _ => new StandingSubject { ClientId = "client-" + i },
    });

    private static StandingMeasure Random(Random random, int i)
    {
        var subject = new StandingSubject
        {
            Tenant = Rarely(random, "t"),
            Issuer = Rarely(random, "i"),
            PersonId = Rarely(random, "p"),
            UserId = Rarely(random, "u"),
            ClientId = Rarely(random, "c"),
            SessionId = Rarely(random, "s"),
            SignedInUntil = random.Next(3) == 0 ? Now.AddSeconds(random.Next(4)) : null,
            Tool = random.Next(4) > 0 ? null : random.Next(2) == 0 ? Pick(random, "srv") : Pick(random, "srv") + "/" + Pick(random, "tool"),
            Model = Rarely(random, "m"),
            Provider = Rarely(random, "prov"),
        };
        return StandingsDouble.Measure("m" + i, subject, Now.AddMinutes(random.Next(-2, 4))) with { Effect = (StandingEffect)random.Next(4) };
    }

    private static string? Rarely(Random random, string what) => random.Next(4) == 0 ? Pick(random, what) : null;

    private static string? Maybe(Random random, string what) => random.Next(3) == 0 ? null : Pick(random, what);

    private static string Pick(Random random, string what) => what + random.Next(2);
}
