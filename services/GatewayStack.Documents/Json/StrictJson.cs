using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GatewayStack.Documents.Json;

/// <summary>Accepts only JSON that every parser reads alike: no duplicate members in any spelling, valid Unicode, no trailing bytes, portable numbers.</summary>
public static class StrictJson
{
    /// <summary>The deepest nesting.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest integer a document may hold: beyond it, a parser that uses doubles reads another number.</summary>
    public const long MaxInteger = 9_007_199_254_740_991;

    private const int MaxErrors = 100;

    /// <summary>Everything that is wrong; empty when the text is strict JSON.</summary>
    /// <param name="json">UTF-8 without a byte order mark.</param>
    public static ImmutableArray<DocumentError> Check(ReadOnlyMemory<byte> json)
    {
        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        var place = new Place();
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                Look(ref reader, place, errors);
                if (errors.Count >= MaxErrors)
                {
                    break;
                }
            }
        }
        catch (JsonException e)
        {
            errors.Add(new DocumentError(place.Pointer, $"is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; {Explain(e)}"));
        }
        catch (InvalidOperationException)
        {
            errors.Add(new DocumentError(place.Pointer, "has a string that is not valid Unicode"));
        }

        return errors.ToImmutable();
    }

    private static void Look(ref Utf8JsonReader reader, Place place, ImmutableArray<DocumentError>.Builder errors)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                place.Open(isObject: true);
                break;
            case JsonTokenType.StartArray:
                place.Open(isObject: false);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                place.Close();
                break;
            case JsonTokenType.PropertyName:
                if (!place.Member(reader.GetString()!))
                {
                    errors.Add(new DocumentError(place.Pointer, "stands here twice: remove one"));
                }

                break;
            case JsonTokenType.String:
                place.Value();
                _ = reader.GetString();
                break;
            case JsonTokenType.Number:
                place.Value();
                if (!IsPortable(ref reader))
                {
                    errors.Add(new DocumentError(place.Pointer, "is a number that does not fit a double exactly: write it as a string"));
                }

                break;
            default:
                place.Value();
                break;
        }
    }

    private static bool IsPortable(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
        {
            return integer is >= -MaxInteger and <= MaxInteger;
        }

        return reader.TryGetDouble(out var number) && double.IsFinite(number) && Math.Abs(number) <= MaxInteger;
    }

    private static string Explain(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end > 0 ? e.Message[..end] : e.Message;
    }

    /// <summary>Where the reader stands, as a JSON pointer, and the member names seen at each level.</summary>
    private sealed class Place
    {
        private readonly Stack<Level> _levels = new();
        private string _last = string.Empty;

        public string Pointer => _last;

        public void Open(bool isObject)
        {
            Value();
            _levels.Push(new Level(_last, isObject ? new HashSet<string>(StringComparer.Ordinal) : null));
        }

        public void Close() => _last = _levels.Pop().Pointer;

        public bool Member(string name)
        {
            var level = _levels.Peek();
            level.Member = name;
            _last = $"{level.Pointer}/{JsonPointer.Escape(name)}";
            return level.Names!.Add(name);
        }

        public void Value()
        {
            if (!_levels.TryPeek(out var level))
            {
                _last = string.Empty;
            }
            else if (level.Names is not null)
            {
                _last = $"{level.Pointer}/{JsonPointer.Escape(level.Member)}";
            }
            else
            {
                _last = $"{level.Pointer}/{level.Count.ToString(CultureInfo.InvariantCulture)}";
                level.Count++;
            }
        }
    }

    private sealed class Level(string pointer, HashSet<string>? names)
    {
        public string Pointer { get; } = pointer;

        public HashSet<string>? Names { get; } = names;

        public string Member { get; set; } = string.Empty;

        public int Count { get; set; }
    }
}
