namespace GatewayStack.Transform.Sessions;

/// <summary>What stands before an address says where it ends: one in quotes may have blanks, and browsers take for an address what is none by the book.</summary>
internal sealed class AddressSigns
{
    private const ulong Ws = 0x7773, Wss = 0x777373, Ftp = 0x667470, Http = 0x68747470, Https = 0x6874747073;

    private ulong _word;
    private char _before;
    private char _last;
    private char _lastBefore;
    private char _lastOfRun;
    private int _slashes = -1;
    private bool _isTag;

    /// <summary>The quote of the attribute's value that is being read, as in <c>src="..."</c>; none outside of one.</summary>
    public char Quote { get; private set; }

    /// <summary>What stands right before the scheme or the slashes that are being read; in <c>url( " https:</c> blanks make no difference.</summary>
    public char Opener { get; private set; }

    /// <summary>True where what is being read is the value of an attribute without quotes.</summary>
    public bool IsValue => _isTag && _lastOfRun == '=';

    /// <summary>Reads on.</summary>
    /// <param name="c">The next character.</param>
    /// <param name="isEncoded">True where it stands there as an escape, which opens and closes nothing.</param>
    /// <param name="address">The quote in which an address stands that is being read: nothing begins in it.</param>
    /// <returns>True where an address begins here.</returns>
    public bool Advance(char c, bool isEncoded, char address)
    {
        var begins = IsScheme(c);
        if (IsOfRun(c) && !IsOfRun(_before))
        {
            _lastOfRun = _last;
            Opener = _last is '"' or '\'' && _lastBefore == '(' ? _last : _before;
        }

        begins |= IsDoubleSlash(c);
        if (!isEncoded)
        {
            Open(c, address);
        }

        _word = char.IsAsciiLetter(c) ? (_word << 8) | char.ToLowerInvariant(c) : 0;
        (_lastBefore, _last) = char.IsWhiteSpace(c) ? (_lastBefore, _last) : (_last, c);
        _before = c;
        return begins;
    }

    /// <summary>Browsers need no slash behind the schemes of the web.</summary>
    private bool IsScheme(char c) => c == ':' && _word is Ws or Wss or Ftp or Http or Https;

    /// <summary>At the beginning of a value two slashes are an address, whichever way they lean.</summary>
    private bool IsDoubleSlash(char c)
    {
        if (c is '/' or '\\' && _slashes >= 0)
        {
            _slashes++;
            return _slashes == 2;
        }

        _slashes = char.IsWhiteSpace(c) && _slashes == 0 ? 0 : -1;
        return false;
    }

    private void Open(char c, char address)
    {
        if (address != '\0')
        {
            Quote = c == address && Quote == c ? '\0' : Quote;
        }
        else if (c is '"' or '\'' && _isTag)
        {
            // Behind the sign of an attribute a quote opens one, whatever seemed to be open before.
            var opens = _last == '=';
            (Quote, _slashes) = opens ? (c, 0) : (Quote == c ? '\0' : Quote, -1);
        }
        else if (Quote == '\0')
        {
            _isTag = c != '>' && (_isTag || (_before == '<' && char.IsAsciiLetter(c)));
            _slashes = c == '=' && _isTag ? 0 : _slashes;
        }
    }

    private static bool IsOfRun(char c) => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '\\' or '+' or '-' or '.';
}
