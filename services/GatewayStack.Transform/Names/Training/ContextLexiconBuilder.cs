using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Makes the words that tell of their neighbours from <c>data/names/context.txt</c>.</summary>
internal static class ContextLexiconBuilder
{
    /// <summary>Reads the lines of <c>class: word word</c>; the first is the lowest flag.</summary>
    public static ContextLexicon Build(string path)
    {
        var words = new SortedDictionary<uint, uint>();
        var flag = 1u;
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            foreach (var word in line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var hash = NameHash.Word(word);
                words[hash] = words.GetValueOrDefault(hash) | flag;
            }

            flag <<= 1;
        }

        return new ContextLexicon([.. words.Keys], [.. words.Values]);
    }
}
