using System.Collections.Immutable;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>A text with slots, in the kind of document it belongs to and the locales it makes sense in.</summary>
internal sealed record Template(string Group, ImmutableArray<string> Locales, int Copies, string Text)
{
    /// <summary>Every file of templates.</summary>
    public static readonly ImmutableArray<string> Files = ["mail.txt", "chat.txt", "records.txt", "technical.txt", "credentials.txt", "prose.txt", "free.txt"];

    /// <summary>Reads a file: each template begins with a line <c>=== group locales copies</c>, where locales are keys with commas between them or <c>*</c>.</summary>
    public static ImmutableArray<Template> Read(string file)
    {
        var all = ImmutableArray.CreateBuilder<Template>();
        foreach (var part in ("\n" + Resources.Read(file)).Split("\n=== ").Skip(1))
        {
            var (head, text) = part.IndexOf('\n') is var end and >= 0 ? (part[..end], part[(end + 1)..]) : (part, string.Empty);
            var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            all.Add(new Template(
                words[0], words.Length > 1 ? [.. words[1].Split(',')] : ["*"], words.Length > 2 ? int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture) : 1, text.TrimEnd('\n')));
        }

        return all.ToImmutable();
    }
}
