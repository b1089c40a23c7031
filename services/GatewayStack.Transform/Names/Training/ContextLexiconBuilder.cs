using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Makes the words that tell of their neighbours from <c>data/names/context.txt</c>.</summary>
internal static class ContextLexiconBuilder
{
    /// <summary>Reads the lines of <c>class: word word</c>; the first is the lowest flag.</summary>
    /// <param name="path">The file.</param>
    /// <param name="things">Names of things, one a line; may be missing.</param>
    public static ContextLexicon Build(string path, string things)
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

        foreach (var line in File.Exists(things) ? File.ReadLines(things).Where(line => line.Length > 0 && line[0] != '#') : [])
        {
            foreach (var word in line.Split([' ', '-', '\''], StringSplitOptions.RemoveEmptyEntries).Where(word => char.IsUpper(word[0])))
            {
                var hash = NameHash.Word(word);
                words[hash] = words.GetValueOrDefault(hash) | (uint)ContextFlags.InThings;
            }
        }

        return new ContextLexicon([.. words.Keys], [.. words.Values]);
    }
}
