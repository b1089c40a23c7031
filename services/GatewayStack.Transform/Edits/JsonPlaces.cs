using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Edits;

/// <summary>What stands at a place of a JSON text.</summary>
internal enum JsonPlaceKind
{
    /// <summary>Inside the quotes of a string value.</summary>
    Text,

    /// <summary>Inside the quotes of a member's name.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>A piece of a JSON text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct JsonPlace(int Start, int End, JsonPlaceKind Kind);

/// <summary>Where the strings and numbers of a JSON text stand: only there can a piece be replaced so that it stays JSON.</summary>
internal sealed class JsonPlaces
{
    private readonly List<JsonPlace> _places = [];

    private JsonPlaces()
    {
    }

    /// <summary>Reads a text; null when it is not JSON (one value, or one behind the other), or nested deeper than 64.</summary>
    public static JsonPlaces? Read(string json)
    {
        if (!JsonContent.Is(json))
        {
            return null;
        }

        var places = new JsonPlaces();
        places.Collect(json);
        return places;
    }

    /// <summary>True when [start, end) lies inside one string value.</summary>
    public bool IsInOneText(int start, int end)
    {
        var first = FirstAt(start);
        return first < _places.Count && _places[first] is { Kind: JsonPlaceKind.Text } place && place.Start <= start && end <= place.End;
    }

    /// <summary>What of [start, end) can be replaced: pieces of strings, and the whole of each number that has a digit in it.</summary>
    public IEnumerable<JsonPlace> Within(int start, int end)
    {
        for (var i = FirstAt(start); i < _places.Count && _places[i].Start < end; i++)
        {
            var place = _places[i];
            if (place.Kind == JsonPlaceKind.Number)
            {
                yield return place;
            }
            else if (Math.Max(start, place.Start) < Math.Min(end, place.End))
            {
                yield return place with { Start = Math.Max(start, place.Start), End = Math.Min(end, place.End) };
            }
        }
    }

    /// <summary>The first place that ends behind a position.</summary>
    private int FirstAt(int position)
    {
        var (low, high) = (0, _places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _places[middle].End > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // The text is known to be JSON: a string ends at the first quote that is not escaped, and a name is a string before a colon.
    private void Collect(string json)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
            {
                var start = ++i;
                while (json[i] != '"')
                {
                    i += json[i] == '\\' ? 2 : 1;
                }

                _places.Add(new JsonPlace(start, i, IsBeforeColon(json, i + 1) ? JsonPlaceKind.Name : JsonPlaceKind.Text));
            }
            else if (json[i] == '-' || char.IsAsciiDigit(json[i]))
            {
                var start = i;
                while (i + 1 < json.Length && (char.IsAsciiDigit(json[i + 1]) || json[i + 1] is '.' or 'e' or 'E' or '+' or '-'))
                {
                    i++;
                }

                _places.Add(new JsonPlace(start, i + 1, JsonPlaceKind.Number));
            }
        }
    }

    private static bool IsBeforeColon(string json, int at)
    {
        while (at < json.Length && json[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at < json.Length && json[at] == ':';
    }
}
