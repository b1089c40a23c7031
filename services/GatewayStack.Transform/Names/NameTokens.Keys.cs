namespace GatewayStack.Transform.Names;

/// <content>The key whose value a token is in.</content>
internal sealed partial class NameTokens
{
    private const int None = int.MinValue / 2;

    /// <summary>Gives each token the key that stands before it: <c>key: value</c>, <c>"key": "value"</c>, <c>key=value</c>, or a column's gap.</summary>
    private void MarkKeys(ReadOnlySpan<char> unit)
    {
        uint key = 0;
        int wordAt = None, since = 0;
        for (var i = First; i < Last; i++)
        {
            Key[i] = key;
            switch (Shape[i])
            {
                case TokenShape.Punctuation:
                    var c = unit[Start[i]];
                    if (c is ':' or '=' && i - wordAt <= 3 && LastPart(unit[Start[wordAt]..End[wordAt]]) is var word and not 0)
                    {
                        key = word;
                        since = 0;
                    }
                    else if (c is ';' or '|' or '{' or '}' or '\\' || (c == ',' && since > 1))
                    {
                        key = 0;
                        wordAt = None;
                    }

                    break;
                case TokenShape.Number or TokenShape.Address or TokenShape.Handle or TokenShape.Symbol:
                    break;
                default:
                    since++;
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
