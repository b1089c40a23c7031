using System.Text;
using System.Text.Json;

namespace GatewayStack.Events.Format;

/// <summary>The members of one kind of object that the reader knows, at most 32, in the order of the canonical form.</summary>
internal sealed class MemberNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public string this[int index] => names[index];

    /// <summary>Index of the name the reader stands on, or -1.</summary>
    /// <remarks>Looks from <paramref name="expected"/> on: there it is when the members come in their order.</remarks>
    public int Find(scoped in Utf8JsonReader json, int expected)
    {
        if (json.ValueIsEscaped)
        {
            return Array.FindIndex(names, json.GetString()!.Equals);
        }

        var name = json.ValueSpan;
        for (var i = expected; i < _utf8.Length; i++)
        {
            if (name.SequenceEqual(_utf8[i]))
            {
                return i;
            }
        }

        for (var i = 0; i < expected; i++)
        {
            if (name.SequenceEqual(_utf8[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
