using System.Numerics;
using System.Runtime.InteropServices;

namespace GatewayStack.Events.Spool;

/// <summary>CRC-32C (Castagnoli), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }

    public static uint Append(uint crc, long value) => Append(crc, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));
}
