using System.Runtime.InteropServices;
using System.Text.Json;

namespace GatewayStack.Events.Format;

/// <summary>One pass over the members of an object, in whatever order they come.</summary>
/// <remarks>Those it does not know are passed over; a second one of a name that it knows is refused.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct ObjectMembers
{
    private readonly MemberNames _names;
    private uint _seen;
    private int _expected;

    /// <summary>Begins with the object the reader stands on.</summary>
    public ObjectMembers(scoped in Utf8JsonReader json, MemberNames names)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException();
        }

        _names = names;
    }

    /// <summary>Goes to the value of the next known member; false at the object's end. The value has to be read, or skipped, before the next call.</summary>
    public bool Next(ref Utf8JsonReader json, out string name)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = _names.Find(in json, _expected);
            _ = json.Read();
            if (index < 0)
            {
                json.Skip();
                continue;
            }

            var bit = 1u << index;
            if ((_seen & bit) != 0)
            {
                throw new JsonException();
            }

            _seen |= bit;
            _expected = index + 1;
            name = _names[index];
            return true;
        }

        name = string.Empty;
        return false;
    }
}
