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

        var length = body.Length;
        for (var i = 0; i < _splices.Count; i++)
        {
            // By insertion: there are few, and those at one place must stay in the order they were asked for.
            var splice = _splices[i];
            length += splice.Bytes.Length - (splice.End - splice.Start);
            var at = i;
            for (; at > 0 && (_splices[at - 1].Start, _splices[at - 1].End).CompareTo((splice.Start, splice.End)) > 0; at--)
            {
                _splices[at] = _splices[at - 1];
            }

            _splices[at] = splice;
        }

        var result = new byte[length];
        var (read, written) = (0, 0);
        foreach (var (start, end, bytes) in _splices)
        {
            body.Span[read..start].CopyTo(result.AsSpan(written));
            written += start - read;
            bytes.CopyTo(result, written);
            written += bytes.Length;
            read = end;
        }

        body.Span[read..].CopyTo(result.AsSpan(written));
        return result;
    }
}
