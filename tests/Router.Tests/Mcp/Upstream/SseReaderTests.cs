using System.Text;
using FsCheck.Xunit;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Upstream;

public sealed class SseReaderTests
{
    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data:a\r\rdata:b\r\n\r\n", "a|b")]
    [InlineData("data: a\ndata:\ndata:  b\n\n", "a\n\n b")]
    [InlineData(": c\n\ndata: a\n\n", "(comment)|a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData("data\n\n", "")]
    [InlineData("data: a", null)]
    [InlineData("data: a\n", null)]
    [InlineData("\n\n\ndata: a\n\n", "a")]
    [InlineData("unknown: 1\n\n", "(none)")]
    public async Task Reads_events_as_browsers_do(string stream, string? expected) => (await ReadAsync(stream, [])).ShouldBe(expected ?? string.Empty);

    [Fact]
    public async Task Fields_stand_as_they_came_and_bad_ones_are_none()
    {
        using var stream = new MemoryStream(Texts.Utf8("id: a b\nevent: x\nretry: 10\ndata: d\n\nid: a\0b\nretry: -1\ndata: e\n\n"));
        var reader = new SseReader(stream, 1024);
        var first = await reader.ReadAsync(CancellationToken.None);
        (first!.Id, first.Name, first.Retry).ShouldBe(("a b", "x", "10"));
        var second = await reader.ReadAsync(CancellationToken.None);
        (second!.Id, second.Name, second.Retry).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1100, false)]
    public async Task An_event_is_bounded_and_the_stream_is_not(int size, bool good)
    {
        var one = "data: " + new string('x', size) + "\n\n";
        using var stream = new MemoryStream(Texts.Utf8(string.Concat(Enumerable.Repeat(one, 5)) + new string('\n', 5000)));
        var reader = new SseReader(stream, 1024);
        if (!good)
        {
            await Should.ThrowAsync<SseFormatException>(async () => await reader.ReadAsync(CancellationToken.None));
            return;
        }

        for (var i = 0; i < 5; i++)
        {
            (await reader.ReadAsync(CancellationToken.None))!.Data!.Length.ShouldBe(size);
        }

        (await reader.ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Property(MaxTest = 300)]
    public void However_a_stream_is_cut_it_reads_the_same(byte[] lengths)
    {
        const string text = "id: 1\r\ndata: {\"a\":\"é\"}\r\n\r\n: c\n\nevent: m\rdata: x\rdata: y\r\rdata: z\n\n";
        var whole = ReadAsync(text, []).AsTask().GetAwaiter().GetResult();
        ReadAsync(text, lengths).AsTask().GetAwaiter().GetResult().ShouldBe(whole);
    }

    private static async ValueTask<string> ReadAsync(string text, byte[] lengths)
    {
        await using var stream = new PieceStream(Texts.Cut(Texts.Utf8(text), lengths));
        var reader = new SseReader(stream, 1024);
        List<string> events = [];
        while (await reader.ReadAsync(CancellationToken.None) is { } sse)
        {
            events.Add(sse.IsComment ? "(comment)" : sse.Data is null ? "(none)" : Encoding.UTF8.GetString(sse.Data));
        }

        return string.Join('|', events);
    }
}
