using System.Buffers.Binary;
using GatewayStack.Events.Spool;
using Microsoft.Win32.SafeHandles;

namespace GatewayStack.Events.Shipping;

/// <summary>How far a consumer has stored, in a small file of its own. A lost one only means that events are sent again.</summary>
internal sealed class Watermark : IDisposable
{
    private const int Size = 20;

    private readonly SafeFileHandle _file;

    public Watermark(string folder, string sink)
    {
        _file = File.OpenHandle(Path.Combine(folder, sink), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Span<byte> bytes = stackalloc byte[Size];
        if (RandomAccess.Read(_file, bytes, 0) == Size && BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) == Crc32C.Append(0, bytes[..16]))
        {
            Epoch = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        }
    }

    public long Epoch { get; private set; }

    public long Sequence { get; private set; }

    public bool Covers(long epoch, long sequence) => epoch < Epoch || (epoch == Epoch && sequence <= Sequence);

    public void Advance(long epoch, long sequence)
    {
        Epoch = epoch;
        Sequence = sequence;
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], Crc32C.Append(0, bytes[..16]));
        RandomAccess.Write(_file, bytes, 0);
    }

    /// <summary>Brings it to the disk: before a segment it lets go is used again.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();
}
