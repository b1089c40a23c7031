using System.Text;
using GatewayStack.Identity.Settings;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Router.Routing;
using GatewayStack.Transform;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Settings that a page shows would start a gateway.</summary>
public class SettingsOnPagesTests
{
    private const string Marker = "<!-- settings: ";

    public static TheoryData<string> Settings =>
        [.. DocPage.Read("docs/quickstart.md").Blocks().Where(b => b.Before == "<!-- settings -->").Select(b => b.Text), .. Samples.Select(b => b.Text)];

    /// <summary>Blocks that a page shows of a file.</summary>
    private static IReadOnlyList<DocBlock> Samples { get; } =
        [.. DocPage.Read("docs/identity-providers.md").Blocks().Where(b => b.Before.StartsWith(Marker, StringComparison.Ordinal))];

    [Fact]
    public void There_are_some() => Settings.Count.ShouldBeGreaterThan(9);

    [Fact]
    public void A_page_shows_every_sample_as_it_is()
    {
        var files = Repository.Files("docs/samples/identity", ".json");
        Samples.Select(b => b.Before[Marker.Length..^" -->".Length]).Order(StringComparer.Ordinal).ShouldBe(files);
        foreach (var block in Samples)
        {
            File.ReadAllText(Repository.PathOf(block.Before[Marker.Length..^" -->".Length])).TrimEnd().ShouldBe(block.Text);
        }
    }

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
