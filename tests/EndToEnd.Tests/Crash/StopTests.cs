using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Crash;

/// <summary>A gateway that is asked to stop (SIGTERM, as orchestrators do) says that it is not ready and lets those under way end.</summary>
[Collection(CrashingGateway.Name)]
public sealed class StopTests(CrashGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_under_way_ends_and_is_on_record_as_completed()
    {
        var (token, audrey) = (await gateway.People.TokenAsync("nora"), await gateway.People.TokenAsync("audrey"));
        var body = GatewayClient.Chat("patient-model", "hello");
        body["stream"] = true;
        using var response = await gateway.Front.OpenAsync(GatewayClient.ChatRequest(token, body.ToJsonString()));
        response.IsSuccessStatusCode.ShouldBeTrue();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull();

        var stopped = gateway.Process.TerminateAsync();
        (await Eventually.GetAsync(IsReadyAsync, ready => !ready)).ShouldBeFalse();
        gateway.GoOn();
        (await reader.ReadToEndAsync(Cancel)).ShouldContain("data: [DONE]");
        (await stopped).ShouldBe(0);

        await gateway.Process.StartAgainAsync();
        var records = await gateway.Audit.OfRequestAsync(audrey, response.Headers.GetValues("x-request-id").Single(), 2);
        records[^1].Member("outcome").ShouldBe("completed");
    }

    /// <summary>What a load balancer goes by. The listeners stay open until what was accepted has ended.</summary>
    private async Task<bool> IsReadyAsync() => (await gateway.Front.GetAsync("/health")).Status == StatusCodes.Status200OK;
}
