namespace GatewayStack.Transform.Names.Training;

/// <summary>The documents written for this project that may be trained on, by author.</summary>
internal static class NameAuthors
{
    private static readonly (string Name, int Part, bool Utf16, string[] Files)[] All =
    [
        ("decoys", 0, true, ["eval/decoys-2026-11/decoys-2026-11.jsonl"]),
        ("voices", 1, false, ["names/harmless/train.jsonl", "names/harmless/heldout.jsonl"]),
        ("a", 0, true, ["eval/authors-2026-11/a/a.jsonl"]),
        ("b", 1, true, ["eval/authors-2026-11/b/b.jsonl"]),
        ("c", 1, true, ["eval/authors-2026-11/c/c.jsonl"]),
        ("d", 0, true, ["eval/authors-2026-11/d/d.jsonl"]),
        ("e", 0, true, ["eval/authors-2026-11/e/e.jsonl"]),
        ("f", 1, true, ["eval/authors-2026-11/f/f.jsonl"]),
        ("g", 1, true, ["eval/authors-2026-11/g/g.jsonl"]),
        ("h", 0, true, ["eval/authors-2026-11/h/h.jsonl"]),
        ("i", 1, true, ["eval/authors-2026-11/i/i.jsonl"]),
        ("j", 0, true, ["eval/authors-2026-11/j/j.jsonl"]),
        ("k", 1, true, ["eval/authors-2026-11/k/k.jsonl"]),
        ("l", 0, true, ["eval/authors-2026-11/l/l.jsonl"]),
        ("scripts", 0, true, ["eval/scripts-2026-11/open/open.jsonl"]),
    ];

    /// <summary>The files of all of them.</summary>
    public static IEnumerable<string> Files => All.SelectMany(author => author.Files);

    /// <summary>Reads them; a file that is missing has no documents.</summary>
    public static IReadOnlyList<NameAuthor> Read(string dataFolder) =>
        [.. All.Select(author => new NameAuthor(author.Name, author.Part, [.. author.Files.Select(file => Path.Combine(dataFolder, file))
            .Where(File.Exists).SelectMany(file => NameCorpus.ReadOwn(file, author.Utf16))]))];
}
