using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Routing;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Tests.Mcp.Servers;

public sealed class McpSettingsTests
{
    [Fact]
    public void What_is_not_said_has_a_default()
    {
        var (snapshot, errors) = Build("Url=http://calendar:81/mcp");
        errors.ShouldBeEmpty();
        snapshot!.McpServers["calendar"].ShouldSatisfyAllConditions(
            s => s.AssertionAudience.ShouldBe("calendar"), s => s.Challenge.ShouldBe(McpChallenge.Both), s => s.List.ShouldBe(McpListing.Obtainable), s => s.AnonymousMethods.ShouldBeEmpty(),
            s => s.Resource.ShouldBeNull(), s => s.Treatment.ShouldBe(ContentTreatment.Detect), s => s.Timeout.ShouldBe(TimeSpan.FromSeconds(100)), s => s.CredentialReference.ShouldBeNull());
    }

    [Theory]
    [InlineData("Url", "calendar")]
    [InlineData("Url", "ftp://calendar")]
    [InlineData("Url", "http://user:s3cr3t@calendar")]
    [InlineData("Resource", "calendar")]
    [InlineData("Resource", "https://gw/mcp/calendar?x=1")]
    [InlineData("Resource", "https://gw/mcp/calendar#x")]
    [InlineData("Resource", "urn:calendar")]
    [InlineData("Audiences:0", "")]
    [InlineData("AssertionAudience", "urn:gatewaystack:internal")]
    [InlineData("AssertionAudience", " ")]
    [InlineData("InitialScopes:0", "a b")]
    [InlineData("InitialScopes:0", "a\"")]
    [InlineData("Origins:0", "https://app.example/path")]
    [InlineData("Origins:0", "*")]
    [InlineData("AnonymousMethods:0", "tools/call")]
    [InlineData("AnonymousMethods:0", "resources/read")]
    [InlineData("Challenge", "none")]
    [InlineData("List", "all")]
    [InlineData("Credential", "env:NOT_SET_ANYWHERE_1")]
    [InlineData("Credential", "file:/nowhere/at/all")]
    [InlineData("Transform", "maybe")]
    [InlineData("ResourcePointers:0", "patient=/patient")]
    [InlineData("ResourcePointers:0", "calendar.* patient=patient")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("Timeout", "5")]
    public void A_wrong_setting_is_told_and_never_its_secret(string key, string value)
    {
        var (_, errors) = Build("Url=http://calendar:81/mcp", $"{key}={value}");
        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(e => e.ToString()!.Contains("Router:Mcp:calendar", StringComparison.OrdinalIgnoreCase) && !e.ToString()!.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_without_a_url_or_with_a_name_that_is_no_slug_is_told()
    {
        Build("List=callable").Errors.ShouldNotBeEmpty();
        BuildAll("Router:Mcp:Cal_endar:Url=http://c").Errors.ShouldNotBeEmpty();
        BuildAll("Router:Mcp:a:Url=http://c", "Router:Mcp:a:AssertionAudience=x", "Router:Mcp:b:Url=http://d", "Router:Mcp:b:AssertionAudience=x").Errors.ShouldNotBeEmpty();
        BuildAll("Router:Mcp:a:Url=http://c", "Router:Backends:b:BaseUrl=http://d", "Router:Backends:b:Audience=a").Errors.ShouldNotBeEmpty();
    }

    private static (RouterSnapshot? Snapshot, System.Collections.Immutable.ImmutableArray<Contracts.Settings.SettingsError> Errors) Build(params string[] settings) => BuildAll([.. settings.Select(s => "Router:Mcp:calendar:" + s)]);

    private static (RouterSnapshot? Snapshot, System.Collections.Immutable.ImmutableArray<Contracts.Settings.SettingsError> Errors) BuildAll(params string[] settings)
    {
        var (snapshot, _, errors) = RouterSnapshotBuilder.Build(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).GroupBy(p => p[0]).Select(g => g.Last()).Select(p => new KeyValuePair<string, string?>(p[0], p[1]))).Build());
        return (snapshot, errors);
    }
}
