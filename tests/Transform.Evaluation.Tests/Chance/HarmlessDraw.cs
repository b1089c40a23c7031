using System.Collections.Immutable;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>A harmless document that was drawn.</summary>
internal sealed record HarmlessDocument(HarmlessKind Kind, Carrier Carrier, string Text);

/// <summary>Something that was found in it, by chance.</summary>
internal sealed record ChanceFinding(HarmlessDocument Document, string Type, string Value);

/// <summary>Documents with numbers of things in them, drawn from a seed, and all that is found in them.</summary>
internal static class HarmlessDraw
{
    /// <summary>Draws so many documents: the kinds in turn, and each kind's carriers in turn.</summary>
    public static IEnumerable<HarmlessDocument> Documents(ulong seed, int count)
    {
        var pairs = HarmlessKind.All.SelectMany(_ => Carrier.All, (kind, carrier) => (kind, carrier)).Where(p => p.carrier.HasHead || !p.kind.NeedsHead).ToArray();
        for (var i = 0; i < count; i++)
        {
            // A step that has no divisor in common with the number of pairs visits all of them before it comes back to one.
            var (kind, carrier) = pairs[(int)((long)i * 7919 % pairs.Length)];
            yield return new HarmlessDocument(kind, carrier, carrier.Write(kind, new SplitMix(seed ^ ((ulong)i << 20))));
        }
    }

    /// <summary>What the command line finds in them.</summary>
    public static async Task<ImmutableArray<ChanceFinding>> ScanAsync(IReadOnlyList<HarmlessDocument> documents) =>
        [.. (await ChanceScan.OfAsync([.. documents.Select(d => d.Text)])).Select(f => new ChanceFinding(documents[f.Text], f.Type, documents[f.Text].Text[f.Start..f.End]))];
}
