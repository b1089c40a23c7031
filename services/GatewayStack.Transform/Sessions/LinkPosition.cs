namespace GatewayStack.Transform.Sessions;

/// <summary>
/// Whether a text that arrives in pieces stands inside a link. A client fetches pictures and previews without being asked, and a model may have been told by a document to write
/// what it knows into such an address: what a pseudonym stands for is not put there.
/// </summary>
internal sealed class LinkPosition
{
    private const string Host = "www.";

    /// <summary>How an address ends that is the value of an attribute without quotes.</summary>
    private const char Unquoted = '=';

    private readonly AddressSigns _signs = new();

    private char _before;
    private char _beforeThat;
    private int _host;
    private int _open;
    private char _end;
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

        /// <summary>Behind the colon of what may define a link: <c>[name]: &lt;address&gt;</c>.</summary>
        BeforeDefinition,
    }

    /// <summary>True inside of one.</summary>
    public bool IsInside => _state is State.Address or State.Target or State.Bracketed or State.BeforeTarget;

    /// <summary>Reads on.</summary>
    /// <param name="c">The next character.</param>
    /// <param name="isEncoded">True for one that stands there as an escape of addresses (<c>%20</c>) or of HTML (<c>&amp;#32;</c>): it may begin a link, and ends none.</param>
    public void Advance(char c, bool isEncoded)
    {
        if (_state is State.Text or State.Address && _signs.Quote != '\0' && c is '\t' or '\r' or '\n')
        {
            // Browsers pass over them in an address that is quoted.
            return;
        }

        var quote = _state == State.Address && _end is '"' or '\'' ? _end : '\0';
        _state = isEncoded && IsInside ? (_state == State.BeforeTarget ? State.Target : _state) : Next(c);
        var begins = _signs.Advance(c, isEncoded, quote);
        _host = char.ToLowerInvariant(c) == Host[_host] ? _host + 1 : c is 'w' or 'W' ? 1 : 0;
        if (_host == Host.Length)
        {
            _host = 0;
            begins = true;
        }

        if (begins && _state == State.Text)
        {
            _state = Address();
        }

        (_beforeThat, _before) = (_before, c);
    }

    private State Next(char c)
    {
        switch (_state)
        {
            case State.Address:
                return IsEnd(c) ? State.Text : c == '(' && _before == ']' ? Begin() : State.Address;
            case State.BeforeTarget:
                return c is '<' ? State.Bracketed : char.IsWhiteSpace(c) ? State.BeforeTarget : Target(c);
            case State.Bracketed:
                return Bracketed(c);
            case State.BeforeDefinition when c == '<':
                _escaped = false;
                return State.Bracketed;
            case State.BeforeDefinition when char.IsWhiteSpace(c):
                return State.BeforeDefinition;
            case State.Target:
                return Target(c);
            default:
                // Behind a scheme browsers take a backslash for a slash.
                return c == '/' && _before == '/' ? Address()
                    : _beforeThat == ':' && c is '/' or '\\' && _before is '/' or '\\' ? Address()
                    : _before == ']' && c == '(' ? Begin()
                    : _before == ']' && c == ':' ? State.BeforeDefinition
                    : State.Text;
        }
    }

    private State Address()
    {
        _end = _signs.Opener is '"' or '\'' ? _signs.Opener
            : _signs.Quote != '\0' ? _signs.Quote
            : _signs.IsValue ? Unquoted
            : '\0';
        return State.Address;
    }

    private bool IsEnd(char c) => _end switch
    {
        '\0' => char.IsWhiteSpace(c) || c is '"' or '<' or '>' or '`',
        Unquoted => char.IsWhiteSpace(c) || c == '>',
        _ => c == _end,
    };

    private State Bracketed(char c)
    {
        if (_escaped)
        {
            _escaped = false;
            return State.Bracketed;
        }

        _escaped = c == '\\';
        return c is '>' or '\n' ? State.Text : State.Bracketed;
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
