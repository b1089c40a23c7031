using System.Text.RegularExpressions;
using GatewayStack.Audit;
using GatewayStack.Demo.Host;
using GatewayStack.Documents;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Settings;
using GatewayStack.Identity;
using GatewayStack.Identity.Settings;
using GatewayStack.Limits;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Policy;
using GatewayStack.Postgres.Settings;
using GatewayStack.Router.Routing;
using GatewayStack.Transform;
using GatewayStack.Wire.Security;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary><c>docs/reference/configuration.md</c> names every setting that there is, and none that there is not.</summary>
public partial class ConfigurationPageTests
{
    // Read one by one, without an options type.
    private static readonly string[] SingleKeys = ["urls", "Management:Url", "Data:Path", "Demo:Enabled", "Demo:Url", "ConnectionStrings:kafka", "ConnectionStrings:redis"];

    // One for each owner's database.
    private static readonly string[] DatabaseKeys = [PostgresSettings.KeyOf("{}"), PostgresSettings.MigrationsKeyOf("{}")];

    // Where services are, and where this one is; the last two are ASP.NET Core's own.
    private static readonly string[] AddressKeys = ["services:{}:grpc:N", "services:{}:http:N", "Kestrel:Endpoints:grpc:Url", "Kestrel:Endpoints:http:Url"];

    // The AppHost's own, which no service reads.
    private static readonly string[] AppHostKeys =
        ["Infrastructure", "Infrastructure:Data", "Instances:{}", "FrontDoorPort", "KAFKA_HOME", "OPENAI_API_KEY", "Keycloak", "Keycloak:Realms"];

    private static readonly (string Section, Type Options)[] Sections =
    [
        ("Identity", typeof(IdentityOptions)), ("Keys", typeof(KeysOptions)), ("Router", typeof(RouterOptions)), ("Transform", typeof(TransformOptions)),
        ("Policy", typeof(PolicyOptions)), ("Limits", typeof(LimitsOptions)), ("Audit", typeof(AuditOptions)), ("Events", typeof(EventsOptions)), ("Events:Kafka", typeof(KafkaOptions)),
        ("Postgres", typeof(PostgresOptions)), ("Service", typeof(ServiceOptions)), ("Documents", typeof(DocumentsOptions)), ("Demo", typeof(DemoHostSettings)),
    ];

    private static IReadOnlyList<DocRow> Rows { get; } = [.. DocPage.Read("docs/reference/configuration.md").Rows()];

    private static IReadOnlyList<SettingKey> Keys { get; } = [.. Sections.SelectMany(s => SettingKeys.Of(s.Section, s.Options))];

    [Fact]
    public void Every_setting_is_on_the_page() =>
        Keys.Select(k => k.Key).Concat(SingleKeys).Concat(DatabaseKeys).Concat(AddressKeys).Concat(AppHostKeys).Except(Rows.Select(KeyOf), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Everything_on_the_page_is_a_setting() =>
        Rows.Select(KeyOf).Except(Keys.Select(k => k.Key).Concat(SingleKeys).Concat(DatabaseKeys).Concat(AddressKeys).Concat(AppHostKeys), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_setting_stands_twice() =>
        Rows.GroupBy(KeyOf, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();

    [Fact]
    public void Every_setting_has_a_default_and_a_meaning() =>
        Rows.Where(r => r.Cells.Count != 3 || r.Cells[1].Length == 0 || !r.Cells[2].EndsWith('.')).Select(KeyOf).ShouldBeEmpty();

    [Fact]
    public void Defaults_are_those_of_the_types()
    {
        var stated = Rows.ToDictionary(KeyOf, r => r.Code(1), StringComparer.Ordinal);
        Keys.Where(k => k.Default is not null && stated.TryGetValue(k.Key, out var said) && said != k.Default)
            .Select(k => $"{k.Key} is {k.Default}, not {stated[k.Key]}").ShouldBeEmpty();
    }

    [Fact]
    public void Single_keys_are_read_somewhere()
    {
        var sources = string.Concat(Repository.Files("services", ".cs").Select(f => File.ReadAllText(Repository.PathOf(f))));
        SingleKeys.Where(k => !sources.Contains($"\"{k}\"", StringComparison.Ordinal)).ShouldBeEmpty();
        var stack = string.Concat(Repository.Files("GatewayStack.AppHost", ".cs").Select(f => File.ReadAllText(Repository.PathOf(f))));
        AppHostKeys.Where(k => !stack.Contains('"' + k.Replace("{}", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string KeyOf(DocRow row) => Name().Replace(row.Code(0), "{}");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Name();
}
