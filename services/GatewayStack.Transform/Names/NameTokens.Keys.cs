namespace GatewayStack.Transform.Names;

/// <content>The key whose value a token is in.</content>
internal sealed partial class NameTokens
{
    /// <summary>Gives each token the key that stands before it: <c>key: value</c>, <c>"key": "value"</c>, <c>key=value</c>, or a column's gap.</summary>
    private void MarkKeys(ReadOnlySpan<char> unit)
    {
        uint word = 0, key = 0;
        var wordAt = 0;
        var since = 0;
        for (var i = First; i < Last; i++)
        {
            Key[i] = key;
            var length = End[i] - Start[i];
            switch (Shape[i])
            {
                case TokenShape.Punctuation:
                    var c = unit[Start[i]];
                    if (c is ':' or '=' && word != 0 && i - wordAt <= 3)
                    {
                        key = word;
                        since = 0;
                    }
                    else if (c is ';' or '|' or '{' or '}' or '\\' || (c == ',' && since > 1))
                    {
                        key = 0;
                        word = 0;
                    }

                    break;
                case TokenShape.Number or TokenShape.Address or TokenShape.Handle or TokenShape.Symbol:
                    break;
                default:
                    since++;
                    word = LastPart(unit.Slice(Start[i], length));
                    wordAt = i;
                    if (since > 8)
                    {
                        key = 0;
                    }

                    break;
            }
        }
    }

    /// <summary>The last word of an identifier: name of <c>customer_name</c> and <c>customerName</c>.</summary>
    private static uint LastPart(ReadOnlySpan<char> word)
    {
        var from = word.LastIndexOf('_') + 1;
        for (var i = word.Length - 1; i > from; i--)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                from = i;
                break;
            }
        }

        return NameHash.Word(word[from..]);
    }
}
