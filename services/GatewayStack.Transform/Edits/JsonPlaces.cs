using System.Runtime.InteropServices;
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
/// <param name="Strings">In how many strings of JSON the JSON stands that it is a piece of.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JsonPlace(int Start, int End, JsonPlaceKind Kind, int Strings = 0);

/// <summary>Where the strings and numbers of a JSON text stand: only there can a piece be replaced so that it stays JSON.</summary>
internal sealed class JsonPlaces
{
    /// <summary>What stands in one string more than is scanned has no string of its own, but it may have numbers.</summary>
    private const int MostStrings = JsonContent.MostStrings + 1;

    /// <summary>Such as <c>\u0022</c>.</summary>
    private const int LongEscape = 6;

    private readonly List<JsonPlace> _places = [];
    private readonly Dictionary<int, JsonInString?> _inStrings = [];
    private readonly string _json;
    private readonly int _strings;

    private JsonPlaces(string json, int strings) => (_json, _strings) = (json, strings);

    /// <summary>Reads a text; null when it is not JSON (one value, or one behind the other), or nested deeper than 64.</summary>
    /// <param name="json">The text.</param>
    /// <param name="strings">In how many strings of JSON it stands.</param>
    public static JsonPlaces? Read(string json, int strings = 0)
    {
        if (!JsonContent.Is(json))
        {
            return null;
        }

        var places = new JsonPlaces(json, strings);
        places.Collect(json);
        return places;
    }

    /// <summary>True when [start, end) lies inside one string value.</summary>
    public bool IsInOneText(int start, int end)
    {
        var first = FirstAt(start);
        return first < _places.Count && _places[first] is { Kind: JsonPlaceKind.Text } place && place.Start <= start && end <= place.End;
    }

    /// <summary>
    /// What of [start, end) can be replaced: pieces of strings, and the whole of each number that has a digit in it; in a string that is JSON itself, or has a piece of it, what
    /// can be replaced in that.
    /// </summary>
    public IEnumerable<JsonPlace> Within(int start, int end)
    {
        for (var i = FirstAt(start); i < _places.Count && _places[i].Start < end; i++)
        {
            var place = _places[i];
            var (from, to) = (Math.Max(start, place.Start), Math.Min(end, place.End));
            if (place.Kind == JsonPlaceKind.Number)
            {
                yield return place;
            }
            else if (from < to && InString(i)?.Within(from, to) is { } inside)
            {
                foreach (var inner in inside)
                {
                    yield return inner;
                }
            }
            else if (from < to)
            {
                yield return _strings == 0 ? place with { Start = from, End = to } : OfWholeSigns(place, from, to);
            }
        }
    }

    private JsonInString? InString(int index)
    {
        if (_strings == MostStrings || _places[index].Kind != JsonPlaceKind.Text)
        {
            return null;
        }

        if (!_inStrings.TryGetValue(index, out var known))
        {
            _inStrings[index] = known = JsonInString.Read(_json, _places[index], _strings + 1);
        }

        return known;
    }

    /// <summary>
    /// What is found in the whole text may end between a backslash and what it stands before: that stays, because it may belong to what follows, unless nothing else was found.
    /// </summary>
    private JsonPlace OfWholeSigns(JsonPlace place, int start, int end)
    {
        start -= InEscape(place.Start, start);
        end -= InEscape(place.Start, end);
        return place with { Start = start, End = end > start ? end : start + (_json[start + 1] == 'u' ? LongEscape : 2) };
    }

    /// <summary>How much of an escape stands before a position that is inside of it; 0 where it is between two signs.</summary>
    private int InEscape(int from, int at)
    {
        for (var before = 1; before < LongEscape && at - before >= from; before++)
        {
            if (_json[at - before] == '\\' && (before == 1 || _json[at - before + 1] == 'u') && Backslashes(from, at - before) % 2 == 0)
            {
                return before;
            }
        }

        return 0;
    }

    private int Backslashes(int from, int at) => at - from - _json.AsSpan(from..at).TrimEnd('\\').Length;

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

                _places.Add(new JsonPlace(start, i, IsBeforeColon(json, i + 1) ? JsonPlaceKind.Name : JsonPlaceKind.Text, _strings));
            }
            else if (json[i] == '-' || char.IsAsciiDigit(json[i]))
            {
                var start = i;
                while (i + 1 < json.Length && (char.IsAsciiDigit(json[i + 1]) || json[i + 1] is '.' or 'e' or 'E' or '+' or '-'))
                {
                    i++;
                }

                _places.Add(new JsonPlace(start, i + 1, JsonPlaceKind.Number, _strings));
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
