using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>What every place for measures must do.</summary>
public abstract class StandingStoreSuite
{
    private protected static readonly StandingSubject Everything = new()
    {
        Tenant = "acme",
        Issuer = "https://idp.example/",
        PersonId = "p",
        UserId = "idp|nörä \"x\"",
        ClientId = "https://claude.ai/oauth/claude-code-client-metadata",
        SessionId = "s-1",
        SignedInUntil = TestClock.Start.AddTicks(1_234_567),
        Tool = "calendar/create_event",
        Model = "llama3:8b",
        Provider = "openai",
    };

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_measure_reads_back_as_it_was_taken()
    {
        var store = await CreateAsync();
        var before = (await store.ReadAsync(0, Cancellation)).Changed.ShouldNotBeNull();
        before.InForce.ShouldBeEmpty();
        var measure = Measures.On(Everything) with { RequestKey = "key", RequestDigest = "digest", AuthorTenant = "acme" };
        (await store.AddAsync(measure, Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Added);
        var after = (await store.ReadAsync(before.Revision, Cancellation)).Changed.ShouldNotBeNull();
        after.Revision.ShouldBeGreaterThan(before.Revision);
        after.InForce.ShouldHaveSingleItem().ShouldBe(measure);
        (await store.ReadAsync(after.Revision, Cancellation)).Changed.ShouldBeNull("nothing changed since");
        (await (await CreateAsync()).ReadAsync(0, Cancellation)).Changed.ShouldNotBeNull().InForce.ShouldHaveSingleItem().ShouldBe(measure);
    }

    [Fact]
    public async Task The_same_request_makes_one_measure_and_another_under_its_key_none()
    {
        var store = await CreateAsync();
        var first = Measures.OnPerson() with { RequestKey = "key", RequestDigest = "one" };
        (await store.AddAsync(first, Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Added);
        var again = await store.AddAsync(Measures.OnPerson() with { RequestKey = "key", RequestDigest = "one" }, Measures.Bounds, Cancellation);
        (again.Outcome, again.Measure!.Measure.Id).ShouldBe((StandingAdditionOutcome.Known, first.Measure.Id));
        (await store.AddAsync(Measures.OnPerson() with { RequestKey = "key", RequestDigest = "two" }, Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Contradicts);
        (await store.ReadAsync(0, Cancellation)).Changed.ShouldNotBeNull().InForce.Length.ShouldBe(1);

        // What has ended is still that request's.
        await store.EndAsync(first.Measure.Id, Ending(), Cancellation);
        (await store.AddAsync(Measures.OnPerson() with { RequestKey = "key", RequestDigest = "one" }, Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Known);
    }

    [Fact]
    public async Task The_same_request_from_many_at_once_makes_one_measure()
    {
        var store = await CreateAsync();
        var additions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.AddAsync(Measures.OnPerson() with { RequestKey = "key", RequestDigest = "one" }, Measures.Bounds, Cancellation)));
        additions.Count(a => a.Outcome == StandingAdditionOutcome.Added).ShouldBe(1);
        additions.Count(a => a.Outcome == StandingAdditionOutcome.Known).ShouldBe(7);
    }

    [Fact]
    public async Task A_measure_that_is_ended_stays_in_the_past_with_who_and_why()
    {
        var store = await CreateAsync();
        var measure = Measures.OnPerson();
        await store.AddAsync(measure, Measures.Bounds, Cancellation);
        var revision = (await store.ReadAsync(0, Cancellation)).Changed!.Revision;
        (await store.EndAsync("unknown", Ending(), Cancellation)).ShouldBeNull();
        (await store.ReadAsync(revision, Cancellation)).Changed.ShouldBeNull();
        (await store.EndAsync(measure.Measure.Id, Ending(), Cancellation)).ShouldBe((measure with { Ended = Ending() }, true));
        (await store.EndAsync(measure.Measure.Id, Ending() with { By = "other" }, Cancellation)).ShouldBe((measure with { Ended = Ending() }, false));
        var state = (await store.ReadAsync(revision, Cancellation)).Changed.ShouldNotBeNull();
        state.InForce.ShouldBeEmpty();
        (await store.ListAsync(new StandingQuery { Limit = 10 }, Cancellation)).ShouldHaveSingleItem().ShouldBe(measure with { Ended = Ending() });
    }

    [Fact]
    public async Task What_reaches_its_end_is_ended_once()
    {
        var store = await CreateAsync();
        var (soon, late) = (Measures.OnPerson("a", minutes: 1), Measures.OnPerson("b", minutes: 2));
        await store.AddAsync(soon, Measures.Bounds, Cancellation);
        await store.AddAsync(late, Measures.Bounds, Cancellation);
        (await store.EndDueAsync(TestClock.Start, Cancellation)).ShouldBeEmpty();
        var ended = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.EndDueAsync(TestClock.Start.AddMinutes(1), Cancellation)));
        var one = ended.SelectMany(e => e).ShouldHaveSingleItem();
        one.Measure.Id.ShouldBe(soon.Measure.Id);
        one.Ended.ShouldBe(new StandingEnding { At = soon.Measure.Until });
        (await store.ReadAsync(0, Cancellation)).Changed!.InForce.ShouldHaveSingleItem().Measure.Id.ShouldBe(late.Measure.Id);
    }

    [Fact]
    public async Task There_are_no_more_than_may_be_of_one_origin_or_one_author()
    {
        var store = await CreateAsync();
        var bounds = new StandingBounds(OfOrigin: 3, OfAuthor: 2);
        async Task<StandingAdditionOutcome> AddAsync(StandingOrigin origin, string author) =>
            (await store.AddAsync(Measures.On(new StandingSubject { ClientId = "c" }, origin: origin, author: author), bounds, Cancellation)).Outcome;

        (await AddAsync(StandingOrigin.Person, "a")).ShouldBe(StandingAdditionOutcome.Added);
        (await AddAsync(StandingOrigin.Person, "a")).ShouldBe(StandingAdditionOutcome.Added);
        (await AddAsync(StandingOrigin.Person, "a")).ShouldBe(StandingAdditionOutcome.Full);
        (await AddAsync(StandingOrigin.Person, "b")).ShouldBe(StandingAdditionOutcome.Added);
        (await AddAsync(StandingOrigin.Person, "b")).ShouldBe(StandingAdditionOutcome.Full);
        (await AddAsync(StandingOrigin.Administrator, "a")).ShouldBe(StandingAdditionOutcome.Added, "people do not take administrators' places");
        async Task<StandingAdditionOutcome> OfTenantAsync(string? tenant) =>
            (await store.AddAsync(Measures.OnPerson() with { AuthorTenant = tenant }, new StandingBounds(10, 10, OfTenant: 1), Cancellation)).Outcome;

        (await OfTenantAsync("acme")).ShouldBe(StandingAdditionOutcome.Added);
        (await OfTenantAsync("acme")).ShouldBe(StandingAdditionOutcome.Full);
        (await OfTenantAsync("other")).ShouldBe(StandingAdditionOutcome.Added);
        (await OfTenantAsync(null)).ShouldBe(StandingAdditionOutcome.Added);
        (await OfTenantAsync(null)).ShouldBe(StandingAdditionOutcome.Added);
        var state = (await store.ReadAsync(0, Cancellation)).Changed!;
        await store.EndAsync(state.InForce[0].Measure.Id, Ending(), Cancellation);
        (await AddAsync(StandingOrigin.Person, "b")).ShouldBe(StandingAdditionOutcome.Added, "what has ended takes no place");
    }

    [Fact]
    public async Task A_session_or_person_is_signed_out_once_and_where_an_issuer_has_too_many_the_oldest_goes()
    {
        var store = await CreateAsync();
        var bounds = new StandingBounds(OfOrigin: 1, OfAuthor: 3);
        async Task<StoredMeasure> SignOutAsync(string issuer, string? session, string? person, int second)
        {
            var subject = new StandingSubject { Issuer = issuer, SessionId = session, PersonId = person, SignedInUntil = person is null ? null : TestClock.Start.AddSeconds(second) };
            var addition = await store.AddAsync(Measures.On(subject, origin: StandingOrigin.Issuer, author: null, at: TestClock.Start.AddSeconds(second)), bounds, Cancellation);
            addition.Outcome.ShouldBe(StandingAdditionOutcome.Added);
            return addition.Measure!;
        }

        async Task<string> InForceAsync(string issuer) => string.Join(
            ' ', (await store.ReadAsync(0, Cancellation)).Changed!.InForce.Where(m => m.Measure.Subject.Issuer == issuer).Select(m => $"{m.Measure.Subject.SessionId}/{m.Measure.Subject.PersonId}"));

        await SignOutAsync("other", "s-1", null, 0);
        await SignOutAsync("idp", "s-1", null, 1);
        await SignOutAsync("idp", null, "nora", 9);
        await SignOutAsync("idp", "s-1", "nora", 3);

        // The same again takes its own place, and one that comes late narrows nothing.
        var late = await SignOutAsync("idp", null, "nora", 5);
        (late.Measure.Subject.SignedInUntil, late.Measure.Until).ShouldBe((TestClock.Start.AddSeconds(9), TestClock.Start.AddSeconds(9).AddMinutes(60)));
        (await store.ReadAsync(0, Cancellation)).Changed!.InForce.Count(m => m == late).ShouldBe(1);
        (await SignOutAsync("idp", "s-1", null, 10)).Measure.Until.ShouldBe(TestClock.Start.AddSeconds(10).AddMinutes(60));
        (await InForceAsync("idp")).ShouldBe("s-1/nora /nora s-1/");
        await SignOutAsync("idp", "s-2", null, 11);
        (await InForceAsync("idp")).ShouldBe("/nora s-1/ s-2/");
        (await InForceAsync("other")).ShouldBe("s-1/", "one issuer takes no place of another's");
        var past = (await store.ListAsync(new StandingQuery { Limit = 10 }, Cancellation)).Where(m => m.Ended is not null).ToList();
        past.Count.ShouldBe(3);
        past.ShouldAllBe(m => m.Ended!.By == "oscar" && m.Ended.Reason != null);
        (await store.AddAsync(Measures.OnPerson(), bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Added, "issuers take no administrators' places");
    }

    [Fact]
    public async Task Who_signs_out_often_takes_their_own_places_and_nobody_elses()
    {
        var store = await CreateAsync();
        var displaced = 0;
        async Task SignOutAsync(string session, string? person, int second, int most)
        {
            var subject = new StandingSubject { Issuer = "idp", SessionId = session, PersonId = person };
            var bounds = new StandingBounds(OfOrigin: 1, OfAuthor: most);
            displaced += (await store.AddAsync(Measures.On(subject, origin: StandingOrigin.Issuer, author: null, at: TestClock.Start.AddSeconds(second)), bounds, Cancellation)).Displaced;
        }

        async Task<string> InForceAsync() => string.Join(' ', (await store.ReadAsync(0, Cancellation)).Changed!.InForce.Select(m => m.Measure.Subject.SessionId));
        await SignOutAsync("alice", "alice", 0, 5);
        await SignOutAsync("nora-1", "nora", 1, 5);
        await SignOutAsync("nora-2", "nora", 2, 5);
        await SignOutAsync("somebody", null, 3, 5);
        for (var i = 0; i < 10; i++)
        {
            await SignOutAsync($"mallory-{i}", "mallory", 10 + i, 5);
        }

        (await InForceAsync()).ShouldBe("alice nora-1 nora-2 somebody mallory-9");
        displaced.ShouldBe(9);

        // Where the bound was lowered, all that is too many goes at once; and of those who have one each, the oldest.
        await SignOutAsync("bob", "bob", 30, 4);
        (await InForceAsync()).ShouldBe("nora-2 somebody mallory-9 bob", "the oldest of the most, and then the oldest of all that are left");
        await SignOutAsync("carol", "carol", 31, 4);
        (await InForceAsync()).ShouldBe("somebody mallory-9 bob carol");
        await SignOutAsync("bob", "bob", 32, 4);
        (await InForceAsync()).ShouldBe("somebody mallory-9 carol bob", "one that takes its own place takes no other's");
    }

    [Fact]
    public async Task Lists_are_of_a_tenant_and_an_origin_and_begin_with_the_newest()
    {
        var store = await CreateAsync();
        for (var i = 0; i < 4; i++)
        {
            var subject = new StandingSubject { Tenant = i % 2 == 0 ? "even" : "odd", ClientId = $"{i}" };
            await store.AddAsync(Measures.On(subject, origin: i < 2 ? StandingOrigin.Person : StandingOrigin.Issuer, at: TestClock.Start.AddSeconds(i)), Measures.Bounds, Cancellation);
        }

        async Task<string> ListAsync(StandingQuery query) => string.Join(' ', (await store.ListAsync(query, Cancellation)).Select(m => m.Measure.Subject.ClientId));
        (await ListAsync(new StandingQuery { Limit = 10 })).ShouldBe("3 2 1 0");
        (await ListAsync(new StandingQuery { Limit = 2 })).ShouldBe("3 2");
        (await ListAsync(new StandingQuery { Limit = 10, Tenant = "odd" })).ShouldBe("3 1");
        (await ListAsync(new StandingQuery { Limit = 10, Origin = StandingOrigin.Person })).ShouldBe("1 0");
        (await ListAsync(new StandingQuery { Limit = 10, Tenant = "even", Origin = StandingOrigin.Issuer })).ShouldBe("2");
    }

    [Fact]
    public async Task The_past_is_forgotten_and_what_is_in_force_is_not()
    {
        var store = await CreateAsync();
        var (past, present) = (Measures.OnPerson("a"), Measures.OnPerson("b"));
        await store.AddAsync(past, Measures.Bounds, Cancellation);
        await store.AddAsync(present, Measures.Bounds, Cancellation);
        await store.EndAsync(past.Measure.Id, Ending(), Cancellation);
        (await store.PruneAsync(Ending().At, Cancellation)).ShouldBe(0);
        (await store.PruneAsync(Ending().At.AddSeconds(1), Cancellation)).ShouldBe(1);
        (await store.ListAsync(new StandingQuery { Limit = 10 }, Cancellation)).ShouldHaveSingleItem().Measure.Id.ShouldBe(present.Measure.Id);
    }

    /// <summary>The same store, opened anew.</summary>
    private protected abstract Task<IStandingStore> CreateAsync();

    private static StandingEnding Ending() => new() { At = TestClock.Start.AddMinutes(5), By = "oscar", Reason = "it was a mistake" };
}
