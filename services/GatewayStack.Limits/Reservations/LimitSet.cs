using System.Collections.Immutable;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Reservations;

/// <summary>The limits in force. Immutable; replaced as a whole, together with the counters it needs.</summary>
internal sealed class LimitSet(LimitsDocument document, string revision)
{
    public static LimitSet Empty { get; } = new(new LimitsDocument([]), string.Empty);

    public string Revision { get; } = revision;

    public ImmutableArray<BoundLimit> Limits { get; } = [.. document.Limits.Select(l => new BoundLimit(l))];

    /// <summary>Start of the earliest window that is still open: what a rebuild has to read.</summary>
    public DateTimeOffset EarliestOpenWindow(DateTimeOffset now) =>
        Limits.IsEmpty ? now : Limits.Min(l => Window.Start(l.Rule.Window, now));
}
