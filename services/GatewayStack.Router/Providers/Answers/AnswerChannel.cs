using System.Collections.Immutable;
using System.Text;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>A step on the way to a text inside a delta: a member's name, or a place in an array.</summary>
/// <param name="Name">The member; null for a place.</param>
/// <param name="Index">The place.</param>
/// <param name="IsStated">True where the element says its place itself, as tool calls do (<c>index</c>).</param>
internal readonly record struct PathStep(string? Name, int Index = 0, bool IsStated = false);

/// <summary>One text of an answer that comes in pieces: a choice's content, a tool call's arguments.</summary>
/// <remarks>A surrogate pair may be cut between two pieces; half of one cannot go over a wire, so that it waits for the other half, on either side.</remarks>
internal sealed class AnswerChannel(string name, int choice, ImmutableArray<PathStep> path)
{
    private char _waitingIn;
    private char _waitingOut;

    /// <summary>Name in the session, such as <c>0</c> or <c>0/tool/1</c>.</summary>
    public string Name => name;

    public int Choice => choice;

    /// <summary>Where its text stands in a delta.</summary>
    public ImmutableArray<PathStep> Path => path;

    /// <summary>A piece as it goes in: whole characters.</summary>
    public string In(string text, bool end) => Whole(text, end, ref _waitingIn);

    /// <summary>A piece as it comes out.</summary>
    public string Out(string text, bool end) => Whole(text, end, ref _waitingOut);

    private static string Whole(string text, bool end, ref char waiting)
    {
        if (waiting != '\0')
        {
            (text, waiting) = (waiting + text, '\0');
        }

        if (!end && text.Length > 0 && char.IsHighSurrogate(text[^1]))
        {
            (text, waiting) = (text[..^1], text[^1]);
        }

        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Mended(text) : text;
    }

    /// <summary>A half without its other half is no character.</summary>
    private static string Mended(string text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            mended.Append(rune.ToString());
        }

        return mended.ToString();
    }
}
