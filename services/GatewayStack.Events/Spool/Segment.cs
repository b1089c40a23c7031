using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace GatewayStack.Events.Spool;

/// <summary>One memory-mapped file of records. The pages are the kernel's: what is written survives the process.</summary>
/// <remarks>
/// Header: magic, state, epoch, number, seed, CRC. Record, aligned to 8: length (int32), CRC-32C (uint32), kind and sequence (int64), payload.
/// The length is written last. Each use of a file has its own seed in every CRC, so that records of an earlier use never pass for new ones;
/// eight zero bytes stand after the last record. One writer at a time (the spool's lock); readers stay below <see cref="Committed"/>.
/// </remarks>
internal sealed unsafe class Segment : IDisposable
{
    public const int HeaderSize = 64;
    public const int RecordHeaderSize = 16;

    private const long Magic = 0x314C4F4F50535747; // "GWSPOOL1"
    private const int StateAt = 8;
    private const int EpochAt = 16;
    private const int NumberAt = 24;
    private const int SeedAt = 32;
    private const int CrcAt = 36;
    private const int KindShift = 56;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Lock _flushing = new();
    private readonly byte* _start;
    private uint _seed;
    private volatile int _committed;
    private volatile Segment? _next;
    private bool _disposed;

    private Segment(string path, FileStream stream)
    {
        Path = path;
        Capacity = checked((int)stream.Length);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public string Path { get; }

    public int Capacity { get; }

    public long Epoch { get; private set; }

    /// <summary>Rises with every use of a file, over all epochs: the order of the segments.</summary>
    public long Number { get; private set; }

    /// <summary>End of the records that may be read.</summary>
    public int Committed => _committed;

    /// <summary>End of the records that are on the disk.</summary>
    public int Synced { get; private set; }

    /// <summary>The segment after this one; once there is one, this one gets no more records.</summary>
    public Segment? Next
    {
        get => _next;
        set => _next = value;
    }

    /// <summary>Decisions in here whose outcome is not known yet; kept by the spool under its lock.</summary>
    public int OpenDecisions { get; set; }

    private Span<byte> Bytes => new(_start, Capacity);

    /// <summary>Makes a file whose blocks are really there: a full disk must be an exception here, not a signal later.</summary>
    public static Segment Create(string path, int size)
    {
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            PreallocationSize = size,
            BufferSize = 0,
        });
        try
        {
            stream.SetLength(size);
            return new Segment(path, stream);
        }
        catch
        {
            stream.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a file of an earlier run.</summary>
    /// <exception cref="InvalidDataException">It is no segment, or its header is damaged.</exception>
    public static Segment Open(string path)
    {
        var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 });
        if (stream.Length < HeaderSize)
        {
            stream.Dispose();
            throw new InvalidDataException("shorter than a header");
        }

        var segment = new Segment(path, stream);
        if (segment.ReadHeader() is { } problem)
        {
            segment.Dispose();
            throw new InvalidDataException(problem);
        }

        return segment;
    }

    public static int SizeOf(int payload) => RecordHeaderSize + ((payload + 7) & ~7);

    public bool Fits(int payload) => _committed + SizeOf(payload) <= Capacity;

    /// <summary>Begins a new use of the file.</summary>
    public void Use(long epoch, long number)
    {
        var bytes = Bytes;
        bytes.Slice(HeaderSize, sizeof(long)).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[EpochAt..], epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[NumberAt..], number);
        RandomNumberGenerator.Fill(bytes.Slice(SeedAt, sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CrcAt..], Crc32C.Append(0, bytes[EpochAt..CrcAt]));
        Volatile.Write(ref *(long*)(_start + StateAt), 1);
        Epoch = epoch;
        Number = number;
        _seed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[SeedAt..]);
        OpenDecisions = 0;
        Synced = 0;
        _next = null;
        _committed = HeaderSize;
    }

    /// <summary>Marks that nothing in here is needed any more.</summary>
    public void Free()
    {
        Volatile.Write(ref *(long*)(_start + StateAt), 0);
        Number = 0;
    }

    /// <summary>Appends a record of up to three pieces; the caller has asked <see cref="Fits"/>.</summary>
    /// <returns>Where it stands.</returns>
    public int Write(RecordKind kind, long sequence, ReadOnlySpan<byte> head, ReadOnlySpan<byte> middle = default, ReadOnlySpan<byte> tail = default)
    {
        var offset = _committed;
        var length = head.Length + middle.Length + tail.Length;
        var end = offset + SizeOf(length);
        var payload = Bytes.Slice(offset + RecordHeaderSize, length);
        head.CopyTo(payload);
        middle.CopyTo(payload[head.Length..]);
        tail.CopyTo(payload[(head.Length + middle.Length)..]);

        var tag = ((long)kind << KindShift) | sequence;
        BinaryPrimitives.WriteInt64LittleEndian(Bytes[(offset + 8)..], tag);
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes[(offset + 4)..], Checksum(length, tag, payload));
        EndAt(end);
        Volatile.Write(ref *(int*)(_start + offset), length);
        _committed = end;
        return offset;
    }

    /// <summary>Reads the record at an offset, without checking it again.</summary>
    public SpoolRecord Read(int offset)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Bytes[offset..]);
        var tag = BinaryPrimitives.ReadInt64LittleEndian(Bytes[(offset + 8)..]);
        return new SpoolRecord
        {
            Segment = this,
            Offset = offset,
            Size = SizeOf(length),
            Kind = (RecordKind)(tag >> KindShift),
            Sequence = tag & ((1L << KindShift) - 1),
            Payload = Bytes.Slice(offset + RecordHeaderSize, length),
        };
    }

    /// <summary>True when a whole and undamaged record of this use stands at an offset.</summary>
    public bool IsRecord(int offset)
    {
        if (offset + RecordHeaderSize > Capacity)
        {
            return false;
        }

        var bytes = Bytes[offset..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length <= 0 || length > Capacity - offset - RecordHeaderSize || SizeOf(length) > Capacity - offset)
        {
            return false;
        }

        var tag = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        // The payload of a hole is the damage itself.
        var covered = tag >> KindShift == (long)RecordKind.Hole ? default : bytes.Slice(RecordHeaderSize, length);
        return Checksum(length, tag, covered) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
    }

    /// <summary>True where the eight zero bytes stand that follow the last record.</summary>
    public bool IsEnd(int offset) => offset + sizeof(long) > Capacity || BinaryPrimitives.ReadInt64LittleEndian(Bytes[offset..]) == 0;

    /// <summary>Ends the records at an offset; what is behind it is cut off.</summary>
    public void CutAt(int offset)
    {
        EndAt(offset);
        _committed = offset;
    }

    /// <summary>Turns damaged bytes into a record that is passed over.</summary>
    public void MakeHole(int offset, int end)
    {
        var length = end - offset - RecordHeaderSize;
        var tag = (long)RecordKind.Hole << KindShift;
        BinaryPrimitives.WriteInt64LittleEndian(Bytes[(offset + 8)..], tag);
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes[(offset + 4)..], Checksum(length, tag, default));
        BinaryPrimitives.WriteInt32LittleEndian(Bytes[offset..], length);
    }

    public ReadOnlySpan<byte> Raw(int offset, int end) => Bytes[offset..end];

    /// <summary>Brings what was committed before the call to the disk.</summary>
    public void Flush()
    {
        lock (_flushing)
        {
            if (!_disposed)
            {
                var committed = _committed;
                _view.Flush();
                Synced = committed;
            }
        }
    }

    public void Dispose()
    {
        lock (_flushing)
        {
            if (!_disposed)
            {
                _disposed = true;
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _file.Dispose();
            }
        }
    }

    private string? ReadHeader()
    {
        var bytes = Bytes;
        var magic = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[StateAt..]) == 0 && magic is 0 or Magic)
        {
            return null;
        }

        if (magic != Magic || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != Crc32C.Append(0, bytes[EpochAt..CrcAt]))
        {
            return "its header is damaged";
        }

        Epoch = BinaryPrimitives.ReadInt64LittleEndian(bytes[EpochAt..]);
        Number = BinaryPrimitives.ReadInt64LittleEndian(bytes[NumberAt..]);
        _seed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[SeedAt..]);
        _committed = HeaderSize;
        return null;
    }

    private uint Checksum(int length, long tag, ReadOnlySpan<byte> payload) =>
        Crc32C.Append(Crc32C.Append(Crc32C.Append(_seed, length), tag), payload);

    private void EndAt(int offset)
    {
        if (offset + sizeof(long) <= Capacity)
        {
            Bytes.Slice(offset, sizeof(long)).Clear();
        }
    }
}
