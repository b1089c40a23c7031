namespace GatewayStack.Router.Tests.Support;

/// <summary>A stream that gives its bytes in the pieces it was made of, then ends, breaks or waits for ever.</summary>
internal sealed class PieceStream(IEnumerable<ReadOnlyMemory<byte>> pieces, PieceStream.Ending ending = PieceStream.Ending.Ends) : Stream
{
    private readonly Queue<ReadOnlyMemory<byte>> _pieces = new(pieces);

    public enum Ending
    {
        Ends,
        Breaks,
        Waits,
    }

    /// <summary>Called before each read after the first.</summary>
    public Action? BeforeRead { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeRead?.Invoke();
        if (_pieces.Count == 0)
        {
            switch (ending)
            {
                case Ending.Breaks:
                    throw new IOException("reset");
                case Ending.Waits:
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    break;
                default:
                    return 0;
            }
        }

        var piece = _pieces.Dequeue();
        var length = Math.Min(piece.Length, buffer.Length);
        piece[..length].CopyTo(buffer);
        if (length < piece.Length)
        {
            var rest = new List<ReadOnlyMemory<byte>> { piece[length..] };
            rest.AddRange(_pieces);
            _pieces.Clear();
            rest.ForEach(_pieces.Enqueue);
        }

        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
