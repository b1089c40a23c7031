using GatewayStack.Contracts.Events;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Pipeline;

/// <summary>A backend holds its caller's assertion: it asks models with it, and does nothing else.</summary>
public sealed class CallingBackTests
{
    [Theory]
    [InlineData("GET", "/me/limits")]
    [InlineData("GET", "/audit/events")]
    [InlineData("GET", "/backends/calendar/events")]
    [InlineData("POST", "/backends/clinic/chat")]
    public async Task An_assertion_opens_nothing_but_the_models(string method, string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Backends:calendar:BaseUrl=http://127.0.0.1:9", "Router:Backends:clinic:BaseUrl=http://127.0.0.1:9", "Router:Backends:clinic:CallerCredential=secret");
        using var response = await gateway.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, token: "child:req_1");
        ((int)response.StatusCode).ShouldBe(401);
        var recorded = gateway.Log.Events.ShouldHaveSingleItem();
        (recorded.Type, recorded.Reason, recorded.Outcome).ShouldBe((EventTypes.SignInFailed, "assertion_outside_models", EventOutcomes.Refused));
    }

    [Fact]
    public async Task Administration_is_no_exception()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, gateway.Management + "admin/router", token: "child:req_1");
        ((int)response.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task It_lists_the_models_that_it_may_ask()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, "/v1/models", token: "child:req_1");
        ((int)response.StatusCode).ShouldBe(200);
    }
}
