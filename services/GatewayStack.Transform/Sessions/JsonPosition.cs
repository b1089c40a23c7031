using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Sessions;

/// <summary>
/// Where a JSON text that arrives in pieces stands: inside a string or not, and the same of JSON that stands in that string, and in a string of that, as tools are given it:
/// <c>{"body":"{\"to\":\"x\"}"}</c>.
/// </summary>
internal sealed class JsonPosition
{
    private const int HexDigits = 4;

    private readonly int _strings;
    private JsonPosition? _inner;
    private bool _inString;
    private bool _escaped;
    private int _hexLeft;
    private int _hex;
    private int _open;
    private char _last;
    private bool _isBroken;

    /// <summary>The position in a whole text.</summary>
    public JsonPosition()
        : this(0)
    {
    }

    private JsonPosition(int strings) => _strings = strings;

    /// <summary>In how many strings this is, each in JSON that stands in the next.</summary>
    public int Strings => !_inString ? 0 : 1 + (_inner is { _isBroken: false } inner ? inner.Strings : 0);

    /// <summary>True between strings, where numbers stand.</summary>
    public bool IsOutsideString => !_inString;

    /// <summary>True between the strings of JSON that stands in a string, where one of its values begins.</summary>
    public bool IsBeforeInnerValue =>
        _inString && _inner is { _isBroken: false } inner && (inner.IsBeforeInnerValue || inner is { _inString: false, _open: > 0, _last: ':' or '[' or ',' });

    /// <summary>Reads on.</summary>
    public void Advance(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            Advance(c);
        }
    }

    /// <summary>The text as it may be put here: outside of a string it needs quotes of its own, and in JSON inside of a string escapes of escapes.</summary>
    public string Fit(string text) => _inString ? FitString(text) : Quoted(text);

    private string FitString(string text) => JsonText.Escape(_inner is { _isBroken: false } inner ? inner.FitInside(text) : text);

    private string FitInside(string text) => _inString ? FitString(text)
        : _last == ':' && !JsonContent.Is(text) ? Quoted(text)
        : text;

    private static string Quoted(string text) => $"\"{JsonText.Escape(text)}\"";

    private void Advance(char c)
    {
        if (!_inString)
        {
            Outside(c);
        }
        else if (_hexLeft > 0)
        {
            _hex = (_hex << 4) | (char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 0);
            if (--_hexLeft == 0)
            {
                Inside((char)_hex);
            }
        }
        else if (_escaped)
        {
            _escaped = false;
            (_hexLeft, _hex) = c == 'u' ? (HexDigits, 0) : (0, 0);
            if (c != 'u')
            {
                Inside(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => c });
            }
        }
        else if (c == '\\')
        {
            _escaped = true;
        }
        else if (c == '"')
        {
            (_inString, _inner, _last) = (false, null, c);
        }
        else
        {
            Inside(c);
        }
    }

    private void Outside(char c)
    {
        if (c == '"')
        {
            // A string stands behind a sign: elsewhere the text is prose that only begins like JSON.
            _isBroken |= _last is not ('{' or '[' or ',' or ':');
            (_inString, _last) = (true, '\0');
            return;
        }

        if (char.IsWhiteSpace(c))
        {
            return;
        }

        _open += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
        _isBroken |= _open <= 0 || !(c is '{' or '[' or '}' or ']' or ',' or ':' or '+' or '-' or '.' || char.IsAsciiDigit(c) || "truefalsnE".Contains(c));
        _last = c;
    }

    /// <summary>Reads on in what a string says, as long as that may be JSON.</summary>
    private void Inside(char c)
    {
        if (_inner is null && _last == '\0' && _strings <= JsonContent.MostStrings && !char.IsWhiteSpace(c))
        {
            _last = c;
            _inner = c is '{' or '[' ? new JsonPosition(_strings + 1) : null;
        }

        if (_inner is { _isBroken: false })
        {
            _inner.Advance(c);
        }
    }
}
