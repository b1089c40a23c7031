using FsCheck.Xunit;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Backends;

public sealed class HoldBackStreamTests
{
    [Property(MaxTest = 300)]
    public void With_a_length_the_last_byte_waits(byte[] body, byte[] cuts)
    {
        var bytes = (byte[])[.. body ?? [], 7];
        using var inner = new MemoryStream();
        using var held = new HoldBackStream(inner, () => bytes.Length, 1 << 20);
        foreach (var piece in Texts.Cut(bytes, cuts ?? []))
        {
            held.WriteAsync(piece).AsTask().GetAwaiter().GetResult();
        }

        inner.ToArray().ShouldBe(bytes[..^1]);
        held.Captured!.Value.ToArray().ShouldBe(bytes);
        held.ReleaseAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        held.ReleaseAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        inner.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task Without_a_length_everything_passes_at_once()
    {
        using var inner = new MemoryStream();
        await using var held = new HoldBackStream(inner, () => null, 0);
        await held.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);
        inner.ToArray().ShouldBe([1, 2]);
        held.Captured.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_too_large_is_not_captured()
    {
        using var inner = new MemoryStream();
        await using var held = new HoldBackStream(inner, () => null, 3);
        await held.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);
        await held.WriteAsync(new byte[] { 3, 4 }, TestContext.Current.CancellationToken);
        await held.WriteAsync(new byte[] { 5 }, TestContext.Current.CancellationToken);
        held.Captured.ShouldBeNull();
    }
}
