using System.Net;
using System.Net.Http.Json;

namespace GatewayStack.Demo.Tests.Contract;

public sealed class ContractTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Theory]
    [InlineData("alice")]
    [InlineData("nora")]
    [InlineData("audrey")]
    public async Task Everybody_may_show_a_text_of_their_own(string user)
    {
        var (status, page) = await ShowAsync(user, "The plaster is changed on Monday.");
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("plaster");
        page.ShouldContain("Take rest.");
    }

    [Theory]
    [InlineData("nora", null, "alice, carol, frank. Others may show a \\u0022text\\u0022 of their own.")]
    [InlineData("bob", null, "alice, carol, frank. Others may show a \\u0022text\\u0022 of their own.")]
    [InlineData("bob", "The plaster is changed on Monday.", "alice, nora, frank, carol, audrey, oscar.")]
    public async Task Who_has_nothing_to_show_is_told_who_has(string user, string? text, string told)
    {
        var (status, page) = await ShowAsync(user, text);
        status.ShouldBe(HttpStatusCode.NotFound);
        page.Replace("\\\"", "\\u0022", StringComparison.Ordinal).ShouldContain("must be one of: " + told);
    }

    private async Task<(HttpStatusCode Status, string Page)> ShowAsync(string user, string? text)
    {
        using var response = await demo.Http.PostAsJsonAsync("/demo/contract", new { user, text }, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
