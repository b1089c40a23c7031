using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Tests.Support;

/// <summary>
/// What Transform does with an answer, in small: finds whole words in capitals (<c>EMAIL</c>, <c>CARD</c>) and pseudonyms, however they are cut, and holds back what may
/// become one.
/// </summary>
internal sealed class AnswerDouble(ResponseSession session)
{
    private static readonly ImmutableArray<string> Words = ["EMAIL", "CARD"];

    private readonly Dictionary<string, string> _held = new(StringComparer.Ordinal);
    private readonly ContentActions _actions = ContentActions.Of(session.Actions);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>Everything that went in, in order.</summary>
    public List<ResponseDelta> Taken { get; } = [];

    /// <summary>What a text becomes that comes in one piece.</summary>
    public static string Whole(ResponseSession session, string text, bool isJson = false) =>
        new AnswerDouble(session).Accept(new ResponseDelta { Channel = isJson ? "0/tool/0" : "0", Text = text, End = true }).Text;

    public async IAsyncEnumerable<ResponseDelta> RunAsync(IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var delta in deltas.WithCancellation(cancellationToken))
        {
            Taken.Add(delta);
            yield return Accept(delta);
        }

        foreach (var (channel, text) in _held.Where(h => h.Value.Length > 0))
        {
            yield return new ResponseDelta { Channel = channel, Text = text };
        }
    }

    private ResponseDelta Accept(ResponseDelta delta)
    {
        // The contract: nothing after the end of a channel, and no half of a surrogate pair.
        _ended.Contains(delta.Channel).ShouldBeFalse();
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(delta.Text)).ShouldBe(delta.Text);
        if (delta.End)
        {
            _ended.Add(delta.Channel);
        }

        var text = _held.GetValueOrDefault(delta.Channel, string.Empty) + delta.Text;
        var output = new StringBuilder();
        var (masked, restored) = (0, 0);
        var json = delta.Channel.Contains("/tool/", StringComparison.Ordinal);
        while (text.Length > 0)
        {
            if (session.Pseudonyms.FirstOrDefault(p => text.StartsWith(p.Token, StringComparison.Ordinal)) is { } pseudonym)
            {
                output.Append(json ? Escaped(pseudonym.Value) : pseudonym.Value);
                (text, restored) = (text[pseudonym.Token.Length..], restored + 1);
            }
            else if (!delta.End && MayBecome(text))
            {
                break;
            }
            else if (Words.FirstOrDefault(w => text.StartsWith(w, StringComparison.Ordinal)) is { } word && _actions.For(word) is not (null or ContentAction.Allow or ContentAction.Detect) and var action)
            {
                if (action == ContentAction.Block)
                {
                    return delta with { Text = string.Empty, Blocked = true };
                }

                output.Append('[').Append(word.ToLowerInvariant()).Append(']');
                (text, masked) = (text[word.Length..], masked + 1);
            }
            else
            {
                var length = Rune.GetRuneAt(text, 0).Utf16SequenceLength;
                output.Append(text, 0, length);
                text = text[length..];
            }
        }

        _held[delta.Channel] = text;
        return delta with { Text = output.ToString(), Masked = masked, Restored = restored };
    }

    private bool MayBecome(string text) => Words.Concat(session.Pseudonyms.Select(p => p.Token)).Any(w => w.Length > text.Length && w.StartsWith(text, StringComparison.Ordinal));

    private static string Escaped(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();
}
