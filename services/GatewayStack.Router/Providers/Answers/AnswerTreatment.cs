using System.Globalization;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>How the treatment of a part of an answer ended.</summary>
internal enum AnswerTreatmentEnd
{
    /// <summary>It may go on.</summary>
    Good,

    /// <summary>It has something that may not go on.</summary>
    Blocked,

    /// <summary>Transform does not answer any more.</summary>
    Lost,

    /// <summary>It is no JSON that every parser reads alike.</summary>
    Garbage,
}

/// <summary>The channels of one answer: turns its texts into pieces for the session, and what comes out into texts again.</summary>
/// <remarks>Belongs to one answer: not safe for concurrent use.</remarks>
internal sealed class AnswerTreatment(Exchange exchange, AnswerSession session, bool contentIsJson)
{
    private const int MostOpen = 1024;

    private readonly Dictionary<(int Choice, string Channel), AnswerChannel> _open = [];
    private readonly Dictionary<int, int> _ended = [];
    private readonly List<ResponseDelta> _in = [];
    private readonly List<AnswerChannel> _channels = [];
    private readonly List<ResponseDelta> _out = [];
    private int _wholes;

    /// <summary>True where an answer has more texts side by side than any model gives: none of them is kept for ever.</summary>
    public bool HasTooMany => _open.Count > MostOpen;

    /// <summary>Channels of a choice that have not ended; of every choice where none is named.</summary>
    public IReadOnlyList<AnswerChannel> Open(int? choice = null) => [.. _open.Values.Where(c => choice is null || c.Choice == choice)];

    /// <summary>Takes a text in.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">True where nothing more comes on its channel.</param>
    /// <returns>The number of the piece that comes out.</returns>
    public int Add(AnswerText text, bool end)
    {
        var key = (text.Choice, text.Channel);
        if (text.Kind == AnswerTextKind.Whole)
        {
            return Add(new AnswerChannel($"{NameOf(text.Choice)}/w/{(++_wholes).ToString(CultureInfo.InvariantCulture)}", text.Choice, []), text.Text, end: true);
        }

        if (!_open.TryGetValue(key, out var channel))
        {
            channel = new AnswerChannel(NameOf(text), text.Choice, text.Path);
            _open.Add(key, channel);
        }

        if (end)
        {
            _open.Remove(key);
        }

        return Add(channel, text.Text, end);
    }

    /// <summary>Ends a channel that got nothing more.</summary>
    /// <returns>The number of the piece that comes out.</returns>
    public int End(AnswerChannel channel)
    {
        _open.Remove(_open.First(o => ReferenceEquals(o.Value, channel)).Key);
        return Add(channel, string.Empty, end: true);
    }

    /// <summary>A choice has ended: what comes for it all the same has channels of its own.</summary>
    public void Ended(int choice) => _ended[choice] = _ended.GetValueOrDefault(choice) + 1;

    /// <summary>Sends what was taken in since the last time.</summary>
    /// <returns>False when the session is lost.</returns>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        _out.Clear();
        return _in.Count == 0 || await session.TreatAsync(_in, _out, cancellationToken);
    }

    /// <returns>What a text became; null where it may not go on.</returns>
    public string? Text(int piece)
    {
        var treated = _out[piece];
        return treated.Blocked ? null : _channels[piece].Out(treated.Text, _in[piece].End);
    }

    /// <summary>Counts what was changed in a piece that goes on.</summary>
    public void Count(int piece)
    {
        exchange.AnswerMasked += _out[piece].Masked;
        exchange.AnswerRestored += _out[piece].Restored;
    }

    /// <summary>Forgets what was taken in: it has been written.</summary>
    public void Clear()
    {
        _in.Clear();
        _channels.Clear();
        _out.Clear();
    }

    private int Add(AnswerChannel channel, string text, bool end)
    {
        _channels.Add(channel);
        _in.Add(new ResponseDelta { Channel = channel.Name, Text = channel.In(text, end), End = end });
        return _in.Count - 1;
    }

    private string NameOf(AnswerText text)
    {
        var name = NameOf(text.Choice);
        return text.Kind == AnswerTextKind.Content ? (contentIsJson ? name + "/json" : name) : name + "/" + text.Channel;
    }

    private string NameOf(int choice)
    {
        var name = choice < 0 ? "answer" : choice.ToString(CultureInfo.InvariantCulture);
        return _ended.TryGetValue(choice, out var times) ? name + "." + times.ToString(CultureInfo.InvariantCulture) : name;
    }
}
