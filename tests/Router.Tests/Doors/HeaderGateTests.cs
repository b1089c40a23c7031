using GatewayStack.Router.Doors;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Tests.Doors;

public sealed class HeaderGateTests
{
    private readonly HeaderGate _gate = new(Exchanges.Metrics());

    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("x-user-id")]
    [InlineData("X-ORG-ID")]
    [InlineData("X-Tenant")]
    [InlineData("X-User-Role")]
    [InlineData("X-User-Roles")]
    [InlineData("x-user-scopes")]
    [InlineData("X-Request-Id")]
    [InlineData("X-User-Email")]
    [InlineData("X-Org-Name")]
    [InlineData("X-Tenant-Id")]
    [InlineData("X-Role")]
    [InlineData("X-Roles")]
    [InlineData("X-Audit-Actor")]
    [InlineData("X_Anything")]
    [InlineData("my_header")]
    public void An_identity_header_is_taken_away(string name)
    {
        var headers = new HeaderDictionary { [name] = "mallory", ["Accept"] = "*/*" };
        _gate.Clean(headers).ShouldBeNull();
        headers.Keys.ShouldBe(["Accept"]);
    }

    [Theory]
    [InlineData("X-Gateway-Identity")]
    [InlineData("x-gateway-identity")]
    [InlineData("X-GATEWAY-ANYTHING")]
    [InlineData("X_Gateway_Identity")]
    [InlineData("x_gateway-identity")]
    [InlineData("X-Gateway_Identity")]
    [InlineData("X_User_Id")]
    [InlineData("X-User_Id")]
    [InlineData("x_user-id")]
    [InlineData("X_ORG_ID")]
    [InlineData("X_Tenant")]
    [InlineData("X_User_Role")]
    [InlineData("X_User_Roles")]
    [InlineData("X_User_Scopes")]
    [InlineData("X_Request_Id")]
    public void A_header_that_imitates_ours_is_refused(string name)
    {
        var refusal = _gate.Clean(new HeaderDictionary { [name] = "mallory" }).ShouldNotBeNull();
        refusal.Status.ShouldBe(400);
        refusal.Code.ShouldBe("reserved_header");
        refusal.Message.ShouldNotContain("mallory");
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("Backend-Credential")]
    [InlineData("traceparent")]
    [InlineData("X-Request-Id")]
    public void Some_headers_stand_once(string name) =>
        _gate.Clean(new HeaderDictionary { [name] = new(["a", "b"]) }).ShouldNotBeNull().Code.ShouldBe("duplicate_header");

    [Fact]
    public void Two_lengths_of_one_body_are_refused() =>
        _gate.Clean(new HeaderDictionary { ["Transfer-Encoding"] = "chunked", ["X-Content-Length"] = "5" }).ShouldNotBeNull().Status.ShouldBe(400);

    [Fact]
    public void Everything_else_stays()
    {
        var headers = new HeaderDictionary { ["Authorization"] = "Bearer x", ["X-Run-Id"] = "r", ["traceparent"] = "t", ["Content-Type"] = "application/json" };
        _gate.Clean(headers).ShouldBeNull();
        headers.Count.ShouldBe(4);
    }
}
