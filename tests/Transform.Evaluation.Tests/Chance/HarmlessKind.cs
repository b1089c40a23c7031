using System.Collections.Immutable;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>A kind of number, code or reading that belongs to a thing.</summary>
/// <param name="Name">Names the kind in reports.</param>
/// <param name="Key">How programs call it.</param>
/// <param name="Heads">How people call it: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, separated by bars.</param>
/// <param name="Make">Draws one.</param>
internal sealed record HarmlessKind(string Name, string Key, string Heads, Func<SplitMix, string> Make)
{
    /// <summary>True when the value alone, without a word for it, might as well be a person's: it is drawn only where the word stands.</summary>
    public bool NeedsHead { get; init; }

    /// <summary>The word for it in each language.</summary>
    public ImmutableArray<string> Words { get; } = [.. Heads.Split('|')];

    /// <summary>Every kind.</summary>
    public static ImmutableArray<HarmlessKind> All { get; } = [.. TradeKinds.All, .. TechnicalKinds.All, .. MeasureKinds.All, .. PaperKinds.All];
}
