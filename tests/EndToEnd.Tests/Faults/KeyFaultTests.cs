using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>The issuer's keys are away: those who sign with a known one go on, and nobody else is let in.</summary>
[Collection(FaultyStack.Name)]
public sealed class KeyFaultTests(FaultStack stack)
{
    [Theory]
    [InlineData("connections refused", nameof(Chaos.Refuse))]
    [InlineData("silent", nameof(Chaos.Hang))]
    [InlineData("slow", nameof(Chaos.Slow))]
    [InlineData("cut in mid-message", nameof(Chaos.Cut))]
    public Task The_issuers_keys_are_hard_to_reach(string how, string mode) => Campaign.RunAsync(stack, new Fault(
        $"issuer's keys: {how}",
        async _ =>
        {
            stack.Link("keys").Set(Enum.Parse<Chaos>(mode));

            // Makes Identity ask for the keys. Somebody else's: what comes of it is no part of the load.
            var answer = await stack.Front.GetAsync("/v1/models", stack.Issuer.TokenOfUnknownKey(Caller.New()));
            answer.Status.ShouldBeOneOf(401, 503);
        },
        _ =>
        {
            stack.Link("keys").Set(Chaos.None);
            return Task.CompletedTask;
        })
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
    });
}
