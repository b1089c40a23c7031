namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>The tokens of a window, read as far as they are asked for: most numbers are told from an address by the few beside them.</summary>
internal readonly ref struct TokenWindow
{
    private readonly ReadOnlySpan<char> _text;
    private readonly Span<Token> _tokens;
    private readonly ref Progress _progress;
    private readonly int _first;

    /// <summary>How much has been read.</summary>
    internal struct Progress
    {
        /// <summary>So many tokens.</summary>
        public int Count;

        /// <summary>Up to this unit.</summary>
        public int Read;
    }

    /// <summary>A window of which nothing has been read.</summary>
    /// <param name="text">The window.</param>
    /// <param name="tokens">Takes the tokens; what does not fit is left out.</param>
    /// <param name="progress">Takes how far it has been read.</param>
    /// <param name="isCut">True when the word that the window begins with may have begun before it: it is no token.</param>
    public TokenWindow(ReadOnlySpan<char> text, Span<Token> tokens, ref Progress progress, bool isCut)
    {
        _text = text;
        _tokens = tokens;
        _progress = ref progress;
        _first = 0;
        _first = isCut && At(0) is { Kind: not TokenKind.End, Start: 0 } ? 1 : 0;
    }

    /// <summary>A token; one of <see cref="TokenKind.End"/> outside the window.</summary>
    public Token At(int index)
    {
        var place = index + _first;
        if (index < 0 || place >= _tokens.Length)
        {
            return default;
        }

        while (place >= _progress.Count)
        {
            _progress.Read = Lexer.Next(_text, _progress.Read, out var token);
            if (token.Kind == TokenKind.End)
            {
                return default;
            }

            _tokens[_progress.Count++] = token;
        }

        return _tokens[place];
    }
}
