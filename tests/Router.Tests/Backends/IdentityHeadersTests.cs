using GatewayStack.Router.Backends;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Backends;

public sealed class IdentityHeadersTests
{
    [Fact]
    public void The_caller_is_told_whole()
    {
        var headers = Write(Callers.Alice with { Roles = ["doctor", "head"], Scopes = ["a:b", "c"], OrgId = "mercy" });
        headers.Select(h => $"{h.Key}: {h.Value}").ShouldBe(
            [
                "X-User-Id: alice", "X-Org-Id: mercy", "X-Tenant: mercy", "X-User-Role: doctor", "X-User-Roles: doctor,head",
                "X-User-Scopes: a:b c", "X-Request-ID: req_1", "X-Gateway-Identity: assertion",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1", "a%0D%0AX-Evil:%201")]
    [InlineData("Ünï", "%C3%9Cn%C3%AF")]
    [InlineData("50%", "50%25")]
    [InlineData("a b", "a%20b")]
    [InlineData("idp|a,b", "idp|a,b")]
    public void A_value_cannot_forge_another(string userId, string expected) => Write(Callers.Alice with { UserId = userId })["X-User-Id"].ShouldBe(expected);

    [Fact]
    public void A_value_cannot_forge_an_item_of_a_list()
    {
        var headers = Write(Callers.Alice with { Roles = ["nurse,doctor", "x"], Scopes = ["read admin", "y"] });
        headers["X-User-Roles"].ShouldBe("nurse%2Cdoctor,x");
        headers["X-User-Scopes"].ShouldBe("read%20admin y");
    }

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        var headers = Write(Callers.Alice with { OrgId = null, Roles = [], Scopes = [] });
        headers.Keys.ShouldBe(["X-User-Id", "X-Tenant", "X-Request-ID", "X-Gateway-Identity"], ignoreOrder: true);
    }

    private static Dictionary<string, string> Write(Contracts.Identity.CallerIdentity caller)
    {
        using var message = new HttpRequestMessage();
        foreach (var name in new[] { "X-User-Id", "X-Org-Id", "X-User-Roles", "X-Gateway-Identity" })
        {
            message.Headers.TryAddWithoutValidation(name, "spoofed");
        }

        IdentityHeaders.Write(message, caller, "req_1", "assertion");
        return message.Headers.NonValidated.ToDictionary(h => h.Key, h => h.Value.ToString());
    }
}
