using GatewayStack.Demo.Providers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Tests.Providers;

public sealed class RequestRecorderTests
{
    [Fact]
    public void Keeps_only_the_last_requests_and_the_beginning_of_large_bodies()
    {
        var recorder = new RequestRecorder(TimeProvider.System);
        var request = new DefaultHttpContext().Request;
        for (var i = 0; i < RequestRecorder.Kept + 5; i++)
        {
            recorder.Add(SimulatedProvider.Cloud, request, new byte[i]);
        }

        recorder.Add(SimulatedProvider.Cloud, request, new byte[1_000_000]);
        recorder.Add(SimulatedProvider.Cloud, request, [0xFF]);
        var kept = recorder.Read(SimulatedProvider.Cloud).Requests;
        kept.Length.ShouldBe(RequestRecorder.Kept);
        kept[0].BodyBytes.ShouldBe(7);
        kept[^2].BodyBytes.ShouldBe(1_000_000);
        kept[^2].Truncated.ShouldBeTrue();
        kept[^2].Body!.Length.ShouldBeLessThan(1_000_000);
        kept[^1].Body.ShouldBeNull();
        kept[^1].BodyBase64.ShouldBe("/w==");
        recorder.Read(SimulatedProvider.OnPrem).Requests.ShouldBeEmpty();
    }
}
