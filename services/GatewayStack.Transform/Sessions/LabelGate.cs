using System.Text;

namespace GatewayStack.Transform.Sessions;

/// <summary>
/// Holds back one channel of an answer until the stretch that its text stands in was judged. Stretches are cut by the text's own positions, so that a text in pieces is judged
/// as the whole text is; each is judged together with the one before it, so that nothing hides on a cut.
/// </summary>
/// <remarks>Belongs to one channel: not safe for concurrent use.</remarks>
/// <param name="judge">Judges stretches.</param>
/// <param name="json">True when the channel is JSON source.</param>
internal sealed class LabelGate(LabelJudge judge, bool json = false)
{
    /// <summary>UTF-16 units of a stretch, and what is held back at most.</summary>
    public const int Stretch = 240;

    private readonly StringBuilder _held = new();
    private string _before = string.Empty;

    /// <summary>The label that blocks the rest; null where none does.</summary>
    public string? Blocked { get; private set; }

    /// <summary>Takes text and returns what was judged and may go on.</summary>
    public string Accept(string text, bool final, CancellationToken cancellationToken)
    {
        if (Blocked is not null)
        {
            return string.Empty;
        }

        _held.Append(text);
        var passed = new StringBuilder();
        while (_held.Length > Stretch && TryPass(Whole(Stretch), passed, cancellationToken))
        {
            // The next stretch.
        }

        if (final && Blocked is null && _held.Length > 0)
        {
            TryPass(_held.Length, passed, cancellationToken);
        }

        return passed.ToString();
    }

    private bool TryPass(int length, StringBuilder passed, CancellationToken cancellationToken)
    {
        var stretch = _held.ToString(0, length);
        if ((Blocked = judge.Judge(_before + stretch, json, cancellationToken)) is not null)
        {
            _held.Clear();
            return false;
        }

        _held.Remove(0, length);
        passed.Append(stretch);
        _before = stretch;
        return true;
    }

    // A surrogate pair goes whole.
    private int Whole(int length) => char.IsHighSurrogate(_held[length - 1]) ? length - 1 : length;
}
