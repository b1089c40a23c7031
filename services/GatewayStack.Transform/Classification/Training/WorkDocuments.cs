using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>A document of ordinary work.</summary>
/// <param name="Text">The document.</param>
/// <param name="Set">Whose it is.</param>
/// <param name="Labels">What it is about; null where nobody has read it for that.</param>
/// <param name="Doubtful">What it might be said to be about: it counts neither for nor against these.</param>
internal sealed record WorkDocument(string Text, WorkSet Set, ImmutableArray<string>? Labels, ImmutableArray<string> Doubtful)
{
    /// <summary>Whether a head shall find it; null when it says nothing about the head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="mayBeAbout">Whether a text has a word that may belong to the head: what nobody has read is left out then.</param>
    public bool? Answer(string head, Func<string, string, bool> mayBeAbout) =>
        Doubtful.Contains(head) ? null
        : Labels is { } labels ? labels.Contains(head)
        : mayBeAbout(head, Text) ? null : false;
}

/// <summary>Documents that one author wrote.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="File">The texts, a JSON object a line.</param>
/// <param name="Labels">What they are about, by their ids; null where nobody has read them for that.</param>
internal sealed record WorkSet(string Name, string File, string? Labels);

/// <summary>
/// Documents of ordinary work: mails, chats, tickets, logs, code, configuration, forms, prose. Nobody attacks anything in them, and none asks an assistant for
/// anything; what an author never seen writes is the measure of over-defence, so the texts of one author are never on both sides of a split.
/// </summary>
internal static class WorkDocuments
{
    /// <summary>The sets. Those whose labels somebody has read for are measured one by one, each by models that have not seen it.</summary>
    public static readonly ImmutableArray<WorkSet> Sets =
    [
        new("author_a", "eval/authors-2026-11/a/a.jsonl", "eval/authors-2026-11/a/labels.jsonl"),
        new("author_b", "eval/authors-2026-11/b/b.jsonl", "eval/authors-2026-11/b/labels.jsonl"),
        new("author_c", "eval/authors-2026-11/c/c.jsonl", "eval/authors-2026-11/c/labels.jsonl"),
        new("author_d", "eval/authors-2026-11/d/d.jsonl", "eval/authors-2026-11/d/labels.jsonl"),
        new("author_e", "eval/authors-2026-11/e/e.jsonl", "eval/authors-2026-11/e/labels.jsonl"),
        new("author_f", "eval/authors-2026-11/f/f.jsonl", "eval/authors-2026-11/f/labels.jsonl"),
        new("decoys", "eval/decoys-2026-11/decoys-2026-11.jsonl", null),
        new("loose", "eval/loose-2026-11/loose-2026-11.jsonl", null),
        new("harmless", "names/harmless/train.jsonl", null),
        new("harmless_heldout", "names/harmless/heldout.jsonl", null),
    ];

    /// <summary>Reads all sets.</summary>
    /// <param name="folder">The data folder.</param>
    public static IEnumerable<WorkDocument> Read(string folder)
    {
        foreach (var set in Sets)
        {
            var labels = set.Labels is null ? null
                : Lines(folder, set.Labels).ToDictionary(l => l.GetProperty("id").GetString()!, l => (Yes: Names(l, "labels"), May: Names(l, "may")), StringComparer.Ordinal);
            foreach (var line in Lines(folder, set.File))
            {
                var (yes, may) = labels?.GetValueOrDefault(line.GetProperty("id").GetString()!, ([], [])) ?? ([], []);
                yield return new WorkDocument(line.GetProperty("text").GetString()!, set, labels is null ? null : yes, may);
            }
        }
    }

    private static ImmutableArray<string> Names(JsonElement line, string property) =>
        line.TryGetProperty(property, out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];

    private static IEnumerable<JsonElement> Lines(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement);
}
