namespace GatewayStack.Transform.Sessions;

/// <summary>Whether a JSON text that arrives in pieces stands inside a string: outside of one, a placeholder needs quotes of its own.</summary>
internal sealed class JsonPosition
{
    private bool _inString;
    private bool _escaped;

    /// <summary>True between strings, where numbers stand.</summary>
    public bool IsOutsideString => !_inString;

    /// <summary>Reads on.</summary>
    public void Advance(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (_escaped)
            {
                _escaped = false;
            }
            else if (c == '\\')
            {
                _escaped = _inString;
            }
            else if (c == '"')
            {
                _inString = !_inString;
            }
        }
    }
}
