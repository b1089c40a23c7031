using System.Text.Json;
using GatewayStack.Demo.Issuer;
using GatewayStack.Demo.Providers;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>The quickstart's tables and the demo say the same.</summary>
public sealed class QuickstartPageTests
{
    private static DocPage Page { get; } = DocPage.Read("docs/quickstart.md");

    [Fact]
    public void The_people_have_the_scopes_that_the_page_gives_them() =>
        Page.Rows(h => h == "The demo's people").Select(r => $"{r.Code(0)}: {r.Code(2)}").ShouldBe(DemoPerson.All.Select(p => $"{p.User}: {string.Join(' ', p.Scopes)}"));

    [Fact]
    public void Everything_that_the_simulated_providers_can_be_asked_for_is_on_the_page() =>
        Page.Rows(h => h == "Models").SelectMany(r => r.Codes(0)).ShouldBe(
            typeof(SimulatedBehaviour).GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)), ignoreOrder: true);
}
