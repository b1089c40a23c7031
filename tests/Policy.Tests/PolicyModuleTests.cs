using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Settings;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Tests.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Policy.Tests;

public sealed class PolicyModuleTests
{
    private const string A = """{"apiVersion":"gateway.policy/v1","rules":[{"id":"a","effect":"allow","models":["m"]}]}""";
    private const string B = """{"apiVersion":"gateway.policy/v1","rules":[{"id":"b","effect":"allow","models":["m"],"obligations":[{"lowerMaxTokens":7}]}]}""";

    [Fact]
    public async Task Without_a_file_everything_is_denied()
    {
        using var host = new PolicyHost(null);
        Check(host).ShouldBeEmpty();
        var decision = await Module(host).DecideAsync(Policies.Person().Asks("m"), TestContext.Current.CancellationToken);
        decision.Describe().ShouldBe("Deny [] rules  because no_rule_matched()");
        decision.PolicyRevision.Length.ShouldBe(64);
    }

    [Fact]
    public void A_bad_file_and_bad_settings_are_errors_at_the_start_all_of_them()
    {
        using var host = new PolicyHost("rules: [{ id: r, effect: maybe }]", ("Policy:Mode", "on"), ("Policy:Flie", "x"));
        var errors = Check(host);
        errors.Select(e => e.Key).ShouldBe(["Policy:Flie", "Policy:Mode", "Policy:File", "Policy:File"], ignoreOrder: true);
        errors.ShouldAllBe(e => e.Remedy.Length > 0);
        using var missing = new PolicyHost(null, ("Policy:File", "/nowhere/policy.yaml"));
        Check(missing).ShouldHaveSingleItem().Problem.ShouldContain("does not exist");
    }

    [Fact]
    public async Task A_policy_whose_database_was_away_for_too_long_decides_nothing()
    {
        using var host = new PolicyHost(A).Start();
        var stale = new StaleDocument(host.Services.GetRequiredService<IDocumentStore<PolicySnapshot>>());
        var module = new PolicyModule(stale, host.Services.GetRequiredService<PolicyMetrics>());
        var question = Policies.Person().Asks("m");
        (await module.DecideAsync(question, TestContext.Current.CancellationToken)).Permits.ShouldBeTrue();
        stale.IsStale = true;
        await Should.ThrowAsync<InvalidOperationException>(() => module.DecideAsync(question, TestContext.Current.CancellationToken));
        await Should.ThrowAsync<InvalidOperationException>(() => module.DecideManyAsync([question], TestContext.Current.CancellationToken));
        (await new PolicyHealthCheck(stale).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Many_questions_are_answered_in_their_order_on_one_revision()
    {
        using var host = new PolicyHost(A).Start();
        var decisions = await Module(host).DecideManyAsync([Policies.Person().Asks("x"), Policies.Person().Asks("m"), Policies.Person().Asks("y")], TestContext.Current.CancellationToken);
        decisions.Select(d => d.Permits).ShouldBe([false, true, false]);
        decisions.Select(d => d.PolicyRevision).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Every_answer_during_reloads_is_one_policys_and_never_a_mix()
    {
        using var host = new PolicyHost(A).Start();
        var module = Module(host);
        var store = host.Services.GetRequiredService<IDocumentStore<PolicySnapshot>>();
        var question = Policies.Person().Asks("m");
        var a = await module.DecideAsync(question, TestContext.Current.CancellationToken);
        host.Write(B);
        await store.ReloadAsync(TestContext.Current.CancellationToken);
        var b = await module.DecideAsync(question, TestContext.Current.CancellationToken);
        var known = new[] { (a.PolicyRevision, a.Describe()), (b.PolicyRevision, b.Describe()) };
        known[0].ShouldNotBe(known[1]);

        using var done = new CancellationTokenSource();
        using var started = new CountdownEvent(8);
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var first = true;
                while (first || !done.IsCancellationRequested)
                {
                    var decisions = module.DecideManyAsync([question, question], CancellationToken.None).GetAwaiter().GetResult();
                    Array.IndexOf(known, (decisions[0].PolicyRevision, decisions[0].Describe())).ShouldBeGreaterThanOrEqualTo(0);
                    decisions[1].PolicyRevision.ShouldBe(decisions[0].PolicyRevision);
                    if (first)
                    {
                        started.Signal();
                        first = false;
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        started.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < Math.Min(Seeded.Cases(200), 10_000); i++)
        {
            host.Write(i % 2 == 0 ? A : B);
            (await store.ReloadAsync(TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_bad_document_keeps_the_good_one()
    {
        using var host = new PolicyHost(A).Start();
        host.Write("rules: [");
        var answer = await host.SendAsync("admin.policy.reload", """{"reason":"new rules"}""");
        answer.Status.ShouldBe(422);
        (await Module(host).DecideAsync(Policies.Person().Asks("m"), TestContext.Current.CancellationToken)).Permits.ShouldBeTrue();
    }

    private static IPolicyModule Module(PolicyHost host) => host.Services.GetRequiredService<IPolicyModule>();

    private static System.Collections.Immutable.ImmutableArray<SettingsError> Check(PolicyHost host) => host.Services.GetServices<ISettingsCheck>().OfType<PolicySettingsCheck>().ShouldHaveSingleItem().Check();

    private sealed class StaleDocument(IDocumentStore<PolicySnapshot> store) : IDocumentStore<PolicySnapshot>
    {
        public DocumentVersion<PolicySnapshot> Current => store.Current;

        public bool IsStale { get; set; }

        public ImmutableArray<DocumentError> LastErrors => store.LastErrors;

        public IDisposable OnChange(Action<DocumentVersion<PolicySnapshot>> listener) => store.OnChange(listener);

        public Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken) => store.ReloadAsync(cancellationToken);
    }
}
