using FsCheck.Xunit;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Tests.Windows;

public sealed class WindowTests
{
    [Property(MaxTest = 1000)]
    public void Every_moment_lies_in_one_window_of_each_kind(ulong seed)
    {
        var at = new DateTimeOffset((long)(seed % (ulong)new DateTime(9990, 1, 1).Ticks), TimeSpan.Zero);
        foreach (var kind in Enum.GetValues<WindowKind>())
        {
            var start = Window.Start(kind, at);
            var end = Window.End(kind, start);
            start.ShouldBeLessThanOrEqualTo(at);
            end.ShouldBeGreaterThan(at);
            Window.Start(kind, start).ShouldBe(start);
            Window.Start(kind, end.AddTicks(-1)).ShouldBe(start);
            Window.Start(kind, end).ShouldBe(end);
        }
    }

    [Fact]
    public void Windows_are_utc_whatever_the_offset()
    {
        var at = new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.FromHours(2));
        Window.Start(WindowKind.Day, at).ShouldBe(new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));
        Window.Start(WindowKind.Month, at).ShouldBe(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void February_ends_where_it_ends() =>
        Window.End(WindowKind.Month, new DateTimeOffset(2028, 2, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe(new DateTimeOffset(2028, 3, 1, 0, 0, 0, TimeSpan.Zero));
}
