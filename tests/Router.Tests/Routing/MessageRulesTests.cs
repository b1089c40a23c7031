using GatewayStack.Router.Routing;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Tests.Routing;

public sealed class MessageRulesTests
{
    [Theory]
    [InlineData("Router:Content:Roles:0:Deny", "Router:Content:Roles:0:Deny:0=root", "Router:Content:Roles:0:Action=refuse")]
    [InlineData("Router:Content:Roles:0:Deny", "Router:Content:Roles:0:Action=refuse")]
    [InlineData("Router:Content:Roles:0:Action", "Router:Content:Roles:0:Deny:0=system")]
    [InlineData("Router:Content:Roles:0:Action", "Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Action=drop")]
    [InlineData("Router:Content:Roles:0:Tenants", "Router:Content:Roles:0:Deny:0=system", "Router:Content:Roles:0:Action=report", "Router:Content:Roles:0:Tenants:0= ")]
    [InlineData("Router:Content:SystemPrompts:0:Text", "Router:Content:SystemPrompts:0:Tenants:0=acme")]
    [InlineData("Router:Content:SystemPrompts:0:Text", "Router:Content:SystemPrompts:0:Text= ")]
    public void What_is_wrong_is_named(string key, params string[] settings) => Errors(settings).ShouldHaveSingleItem().ShouldBe(key);

    [Fact]
    public void A_prompt_is_valid_unicode()
    {
        Errors(["Router:Content:SystemPrompts:0:Text=x\uD800"]).ShouldHaveSingleItem().ShouldBe("Router:Content:SystemPrompts:0:Text");
        Errors(["Router:Content:SystemPrompts:0:Text=x😀"]).ShouldBeEmpty();
    }

    [Fact]
    public void The_stricter_action_holds_for_a_role_in_any_case()
    {
        var rules = new MessageRules([new RoleRow(["system"], RoleAction.Report, []), new RoleRow(["system", "tool"], RoleAction.Remove, [])], []);
        rules.RolesOf("t")["SYSTEM"].ShouldBe(RoleAction.Remove);
        rules.RolesOf("t").ContainsKey("user").ShouldBeFalse();
    }

    [Fact]
    public void Prompts_of_a_tenant_stand_in_place_of_those_for_all_and_before_the_models()
    {
        var rules = new MessageRules([], [new SystemPromptRow("all", []), new SystemPromptRow("one", ["a"]), new SystemPromptRow("two", ["a"])]);
        rules.PromptFor("a", "model").ShouldBe("one\n\ntwo\n\nmodel");
        rules.PromptFor("b", null).ShouldBe("all");
        MessageRules.None.PromptFor("a", null).ShouldBeNull();
        MessageRules.None.PromptFor("a", "model").ShouldBe("model");
    }

    private static string[] Errors(string[] settings)
    {
        var pairs = settings.Select(s => s.Split('=', 2)).Select(p => new KeyValuePair<string, string?>(p[0], p[1]));
        return [.. RouterSnapshotBuilder.Build(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build()).Errors.Select(e => e.Key)];
    }
}
