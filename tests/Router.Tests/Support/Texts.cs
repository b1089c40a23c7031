using System.Text;

namespace GatewayStack.Router.Tests.Support;

internal static class Texts
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>Cuts bytes into pieces: the numbers say how long each is, round and round; none is empty.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> bytes, IReadOnlyList<byte> lengths)
    {
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var length = Math.Min(lengths.Count == 0 ? bytes.Length : 1 + lengths[i % lengths.Count], bytes.Length - at);
            yield return bytes.Slice(at, length);
            at += length;
        }
    }
}
