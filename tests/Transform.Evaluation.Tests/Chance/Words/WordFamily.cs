using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance.Words;

/// <summary>A kind of document that speaks of secrets, people or their numbers, and has none: a policy, a form, a log, code. Written in <c>Chance/Words/*.txt</c>.</summary>
/// <param name="Name">Names it in reports.</param>
/// <param name="Text">Its text: <c>⟨a|b⟩</c> is one of these, <c>$list</c> one of a list, <c>⟪%##⟫</c> digits (<see cref="Digits.Fill"/>).</param>
/// <param name="Lists">The lists of its file.</param>
internal sealed partial record WordFamily(string Name, string Text, ImmutableDictionary<string, string[]> Lists)
{
    /// <summary>Every kind.</summary>
    public static ImmutableArray<WordFamily> All { get; } = [.. Read("credentials"), .. Read("people"), .. Read("offices")];

    /// <summary>Draws a document.</summary>
    public string Draw(SplitMix random)
    {
        var text = ListName().Replace(Text, m => Lists.TryGetValue(m.Groups["inner"].Value, out var list) ? list[random.Below(list.Length)] : m.Value);
        text = Choice().Replace(text, m => m.Groups["inner"].Value.Split('|') is var some ? some[random.Below(some.Length)] : string.Empty);
        return Number().Replace(text, m => random.Fill(m.Groups["inner"].Value));
    }

    private static IEnumerable<WordFamily> Read(string file)
    {
        var (lists, name, lines) = (ImmutableDictionary<string, string[]>.Empty, string.Empty, new List<string>());
        foreach (var line in Resources.Read($"words/{file}.txt").TrimEnd('\n').Split('\n'))
        {
            if (name.Length == 0 && line.StartsWith('$'))
            {
                var sign = line.IndexOf('=', StringComparison.Ordinal);
                lists = lists.SetItem(line[1..sign].Trim(), [.. line[(sign + 1)..].Split('|').Select(w => w.Trim())]);
            }
            else if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                if (name.Length > 0)
                {
                    yield return new WordFamily(name, string.Join('\n', lines), lists);
                }

                (name, lines) = (line[2..], []);
            }
            else if (name.Length > 0)
            {
                lines.Add(line);
            }
        }

        yield return new WordFamily(name, string.Join('\n', lines), lists);
    }

    [GeneratedRegex(@"\$(?<inner>[a-z]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ListName();

    [GeneratedRegex("⟨(?<inner>[^⟩]*)⟩", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Choice();

    [GeneratedRegex("⟪(?<inner>[^⟫]*)⟫", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
