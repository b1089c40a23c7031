using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GatewayStack.Router.Json;

/// <summary>Changes to a body's bytes: each replaces one range; everything else stays as it came, digits and unknown members included.</summary>
internal sealed class BodySplices
{
    private readonly List<(int Start, int End, byte[] Bytes)> _splices = [];

    public int Count => _splices.Count;

    public void Replace(Range range, byte[] bytes) => _splices.Add((range.Start.Value, range.End.Value, bytes));

    public void Insert(int position, byte[] bytes) => _splices.Add((position, position, bytes));

    /// <summary>A JSON string literal of a text.</summary>
    public static byte[] Literal(string text) =>
        Encoding.UTF8.GetBytes("\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"");

    public static byte[] Literal(long number) => Encoding.ASCII.GetBytes(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A member with its comma, to stand before other members.</summary>
    public static byte[] Member(string name, ReadOnlySpan<byte> value)
    {
        var head = Encoding.ASCII.GetBytes($"\"{JsonEncodedText.Encode(name)}\":");
        var bytes = new byte[head.Length + value.Length + 1];
        head.CopyTo(bytes, 0);
        value.CopyTo(bytes.AsSpan(head.Length));
        bytes[^1] = (byte)',';
        return bytes;
    }

    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> body)
    {
        if (_splices.Count == 0)
        {
            return body;
        }

        // A stable order: several insertions at one place stand in the order they were asked for.
        var ordered = _splices.OrderBy(s => s.Start).ThenBy(s => s.End).ToList();
        var result = new ArrayBufferWriter<byte>(body.Length + ordered.Sum(s => s.Bytes.Length));
        var position = 0;
        foreach (var (start, end, bytes) in ordered)
        {
            result.Write(body.Span[position..start]);
            result.Write(bytes);
            position = end;
        }

        result.Write(body.Span[position..]);
        return result.WrittenMemory;
    }
}
