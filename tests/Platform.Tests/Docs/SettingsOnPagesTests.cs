using System.Text;
using GatewayStack.Identity.Settings;
using GatewayStack.Router.Routing;
using GatewayStack.Transform;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Settings that a page shows would start a gateway.</summary>
public class SettingsOnPagesTests
{
    public static TheoryData<string> Settings =>
        [.. DocPage.Read("docs/quickstart.md").Blocks().Where(b => b.Before == "<!-- settings -->").Select(b => b.Text)];

    [Fact]
    public void There_are_some() => Settings.Count.ShouldBeGreaterThan(6);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Settings_on_the_page_are_good(string settings)
    {
        // The variables that a reader would set.
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(settings.Replace("env:", "the-value-of-", StringComparison.Ordinal)));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        new IdentitySettingsCheck(new ConfigurationSettingsSource(configuration)).Check().ShouldBeEmpty();
        RouterSnapshotBuilder.Build(configuration).Errors.ShouldBeEmpty();
        new TransformSettingsCheck(configuration).Check().ShouldBeEmpty();
    }
}
