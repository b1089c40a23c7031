using System.Text;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Policy.Tests.Documents;

public sealed class NamedContentTests
{
    private const string Good = "obligations: [{ redact: [EMAIL] }]";
    private const string Misspelt = "obligations: [{ redact: [EMIAL] }]";

    private static readonly ContentNames Whole = ContentNames.With(["ORDER_NUMBER"], ["plans"]);

    [Theory]
    [InlineData(Misspelt, "EMAIL")]
    [InlineData("obligations: [{ block: [email] }]", "EMAIL")]
    [InlineData("obligations: [{ lowerMaxTokens: 5, mask: [IBAN, CREDITCARD] }]", "CREDIT_CARD")]
    [InlineData("when: { contains: [content.labels, harmfull] }", "harmful")]
    [InlineData("when: { contains: [content.new.labels, Financial] }", "financial")]
    [InlineData("when: { contains: [content.types, PHNOE] }", "PHONE")]
    [InlineData("when: { in: [content.types, [EMAIL, ORDER_NUMBR]] }", "ORDER_NUMBER")]
    [InlineData("when: { not: { any: [{ in: [content.new.types, [email]] }] } }", "EMAIL")]
    [InlineData("when: { contains: [content.topics, medcial] }", "medical")]
    [InlineData("obligations: [{ redact: [CUSTOMER] }]", null)]
    [InlineData("when: { contains: [content.labels, sensitive] }", null)]
    public void A_name_that_nothing_has_never_comes_into_force(string member, string? meant) =>
        Load(member, Whole).Errors.ShouldHaveSingleItem().Message.ShouldContain(meant is null ? "which nothing finds" : $"did you mean {meant}?");

    [Theory]
    [InlineData(Good)]
    [InlineData("obligations: [{ redact: [ORDER_NUMBER] }, { mask: all }]")]
    [InlineData("when: { contains: [content.labels, plans] }")]
    [InlineData("when: { in: [content.new.labels, [harmful, denied_role, coppa]] }")]
    [InlineData("when: { contains: [content.topics, general] }")]
    [InlineData("when: { contains: [identity.roles, emial] }")]
    public void A_known_name_does_and_so_does_one_of_the_operators(string member)
    {
        var loaded = Load(member, Whole);
        loaded.Errors.ShouldBeEmpty();
        loaded.Value!.UnfoundNames.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pseudonymiseFormat")]
    [InlineData("pseudonymise-format")]
    public void Policies_take_the_spelling_of_settings_too(string word) =>
        Load($"obligations: [{{ {word}: [EMAIL] }}]", Whole).Value!.Rules.ShouldHaveSingleItem().Obligations.Content.For("EMAIL").ShouldBe(ContentAction.PseudonymiseFormat);

    [Fact]
    public void Where_the_operators_rows_are_not_known_a_name_may_be_theirs()
    {
        Load("when: { contains: [content.labels, sensitive] }\n    obligations: [{ redact: [CUSTOMER, EMAIL] }]", names: null).Value!.UnfoundNames.ShouldBe(["CUSTOMER", "sensitive"]);
        Load(Misspelt, names: null).Errors.ShouldHaveSingleItem().Message.ShouldContain("did you mean EMAIL?");
    }

    [Theory]
    [InlineData("EMAILS", null)]
    [InlineData("CUSTOMER", null)]
    [InlineData("EMIAL", "did you mean EMAIL?")]
    public void A_process_without_the_content_module_takes_what_its_settings_show_of_rows(string type, string? wrong)
    {
        using var host = new PolicyHost(Text($"obligations: [{{ redact: [{type}] }}]"), ("Transform:Recognizers:0:Name", "emails"), ("Transform:Recognizers:0:Pattern", "x+@"));
        var errors = host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).Select(e => e.Problem).ToList();
        errors.Count.ShouldBe(wrong is null ? 0 : 1);
        errors.ShouldAllBe(e => e.Contains(wrong!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_with_a_misspelt_name_keeps_the_good_policy()
    {
        using var host = new PolicyHost(Text(Good)).Start();
        var store = host.Services.GetRequiredService<IDocumentStore<PolicySnapshot>>();
        var before = store.Current.Revision;
        host.Write(Text(Misspelt));
        host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldHaveSingleItem().Problem.ShouldContain("did you mean EMAIL?");
        var answer = await host.SendAsync("admin.policy.reload", """{"reason":"new rules"}""");
        answer.Status.ShouldBe(422);
        answer.Body.ShouldContain("did you mean EMAIL?");
        store.Current.Revision.ShouldBe(before);
    }

    [Fact]
    public async Task Names_that_rows_elsewhere_must_find_are_logged_at_the_start_and_at_a_reload()
    {
        var lines = new Lines();
        using var host = new PolicyHost(Text("obligations: [{ redact: [CUSTOMER] }]")).Start();
        var store = host.Services.GetRequiredService<IDocumentStore<PolicySnapshot>>();
        using var notice = new PolicyStartNotice(new PolicyOptions(), store, lines);
        await ((IHostedService)notice).StartAsync(TestContext.Current.CancellationToken);
        lines.Written.ShouldBe([(3002, "CUSTOMER")]);
        host.Write(Text(Good));
        (await store.ReloadAsync(TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();
        lines.Written.Count.ShouldBe(1);
        host.Write(Text("obligations: [{ redact: [CASE_FILE] }]"));
        (await store.ReloadAsync(TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();
        lines.Written.ShouldBe([(3002, "CUSTOMER"), (3002, "CASE_FILE")]);
    }

    private static LoadedDocument<PolicySnapshot> Load(string member, ContentNames? names) => DocumentLoader.Compile(new PolicyFormat(names), Encoding.UTF8.GetBytes(Text(member)));

    private static string Text(string member) => $"apiVersion: gateway.policy/v1\nrules:\n  - id: r\n    effect: allow\n    models: [m]\n    {member}\n";

    private sealed class Lines : ILogger<PolicyModule>
    {
        public List<(int Id, string Names)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((eventId.Id, formatter(state, exception).Split(": ")[^1]));
    }
}
