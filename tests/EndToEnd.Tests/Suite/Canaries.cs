using System.Collections.Concurrent;
using System.Text;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Prompts, answers and tokens that the tests sent: none of them may be in the gateway's output or files.</summary>
public sealed class Canaries
{
    private readonly ConcurrentDictionary<string, bool> _planted = new(StringComparer.Ordinal);

    public string Plant(string text)
    {
        _planted.TryAdd(text, true);
        return text;
    }

    /// <summary>Looks for all of them.</summary>
    /// <exception cref="InvalidOperationException">One was found; the message says where.</exception>
    public void ShouldBeNowhere(string output, string folder)
    {
        Look("the output", output);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // As bytes that are text one by one: stores and segments are binary.
            Look(file, File.ReadAllText(file, Encoding.Latin1));
        }
    }

    private void Look(string place, string text)
    {
        if (_planted.Keys.FirstOrDefault(canary => text.Contains(canary, StringComparison.Ordinal)) is { } found)
        {
            throw new InvalidOperationException($"'{found}' is in {place}.");
        }
    }
}
