using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Some tokens, [First, End), and the log-odds that they are an address.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Part(int First, int End, double Odds)
{
    /// <summary>No tokens.</summary>
    public static Part None => new(0, 0, double.NegativeInfinity);

    /// <summary>The likelier of two.</summary>
    public Part Or(Part other) => other.Odds > Odds ? other : this;
}

/// <summary>
/// Reads the address that a number belongs to. Each way of writing one is a method; each gives tokens and log-odds, and the likeliest wins.
/// It looks at every token of its window a bounded number of times.
/// </summary>
internal readonly ref partial struct AddressParser
{
    private readonly ReadOnlySpan<char> _text;
    private readonly TokenWindow _tokens;
    private readonly int _gate;

    /// <summary>A parser of one window.</summary>
    /// <param name="text">The window.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="gate">The token of the number.</param>
    public AddressParser(ReadOnlySpan<char> text, TokenWindow tokens, int gate)
    {
        _text = text;
        _tokens = tokens;
        _gate = gate;
    }

    /// <summary>The likeliest reading.</summary>
    public Part Parse() => Box().Or(NumberFirst()).Or(NumberLast()).Or(Postcode());

    private Token At(int index) => _tokens.At(index);

    private ReadOnlySpan<char> TextOf(int index) => At(index) is { Kind: not TokenKind.End } token ? _text[token.Start..token.End] : [];

    private bool IsWord(int index, string word) => At(index).Kind == TokenKind.Word && TextOf(index).Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool IsSign(int index, char sign) => At(index).Kind == TokenKind.Sign && _text[At(index).Start] == sign;

    private bool IsLine(int index) => At(index).Kind == TokenKind.Line;

    /// <summary>True when nothing stands between a token and the one before it.</summary>
    private bool IsGlued(int index) => index > 0 && At(index) is { Kind: not TokenKind.End } token && token.Start == At(index - 1).Close;

    private bool IsNumber(int index, int fewest, int most) =>
        At(index).Kind == TokenKind.Number && At(index).End - At(index).Start is var length && length >= fewest && length <= most;

    /// <summary>A word as names have them.</summary>
    private bool IsName(int index) => At(index) is { Kind: TokenKind.Word, Capital: true } word && !word.Is(WordClass.Stop);

    private bool IsUpper(int index) => At(index) is { Kind: TokenKind.Word, Capital: true } && !TextOf(index).ContainsAnyExcept(PostcodeShapes.Capital);

    private bool IsStateCode(int index) => At(index).Is(WordClass.StateCode) && !At(index).Dot && IsUpper(index);

    private bool IsYear(int index) => IsNumber(index, 4, 4) && TextOf(index)[0] is '1' or '2' && TextOf(index)[1] is '9' or '0';

    /// <summary>Where a number of a house ends that begins here: <c>12-14</c>, <c>12/3</c>, <c>12 1/2</c>, <c>12 bis</c>, <c>1-2-3</c>.</summary>
    private int AfterNumber(int index)
    {
        var i = index + 1;
        for (var parts = 0; parts < 3 && (IsSign(i, '-') || IsSign(i, '/')) && IsGlued(i) && IsGlued(i + 1) && IsHouse(i + 1); parts++)
        {
            i += 2;
        }

        if (IsNumber(i, 1, 1) && IsSign(i + 1, '/') && IsGlued(i + 1) && IsNumber(i + 2, 1, 1))
        {
            i += 3;
        }

        return i + (IsSign(i, '½') || IsWord(i, "bis") || IsWord(i, "ter") || IsWord(i, "quater") ? 1 : 0);
    }

    private bool IsHouse(int index) => At(index).Kind is TokenKind.Number or TokenKind.House || (At(index).Kind == TokenKind.Word && At(index).End - At(index).Start == 1);

    /// <summary>What stands before an address.</summary>
    private double Before(int first)
    {
        var odds = 0.0;
        var previous = At(first - 1);
        if (previous.Kind is TokenKind.End or TokenKind.Line || (previous.Kind == TokenKind.Sign && ",;:\"(|>'".Contains(_text[previous.Start])))
        {
            odds += 0.3;
        }
        else if (previous.Is(WordClass.Heading) && !previous.Is(WordClass.Unit))
        {
            odds -= 3;
        }
        else if (IsWord(first - 1, "at") || IsWord(first - 1, "to") || IsWord(first - 1, "on") || IsWord(first - 1, "from") || IsWord(first - 1, "in"))
        {
            odds += 0.5;
        }

        for (var i = first - 1; i >= 0 && i >= first - 7; i--)
        {
            if (At(i).Is(WordClass.Cue))
            {
                return odds + 1.5;
            }
        }

        return odds;
    }

    /// <summary>What stands before a house and belongs to it: <c>Flat 2,</c>, <c>Rose Cottage,</c>, <c>No.</c>.</summary>
    private int WithUnitsBefore(int first)
    {
        if (At(first - 1).Is(WordClass.NumberWord) && At(first - 1).Kind == TokenKind.Word && (At(first - 1).Dot || At(first - 1).Capital))
        {
            first--;
        }

        if (At(first - 1) is { Kind: TokenKind.Word, Capital: true } block && block.Is(WordClass.Unit) && block.End - block.Start > 1)
        {
            first--;
        }

        for (var units = 0; units < 3; units++)
        {
            var i = first - 1;
            i -= IsLine(i) ? 1 : 0;
            i -= IsSign(i, ',') ? 1 : 0;
            var value = At(i);
            if (value.Kind is TokenKind.Number or TokenKind.House or TokenKind.Mixed || (value.Kind == TokenKind.Word && value.End - value.Start == 1))
            {
                i--;
                i -= IsSign(i, '#') || At(i).Is(WordClass.NumberWord) ? 1 : 0;
                if (!At(i).Is(WordClass.Unit))
                {
                    return first;
                }
            }
            else if (i < first - 1 && value.Is(WordClass.House | WordClass.Floor) && IsName(i) && (IsName(i - 1) || At(i - 1).Kind == TokenKind.Ordinal))
            {
                i--;
                i -= IsName(i - 1) ? 1 : 0;
            }
            else
            {
                return first;
            }

            first = i;
        }

        return first;
    }
}
