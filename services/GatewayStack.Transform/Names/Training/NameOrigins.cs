using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Says what a model was learned from.</summary>
internal static class NameOrigins
{
    /// <summary>That of a model that was trained from a folder.</summary>
    public static NameOrigin Of(NameModel model, string dataFolder, int seed) => new(seed, [.. Data(dataFolder)], [.. Numbers(model, NameAuthors.Read(dataFolder))]);

    private static byte[] Data(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lists = Directory.GetFiles(Path.Combine(folder, "names"), "*.*").Select(file => "names/" + Path.GetFileName(file))
            .Where(file => !file.EndsWith(".md", StringComparison.Ordinal));
        foreach (var file in NameTraining.Files.Select(file => "pii/" + file).Concat(lists).Concat(NameAuthors.Files).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(folder, file)))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(file));
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
            }
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Numbers(NameModel model, IReadOnlyList<NameAuthor> authors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tagger = new NameTagger(model);
        var found = new List<NameSpan>();
        foreach (var document in authors.SelectMany(author => author.Documents))
        {
            var scan = new NameScan(model);
            scan.Begin(null);
            for (var start = 0; start < document.Text.Length;)
            {
                var end = NameUnits.End(document.Text, start, final: true, out _);
                if (scan.Read(document.Text.AsSpan(start, end - start), start))
                {
                    scan.Give(end == document.Text.Length, Take);
                }

                start = end;
            }

            scan.Give(whole: true, Take);
            found.Clear();
            tagger.Tag(document.Text, found, CancellationToken.None);
            foreach (var name in found)
            {
                Append([name.Start, name.End]);
            }
        }

        return hash.GetHashAndReset();

        void Take(NameFinding name, int offset, ReadOnlySpan<short> row)
        {
            Append([offset + name.Start, offset + name.End, name.Type]);
            hash.AppendData(MemoryMarshal.AsBytes(row));
        }

        void Append(ReadOnlySpan<int> numbers) => hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }
}
