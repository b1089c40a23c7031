namespace GatewayStack.Transform.Sessions;

/// <summary>
/// Whether a text that arrives in pieces stands inside a link. A client fetches pictures and previews without being asked, and a model may have been told by a document to write
/// what it knows into such an address: what a pseudonym stands for is not put there.
/// </summary>
internal sealed class LinkPosition
{
    private const string Host = "www.";

    private char _before;
    private int _host;
    private int _open;
    private bool _escaped;
    private State _state;

    private enum State
    {
        Text,

        /// <summary>An address that stands in the text.</summary>
        Address,

        /// <summary>Behind the parenthesis in which the target of a link or picture stands.</summary>
        BeforeTarget,

        /// <summary>Such a target.</summary>
        Target,

        /// <summary>Such a target in angle brackets: it may have blanks.</summary>
        Bracketed,
    }

    /// <summary>True inside of one.</summary>
    public bool IsInside => _state is State.Address or State.Target or State.Bracketed or State.BeforeTarget;

    /// <summary>Reads on.</summary>
    public void Advance(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _state = Next(c);
            _host = char.ToLowerInvariant(c) == Host[_host] ? _host + 1 : c is 'w' or 'W' ? 1 : 0;
            if (_host == Host.Length)
            {
                _host = 0;
                _state = _state == State.Text ? State.Address : _state;
            }

            _before = c;
        }
    }

    private State Next(char c)
    {
        switch (_state)
        {
            case State.Address:
                return char.IsWhiteSpace(c) || c is '"' or '<' or '>' or '`' ? State.Text : c == '(' && _before == ']' ? Begin() : State.Address;
            case State.BeforeTarget:
                return c is '<' ? State.Bracketed : char.IsWhiteSpace(c) ? State.BeforeTarget : Target(c);
            case State.Bracketed:
                return c is '>' or '\n' ? State.Text : State.Bracketed;
            case State.Target:
                return Target(c);
            default:
                return c == '/' && _before == '/' ? State.Address : c == '(' && _before == ']' ? Begin() : State.Text;
        }
    }

    private State Begin()
    {
        (_open, _escaped) = (1, false);
        return State.BeforeTarget;
    }

    private State Target(char c)
    {
        if (_escaped)
        {
            _escaped = false;
            return State.Target;
        }

        _escaped = c == '\\';
        _open += c == '(' ? 1 : c == ')' ? -1 : 0;
        return char.IsWhiteSpace(c) || _open == 0 ? State.Text : State.Target;
    }
}
