namespace GatewayStack.Transform.Edits;

/// <summary>JSON that stands in a string of JSON, by itself or in a text, as in <c>{"body":"{\"to\":\"x\"}"}</c>.</summary>
internal sealed class JsonInString
{
    private readonly int[] _signs;
    private readonly JsonPlaces? _whole;
    private readonly JsonPieces _pieces;

    private JsonInString(string text, int[] signs, int strings)
    {
        _signs = signs;
        _whole = text.AsSpan().TrimStart() is ['{' or '[', ..] ? JsonPlaces.Read(text, strings) : null;
        _pieces = new JsonPieces(text, strings);
    }

    /// <summary>Reads a string; null where no JSON can stand in it.</summary>
    /// <param name="json">The JSON that has the string.</param>
    /// <param name="place">The string.</param>
    /// <param name="strings">In how many strings of JSON what it says stands.</param>
    public static JsonInString? Read(string json, JsonPlace place, int strings)
    {
        var source = json.AsSpan(place.Start..place.End);
        if (!source.ContainsAny('{', '[', '\\'))
        {
            return null;
        }

        var signs = new int[source.Length + 1];
        var text = JsonText.Unescape(source, signs, out var count);
        for (var i = 0; i <= count; i++)
        {
            signs[i] += place.Start;
        }

        return new JsonInString(text, signs[..(count + 1)], strings);
    }

    /// <summary>What can be replaced of [start, end) of the JSON that has the string, so that the JSON in it stays JSON; null where none stands there.</summary>
    public IEnumerable<JsonPlace>? Within(int start, int end)
    {
        var (from, to) = (Array.BinarySearch(_signs, start), Array.BinarySearch(_signs, end));
        (from, to) = (from < 0 ? ~from - 1 : from, to < 0 ? ~to : to);
        var places = _whole?.Within(from, to) ?? _pieces.Within(from, to);
        return places?.Select(p => p with { Start = _signs[p.Start], End = _signs[p.End] });
    }
}
