using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Router.Tests.Routing;

public sealed class ContentRowsTests
{
    [Fact]
    public void A_tenants_rows_stand_over_those_for_all()
    {
        var rows = new ContentRows([Row(ContentAction.Redact, "EMAIL", "PHONE"), Row(ContentAction.Mask, "*"), Own(ContentAction.Allow, "EMAIL")]);
        rows.For("mercy").ShouldSatisfyAllConditions(a => a.For("EMAIL").ShouldBe(ContentAction.Allow), a => a.For("PHONE").ShouldBe(ContentAction.Redact), a => a.For("IBAN").ShouldBe(ContentAction.Mask));
        rows.For("acme").For("EMAIL").ShouldBe(ContentAction.Redact);
    }

    [Fact]
    public void A_tenants_word_about_every_type_stands_over_single_types_for_all() =>
        new ContentRows([Row(ContentAction.Redact, "EMAIL"), Own(ContentAction.Detect, "*")]).For("mercy").For("EMAIL").ShouldBe(ContentAction.Detect);

    [Fact]
    public void A_word_about_every_type_leaves_labels_as_they_are_unless_it_names_them()
    {
        var block = Row(ContentAction.Block, "label:harmful", "EMAIL");
        new ContentRows([block, Own(ContentAction.Redact, "*")]).For("mercy").ShouldSatisfyAllConditions(a => a.BlockedLabels.ShouldBe(["harmful"]), a => a.For("EMAIL").ShouldBe(ContentAction.Redact));
        new ContentRows([block, Own(ContentAction.Redact, "*"), Own(ContentAction.Allow, "label:harmful")]).For("mercy").BlockedLabels.ShouldBeEmpty();
    }

    [Fact]
    public void Of_two_rows_for_one_type_the_stricter_holds() =>
        new ContentRows([Row(ContentAction.Mask, "EMAIL"), Row(ContentAction.Block, "EMAIL")]).For("t").For("EMAIL").ShouldBe(ContentAction.Block);

    [Fact]
    public void Rows_of_every_place_are_read()
    {
        var (snapshot, errors) = Build(
            "Providers:p:BaseUrl=http://p", "Models:0:Name=m", "Models:0:Targets:0:Provider=p",
            "Models:0:Actions:0:Types:0=EMAIL", "Models:0:Actions:0:Types:1=*", "Models:0:Actions:0:Action=pseudonymise-format", "Models:0:Actions:0:Tenants:0=Mercy:1",
            "Models:0:Answers:0:Types:0=API_KEY", "Models:0:Answers:0:Action=block",
            "Backends:b:BaseUrl=http://b", "Backends:b:ContentPointers:0=/prompt", "Backends:b:Actions:0:Types:0=US_SSN", "Backends:b:Actions:0:Action=hash",
            "Content:Actions:0:Types:0=IBAN", "Content:Actions:0:Action=mask", "Content:Answers:0:Types:0=IBAN", "Content:Answers:0:Action=redact");
        errors.ShouldBeEmpty();
        snapshot!.Models["m"].Content.Requests.For("Mercy:1").ToEntries().Select(e => (e.Type, e.Action)).ShouldBe([("*", ContentAction.PseudonymiseFormat), ("EMAIL", ContentAction.PseudonymiseFormat)]);
        snapshot.Models["m"].Content.Requests.For("acme").ChangesNothing.ShouldBeTrue();
        snapshot.Models["m"].Content.Answers.For("acme").For("API_KEY").ShouldBe(ContentAction.Block);
        snapshot.Backends["b"].Content.Requests.For("acme").For("US_SSN").ShouldBe(ContentAction.Hash);
        snapshot.Content.Requests.For("acme").For("IBAN").ShouldBe(ContentAction.Mask);
        snapshot.Content.Answers.For("acme").For("IBAN").ShouldBe(ContentAction.Redact);
    }

    [Fact]
    public void Every_error_is_told_at_once()
    {
        var (snapshot, errors) = Build(
            "Providers:p:BaseUrl=http://p", "Models:0:Name=m", "Models:0:Targets:0:Provider=p", "Models:0:Transform=off",
            "Models:0:Actions:0:Types:0=Email", "Models:0:Actions:0:Action=anonymise",
            "Models:0:Answers:0:Types:0=EMAIL", "Models:0:Answers:0:Action=pseudonymise",
            "Backends:b:BaseUrl=http://b", "Backends:b:Actions:0:Types:0=EMAIL", "Backends:b:Actions:0:Action=redact",
            "Content:Actions:0:Action=Redact", "Content:Actions:1:Types:0=EMAIL", "Content:Actions:2:Types:0=", "Content:Actions:2:Action=mask", "Content:Actions:2:Tenants:0= ");
        snapshot.ShouldBeNull();
        errors.ShouldAllBe(e => e.Problem.Length > 0 && e.Remedy.Length > 0);
        errors.Select(e => e.Key).ShouldBe(
        [
            "Router:Models:0:Actions", "Router:Models:0:Actions:0:Types", "Router:Models:0:Actions:0:Action", "Router:Models:0:Answers:0:Action", "Router:Backends:b:Actions",
            "Router:Content:Actions:0:Types", "Router:Content:Actions:0:Action", "Router:Content:Actions:1:Action", "Router:Content:Actions:2:Types", "Router:Content:Actions:2:Tenants",
        ], ignoreOrder: true);
        errors.Single(e => e.Key == "Router:Models:0:Answers:0:Action").Remedy.ShouldBe("use allow, block, detect, mask, redact");
    }

    [Fact]
    public void Labels_stand_in_answers_only_and_block_or_do_nothing()
    {
        var (snapshot, errors) = Build(
            "Providers:p:BaseUrl=http://p", "Models:0:Name=m", "Models:0:Targets:0:Provider=p", "Models:0:Answers:0:Labels:0=harmful", "Models:0:Answers:0:Action=block");
        errors.ShouldBeEmpty();
        snapshot!.Models["m"].Content.Answers.For("acme").BlockedLabels.ShouldBe(["harmful"]);
        var (_, wrong) = Build(
            "Providers:p:BaseUrl=http://p", "Models:0:Name=m", "Models:0:Targets:0:Provider=p",
            "Models:0:Answers:0:Labels:0=Harmful", "Models:0:Answers:0:Action=block", "Models:0:Answers:1:Labels:0=harmful", "Models:0:Answers:1:Action=redact");
        wrong.Select(e => e.Key).ShouldBe(["Router:Models:0:Answers:0:Labels", "Router:Models:0:Answers:1:Labels"]);
    }

    [Theory]
    [InlineData("Content:Actions:0:Types:0=EMIAL", "Content:Actions:0:Types", "EMAIL")]
    [InlineData("Content:Actions:0:Types:0=CREDITCARD", "Content:Actions:0:Types", "CREDIT_CARD")]
    [InlineData("Content:Actions:0:Types:0=email", "Content:Actions:0:Types", "EMAIL")]
    [InlineData("Content:Answers:0:Types:0=IBNA_", "Content:Answers:0:Types", null)]
    [InlineData("Content:Answers:0:Labels:0=harmfull", "Content:Answers:0:Labels", "harmful")]
    [InlineData("Content:Answers:0:Labels:0=Harmful", "Content:Answers:0:Labels", "harmful")]
    [InlineData("Models:0:Actions:0:Types:0=PHOEN", "Models:0:Actions:0:Types", "PHONE")]
    [InlineData("Models:0:Answers:0:Labels:0=promptinjection", "Models:0:Answers:0:Labels", "prompt_injection")]
    [InlineData("Backends:b:Actions:0:Types:0=PASSWRD", "Backends:b:Actions:0:Types", "PASSWORD")]
    [InlineData("Content:Actions:0:Types:0=CUSTOMER_NUMBER", "Content:Actions:0:Types", null)]
    [InlineData("Content:Answers:0:Labels:0=secret-plans", "Content:Answers:0:Labels", null)]
    public void A_name_that_nothing_has_stops_the_start(string row, string key, string? meant)
    {
        var settings = OfOneRow(row);
        var (snapshot, _, errors) = RouterSnapshotBuilder.Build(settings, ContentNames.With(["ORDER_NUMBER"], ["plans"]));
        snapshot.ShouldBeNull();
        var error = errors.ShouldHaveSingleItem();
        error.Key.ShouldBe("Router:" + key);
        error.Problem.ShouldContain($"'{row.Split('=')[1]}'");
        error.Remedy.ShouldContain(meant is null ? "Transform:Recognizers" : $"did you mean {meant}?");

        // Where the operator's rows are not known a name that resembles nothing may be theirs.
        var (elsewhere, _, _) = RouterSnapshotBuilder.Build(settings);
        (elsewhere?.UnfoundNames ?? []).ShouldBe(meant is null ? [row.Split('=')[1]] : []);
        (elsewhere is null).ShouldBe(meant is not null);
    }

    [Theory]
    [InlineData("Content:Actions:0:Types:0=EMAIL")]
    [InlineData("Content:Actions:0:Types:0=*")]
    [InlineData("Content:Actions:0:Types:0=ORDER_NUMBER")]
    [InlineData("Content:Answers:0:Types:0=DE_TAX_ID")]
    [InlineData("Content:Answers:0:Labels:0=harmful")]
    [InlineData("Content:Answers:0:Labels:0=plans")]
    [InlineData("Models:0:Actions:0:Types:0=ORDER_NUMBER")]
    [InlineData("Backends:b:Actions:0:Types:0=CREDIT_CARD")]
    public void A_known_name_is_taken_and_so_is_one_of_the_operators(string row)
    {
        var (snapshot, _, errors) = RouterSnapshotBuilder.Build(OfOneRow(row), ContentNames.With(["ORDER_NUMBER"], ["plans"]));
        errors.ShouldBeEmpty();
        snapshot!.UnfoundNames.ShouldBeEmpty();
    }

    [Fact]
    public void Without_the_content_module_the_settings_may_show_what_is_the_operators()
    {
        var settings = OfOneRow("Content:Actions:0:Types:0=EMAILS");
        RouterSnapshotBuilder.Build(settings).Errors.ShouldHaveSingleItem().Remedy.ShouldContain("Transform:Recognizers");
        settings["Transform:Recognizers:0:Name"] = "emails";
        var (snapshot, _, errors) = RouterSnapshotBuilder.Build(settings);
        errors.ShouldBeEmpty();
        snapshot!.UnfoundNames.ShouldBeEmpty();
        settings["Router:Content:Actions:0:Types:0"] = "CUSTOMER_NUMBER";
        RouterSnapshotBuilder.Build(settings).Snapshot!.UnfoundNames.ShouldBe(["CUSTOMER_NUMBER"]);
        settings["Router:Content:Actions:0:Types:0"] = "EMIAL";
        RouterSnapshotBuilder.Build(settings).Snapshot.ShouldBeNull();
    }

    [Theory]
    [InlineData("pseudonymise-format")]
    [InlineData("pseudonymiseFormat")]
    public void Settings_take_the_spelling_of_policies_too(string word)
    {
        Build("Content:Actions:0:Types:0=EMAIL", "Content:Actions:0:Action=" + word).Snapshot!.Content.Requests.For("acme").For("EMAIL").ShouldBe(ContentAction.PseudonymiseFormat);
        Build("Content:Answers:0:Types:0=EMAIL", "Content:Answers:0:Action=" + word).Errors.ShouldHaveSingleItem().Key.ShouldBe("Router:Content:Answers:0:Action");
    }

    [Fact]
    public void Names_that_rows_elsewhere_must_find_are_logged_at_the_start_and_at_a_reload()
    {
        var configuration = new ConfigurationManager { ["Router:Content:Actions:0:Types:0"] = "CUSTOMER_NUMBER", ["Router:Content:Actions:0:Action"] = "redact" };
        var lines = new Lines();
        using var store = new RouterSnapshotStore(configuration, lines);
        lines.Written.ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.Id.ShouldBe(5020), l => l.Text.ShouldContain("CUSTOMER_NUMBER"));
        configuration["Router:Content:Actions:0:Types:0"] = "EMAIL";
        store.Reload().ShouldBeEmpty();
        configuration["Router:Content:Actions:0:Types:0"] = "CASE_FILE";
        store.Reload().ShouldBeEmpty();
        lines.Written.Skip(1).ShouldNotBeEmpty();
        lines.Written.Skip(1).ShouldAllBe(l => l.Id == 5020 && l.Text.Contains("CASE_FILE"));
        store.Current.UnfoundNames.ShouldBe(["CASE_FILE"]);
    }

    private static IConfigurationRoot OfOneRow(string row)
    {
        var action = row[..row.LastIndexOf(':')];
        action = action[..action.LastIndexOf(':')] + ":Action=block";
        return new ConfigurationBuilder().AddInMemoryCollection(new[]
        {
            "Providers:p:BaseUrl=http://p", "Models:0:Name=m", "Models:0:Targets:0:Provider=p", "Models:0:Transform=redact", "Backends:b:BaseUrl=http://b",
            "Backends:b:Transform=redact", "Backends:b:ContentPointers:0=/text", row, action,
        }.Select(s => s.Split('=', 2)).Select(p => new KeyValuePair<string, string?>("Router:" + p[0], p[1]))).Build();
    }

    private static ContentRow Row(ContentAction action, params string[] types) => new([.. types], action, []);

    private static ContentRow Own(ContentAction action, params string[] types) => new([.. types], action, ["mercy"]);

    private static (RouterSnapshot? Snapshot, ImmutableArray<SettingsError> Errors) Build(params string[] settings)
    {
        var (snapshot, _, errors) = RouterSnapshotBuilder.Build(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => s.Split('=', 2)).Select(p => new KeyValuePair<string, string?>("Router:" + p[0], p[1]))).Build());
        return (snapshot, errors);
    }

    private sealed class Lines : ILogger<RouterSnapshotStore>
    {
        public List<(int Id, string Text)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((eventId.Id, formatter(state, exception)));
    }
}
