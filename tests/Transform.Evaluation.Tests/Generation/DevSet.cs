using System.Globalization;
using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Makes labelled documents from the templates, and from texts that were marked by hand.</summary>
internal static class DevSet
{
    /// <summary>The seed of what is committed as <c>data/eval/dev.jsonl</c>.</summary>
    public const int Seed = 20261126;

    /// <summary>One document for each copy of each template. Another template changes no document of the others.</summary>
    public static IEnumerable<GoldDocument> Generate(int seed)
    {
        var locales = Locale.ReadAll();
        var number = 0;
        foreach (var template in Template.Files.SelectMany(f => Template.Read(f)))
        {
            for (var copy = 0; copy < template.Copies; copy++)
            {
                var random = new SplitMix((ulong)seed ^ Hash(template.Text, copy));
                var (text, spans) = new Writer(locales, random).Write(template.Text, template.Locales);
                yield return new GoldDocument { Id = string.Create(CultureInfo.InvariantCulture, $"dev-{number++:0000}"), Group = template.Group, Text = text, Spans = spans };
            }
        }
    }

    /// <summary>Texts in which what counts is marked where it stands.</summary>
    public static IEnumerable<GoldDocument> Marked(string file)
    {
        var number = 0;
        foreach (var template in Template.Read(file))
        {
            var (text, spans) = new Writer(Locale.ReadAll(), new SplitMix(0)).Write(template.Text, template.Locales);
            yield return new GoldDocument { Id = string.Create(CultureInfo.InvariantCulture, $"hand-{number++:0000}"), Group = template.Group, Text = text, Spans = spans };
        }
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(string text, int copy)
    {
        var hash = 14695981039346656037UL ^ (uint)copy;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }
}
