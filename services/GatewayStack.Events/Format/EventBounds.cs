using System.Collections.Immutable;

namespace GatewayStack.Events.Format;

/// <summary>How much of a text and of a list is written, so that an event always fits its 64 KiB.</summary>
internal sealed record EventBounds(int Text, int List)
{
    // A text or list longer than this cannot fit whole, so that nothing is cut without the next step being taken.
    private const int Everything = EventWriter.MaxBytes;

    /// <summary>Joins depend on keys; they are only cut where nothing else would help, and never shorter than this.</summary>
    public const int ShortestKey = 256;

    /// <summary>From everything to the least; the last one fits whatever the event holds.</summary>
    public static ImmutableArray<EventBounds> Steps { get; } =
    [
        new(Everything, Everything), new(8192, 512), new(2048, 128), new(512, 32), new(128, 8), new(48, 4),
    ];

    /// <summary>True when something may have been left out.</summary>
    public bool Truncates => Text != Everything;

    /// <summary>Bound of the values that events are joined by: request ids, tenants, persons.</summary>
    public int Key => Math.Max(Text, ShortestKey);

    /// <summary>The beginning of a text, at most <paramref name="length"/> UTF-16 units, never half a character.</summary>
    public static ReadOnlySpan<char> Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        return text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }
}
