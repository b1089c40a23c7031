using GatewayStack.Audit;
using GatewayStack.Credentials;
using GatewayStack.Demo.Server;
using GatewayStack.Documents;
using GatewayStack.Events.Format;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Identity;
using GatewayStack.Limits;
using GatewayStack.Policy;
using GatewayStack.Postgres;
using GatewayStack.Router.Routing;
using GatewayStack.Transform;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>Everything is internal that need not be public: what others can see is written down in <c>public-types.txt</c>. (Contracts are public as a whole.)</summary>
public class PublicTypesTests
{
    private const string Golden = "tests/Platform.Tests/Architecture/public-types.txt";

    private static readonly Type[] OneOfEach =
    [
        typeof(AuditOptions), typeof(RenewingCredential), typeof(DemoServer), typeof(DocumentSource), typeof(EventWriter), typeof(KafkaOptions), typeof(IdentityOptions), typeof(LimitsOptions),
        typeof(OwnerDatabase), typeof(PolicyOptions), typeof(RouterOptions), typeof(TransformOptions), typeof(Microsoft.Extensions.Hosting.PolicyWireExtensions),
    ];

    [Fact]
    public void What_is_public_is_written_down()
    {
        var actual = OneOfEach.Select(t => t.Assembly).SelectMany(a => a.GetExportedTypes().Select(t => $"{a.GetName().Name}: {t.FullName}")).ToList();
        var written = File.ReadAllLines(Repository.PathOf(Golden));
        actual.Except(written, StringComparer.Ordinal).ShouldBeEmpty();
        written.Except(actual, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_shows_its_options_and_its_registration_only()
    {
        Type[] modules = [typeof(AuditOptions), typeof(IdentityOptions), typeof(LimitsOptions), typeof(PolicyOptions), typeof(RouterOptions), typeof(TransformOptions)];
        modules.SelectMany(m => m.Assembly.GetExportedTypes())
            .Where(t => !t.Name.EndsWith("Options", StringComparison.Ordinal) && !t.Name.EndsWith("Extensions", StringComparison.Ordinal) && !t.IsEnum)
            .ShouldBeEmpty();
    }
}
