using Confluent.Kafka;
using GatewayStack.Events.Kafka.Producing;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Kafka;

public sealed class DeliveryTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_has_failed_does_not_wait_for_ever_for_a_report_that_never_comes()
    {
        var delivery = new Delivery(4);
        var waits = delivery.WaitAsync(_time, Token);
        delivery.Report(0, ErrorCode.NoError);
        delivery.Report(2, ErrorCode.MsgSizeTooLarge);
        delivery.ReportFrom(3, ErrorCode.Local_Fatal);
        while (!waits.IsCompleted)
        {
            _time.Advance(Delivery.Grace);
            await Task.Yield();
        }

        await waits;
        delivery.Failure.ShouldBe(ErrorCode.MsgSizeTooLarge);
        delivery.Stored.ShouldBe(1);
    }

    [Fact]
    public async Task As_long_as_nothing_has_failed_it_waits()
    {
        var delivery = new Delivery(2);
        var waits = delivery.WaitAsync(_time, Token);
        delivery.Report(0, ErrorCode.NoError);
        _time.Advance(TimeSpan.FromDays(1));
        waits.IsCompleted.ShouldBeFalse();
        delivery.Report(1, ErrorCode.NoError);
        await waits;
        delivery.Failure.ShouldBeNull();
        delivery.Stored.ShouldBe(2);
    }

    [Fact]
    public async Task Where_all_are_reported_no_time_passes()
    {
        var delivery = new Delivery(3);
        delivery.Report(1, ErrorCode.NoError);
        delivery.Report(2, ErrorCode.NoError);
        delivery.Report(0, ErrorCode.MsgSizeTooLarge);
        await delivery.WaitAsync(_time, Token);
        delivery.Failure.ShouldBe(ErrorCode.MsgSizeTooLarge);
        delivery.Stored.ShouldBe(0);
    }
}
