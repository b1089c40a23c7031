namespace GatewayStack.Router.Backends;

/// <summary>
/// The body of a forwarded answer. With a Content-Length the caller would have the last byte before the outcome is on record, so that byte waits;
/// without one the end of the body itself comes later, and nothing is held.
/// </summary>
internal sealed class HoldBackStream(Stream inner, Func<long?> contentLength, int captureLimit) : Stream
{
    private readonly MemoryStream? _captured = captureLimit > 0 ? new MemoryStream() : null;
    private byte[]? _held;

    public long Written { get; private set; }

    /// <summary>The body, when it was to be looked at and is small enough.</summary>
    public ReadOnlyMemory<byte>? Captured =>
        _captured is not null && _captured.Length == Written ? new ReadOnlyMemory<byte>(_captured.GetBuffer(), 0, (int)_captured.Length) : default(ReadOnlyMemory<byte>?);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        Written += buffer.Length;
        if (_captured is not null && _captured.Length + buffer.Length <= captureLimit)
        {
            _captured.Write(buffer.Span);
        }

        if (contentLength() is { } total && Written >= total)
        {
            _held = [.. buffer.Span[^1..]];
            buffer = buffer[..^1];
        }

        await inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <summary>Writes what was held back.</summary>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_held is { } last)
        {
            _held = null;
            await inner.WriteAsync(last, cancellationToken);
        }
    }

    public override void Flush() => throw new NotSupportedException("Only asynchronous writes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
