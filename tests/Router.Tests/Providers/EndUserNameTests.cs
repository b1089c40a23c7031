using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers;

public sealed class EndUserNameTests
{
    private readonly EndUserName _names = new(new KeysDouble());

    [Fact]
    public async Task A_person_has_one_name_that_tells_nothing()
    {
        var name = await NameAsync(Callers.Alice);
        name.ShouldMatch("^gs_[0-9a-f]{32}$");
        (await NameAsync(Callers.Alice with { DisplayName = "Other", Roles = [] })).ShouldBe(name);
    }

    [Fact]
    public async Task Nobody_else_has_it()
    {
        var names = new[]
        {
            await NameAsync(Callers.Alice), await NameAsync(Callers.Nora), await NameAsync(Callers.Alice with { Tenant = "acme" }),
            await NameAsync(Callers.Alice with { Tenant = "mercy\nperson", PersonId = "alice" }),
        };
        names.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task The_operator_may_ask_for_the_user_id() => (await _names.ForAsync(Callers.Alice, userId: true, TestContext.Current.CancellationToken)).ShouldBe("alice");

    private async Task<string> NameAsync(CallerIdentity person) => await _names.ForAsync(person, userId: false, CancellationToken.None);
}
