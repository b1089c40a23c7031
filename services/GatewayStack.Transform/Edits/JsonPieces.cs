using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Edits;

/// <summary>The objects and arrays of JSON that stand in a text of another kind, such as an answer pasted into a question.</summary>
/// <remarks>Read when the first is asked for: few texts have something to replace where it matters.</remarks>
/// <param name="text">The text.</param>
/// <param name="strings">In how many strings of JSON it stands.</param>
internal sealed class JsonPieces(string text, int strings = 0)
{
    /// <summary>What may be read in vain, as often as the text is long: beginnings that turn out to be none stand inside one another.</summary>
    private const int Patience = 4;

    private const int Near = 64;

    private List<(int Start, int End, JsonPlaces Places)>? _pieces;

    /// <summary>What can be replaced of [start, end) where a number of a piece of JSON is among it, so that the piece stays JSON; null where it is none.</summary>
    public IReadOnlyList<JsonPlace>? Within(int start, int end)
    {
        if (!text.AsSpan(start, end - start).ContainsAnyInRange('0', '9') || !MayBeValue(start, end))
        {
            return null;
        }

        _pieces ??= Read(text, strings);
        var index = FirstAt(_pieces, start);
        if (index == _pieces.Count || start < _pieces[index].Start || _pieces[index].End < end)
        {
            return null;
        }

        var piece = _pieces[index];
        var places = piece.Places.Within(start - piece.Start, end - piece.Start).Select(p => p with { Start = p.Start + piece.Start, End = p.End + piece.Start }).ToList();
        return places.Exists(p => p.Kind == JsonPlaceKind.Number) ? places : null;
    }

    /// <summary>A number stands behind a colon, a comma or a bracket, and before a comma or a bracket.</summary>
    private bool MayBeValue(int start, int end)
    {
        // What stands further away is neither: many values may stand in one run of digits.
        var before = text.AsSpan(Math.Max(0, start - Near), Math.Min(start, Near)).TrimEnd().TrimEnd("-+.0123456789eE").TrimEnd();
        var behind = text.AsSpan(end, Math.Min(text.Length - end, Near)).TrimStart("+-.0123456789eE").TrimStart();
        return before is [.., ':' or ',' or '['] && behind is [',' or '}' or ']', ..];
    }

    /// <summary>The first piece that ends behind a position.</summary>
    private static int FirstAt(List<(int Start, int End, JsonPlaces Places)> pieces, int position)
    {
        var (low, high) = (0, pieces.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = pieces[middle].End > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static List<(int Start, int End, JsonPlaces Places)> Read(string text, int strings)
    {
        var pieces = new List<(int Start, int End, JsonPlaces Places)>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var (left, unit, at) = (Patience * (long)bytes.Length, 0, 0);
        while (left > 0 && bytes.AsSpan(at).IndexOfAny((byte)'{', (byte)'[') is >= 0 and var next)
        {
            unit += Encoding.UTF8.GetCharCount(bytes.AsSpan(at, next));
            at += next;
            var read = LengthAt(bytes.AsSpan(at), out var tried);
            left -= tried;
            if (read == 0)
            {
                (at, unit) = (at + 1, unit + 1);
                continue;
            }

            var length = Encoding.UTF8.GetCharCount(bytes.AsSpan(at, read));
            if (JsonPlaces.Read(text.Substring(unit, length), strings) is { } places)
            {
                pieces.Add((unit, unit + length, places));
            }

            (at, unit) = (at + read, unit + length);
        }

        return pieces;
    }

    /// <summary>How long the value is that begins here; 0 where none does.</summary>
    private static int LengthAt(ReadOnlySpan<byte> bytes, out long tried)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            var isWhole = reader.Read() && reader.TrySkip();
            tried = reader.BytesConsumed;
            return isWhole ? (int)reader.BytesConsumed : 0;
        }
        catch (JsonException)
        {
            tried = reader.BytesConsumed + 1;
            return 0;
        }
    }
}
