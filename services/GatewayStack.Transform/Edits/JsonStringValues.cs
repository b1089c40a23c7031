using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Edits;

/// <summary>Where the string values of a JSON text stand: only there can a piece be replaced so that it stays the JSON it was.</summary>
internal sealed class JsonStringValues
{
    private readonly List<(int Start, int End)> _values = [];

    private JsonStringValues()
    {
    }

    /// <summary>Reads a text; null when it is not JSON, or nested deeper than 64.</summary>
    public static JsonStringValues? Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return null;
        }

        var values = new JsonStringValues();
        values.Collect(json);
        return values;
    }

    /// <summary>True when [start, end) lies inside one string value.</summary>
    public bool Contain(int start, int end)
    {
        var index = _values.BinarySearch((start, int.MaxValue));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && _values[index].Start <= start && end <= _values[index].End;
    }

    // The text is known to be JSON: a string ends at the first quote that is not escaped, and a name is a string before a colon.
    private void Collect(string json)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '"')
            {
                continue;
            }

            var start = ++i;
            while (json[i] != '"')
            {
                i += json[i] == '\\' ? 2 : 1;
            }

            var after = i + 1;
            while (after < json.Length && json[after] is (' ' or '\t' or '\r' or '\n'))
            {
                after++;
            }

            if (after >= json.Length || json[after] != ':')
            {
                _values.Add((start, i));
            }
        }
    }
}
