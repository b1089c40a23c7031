using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
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

    [Theory]
    [InlineData("Limits:Mode=off")]
    [InlineData("Limits:Mode=observe")]
    [InlineData("Router:OnUnavailable:Limits=allow")]
    [InlineData("Router:OnUnavailable:Limits=allow_capped")]
    public async Task What_it_asked_a_model_for_is_charged_once_whatever_limits_said(string setting)
    {
        await using var backend = await StubServer.StartAsync();
        await using var provider = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:p:BaseUrl=" + provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", "Router:Backends:clinic:BaseUrl=" + backend.Address,
            "Router:Backends:clinic:CallerCredential=secret", "Router:Backends:clinic:ModelPointer=/model", "Router:Backends:clinic:ContentPointers:0=/prompt",
            "Router:Backends:clinic:UsagePointers:InputTokens=/in", "Router:Backends:clinic:UsagePointers:OutputTokens=/out", "Router:AllowanceWithoutLimits=5", setting);
        gateway.Limits.OnReserve = _ => setting.EndsWith("observe", StringComparison.Ordinal)
            ? Task.FromResult(LimitsDouble.Refused(LimitsEffect.Deny))
            : throw new ModuleCallException("limits", ModuleFault.NeverReached);
        provider.OnRequest = Wire.Answer();
        var asks = true;
        backend.OnRequest = async http =>
        {
            if (asks)
            {
                using var child = await gateway.SendAsync(
                    HttpMethod.Post, "/v1/chat/completions", Wire.Ask(), "child:" + http.Request.Headers["X-Request-Id"], headers: [("Backend-Credential", "clinic:secret")]);
                ((int)child.StatusCode).ShouldBe(200);
            }

            await Wire.Answer("{}")(http);
        };
        (await OutcomeAsync()).ShouldSatisfyAllConditions(e => e.ChargedByChild.ShouldBeTrue(), e => e.Attempts.ShouldAllBe(a => a.Tokens == null));

        // What it did without a model of ours is its own, by its bound where it does not say.
        asks = false;
        (await OutcomeAsync()).ShouldSatisfyAllConditions(e => e.ChargedByChild.ShouldBeFalse(), e => e.Attempts.ShouldContain(a => a.Estimated && a.Tokens != null));

        async Task<GatewayEvent> OutcomeAsync()
        {
            using var response = await gateway.SendAsync(HttpMethod.Post, "/backends/clinic/chat", """{"model":"m","prompt":"x"}""");
            (await response.BodyAsync()).ShouldBe("{}");
            return gateway.Log.Events.Single(e => e.RequestId == response.RequestId() && e.Type == EventTypes.Outcome);
        }
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
