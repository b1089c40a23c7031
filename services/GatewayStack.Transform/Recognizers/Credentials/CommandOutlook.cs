using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Where the secret of a command or of a pair may still begin: the signs that stand before it are few, and so is what may stand before them.</summary>
internal static class CommandOutlook
{
    /// <summary>The longest word of such a row, and what its pattern lets stand between it and the sign.</summary>
    private const int ToQuote = 27;
    private const int ToBracket = 20;
    private const int MostWords = 9;
    private const int MostBlanks = 3;

    private static readonly SearchValues<char> Stops = SearchValues.Create("\"'\r\n;{}");
    private static readonly SearchValues<char> OfCalls = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_=");
    private static readonly SearchValues<char> Signs = SearchValues.Create("/|:=");

    /// <summary>In quotes, close behind the word: <c>userpwd = "..."</c>.</summary>
    public static int? Quoted(in Match soFar, int known)
    {
        var text = soFar.Text[soFar.Start..];
        var at = text.IndexOfAny(Stops);
        return at < 0 ? (text.Length > ToQuote ? null : text.Length) : at > ToQuote || text[at] is not ('"' or '\'') ? null : at + 1;
    }

    /// <summary>Behind a digit: <c>password 7 ...</c>.</summary>
    public static int? Digit(in Match soFar, int known) => soFar.Start + soFar.Length < soFar.Text.Length && !char.IsAsciiDigit(soFar.At(soFar.Length)) ? null : soFar.Length;

    /// <summary>Behind a bracket and a quote: <c>login("...", "..."</c>.</summary>
    public static int? Call(in Match soFar, int known)
    {
        var text = soFar.Text[soFar.Start..];
        var at = soFar.Length;
        while (at < text.Length && (OfCalls.Contains(text[at]) || char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        if (at > ToBracket || at == text.Length)
        {
            return at > ToBracket ? null : at;
        }

        if (text[at] is not ('(' or '[' or '{'))
        {
            return null;
        }

        at++;
        at += at < text.Length && char.IsWhiteSpace(text[at]) ? 1 : 0;
        at += at < text.Length && text[at] is 'r' or 'b' or 'u' or 'f' ? 1 : 0;
        return at < text.Length && text[at] is not ('"' or '\'') ? null : at;
    }

    /// <summary>Behind a user and a sign: <c>creds for the box jdoe / ...</c>.</summary>
    public static int? Pair(in Match soFar, int known)
    {
        var text = soFar.Text[soFar.Start..];

        // The word itself goes on.
        var at = soFar.Length;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !Signs.Contains(text[at]))
        {
            at++;
        }

        var isWord = true;
        for (var words = 0; words <= MostWords; words++)
        {
            var start = at;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length || text[at] == '-' || Signs.Contains(text[at]))
            {
                return at;
            }

            if (at - start > MostBlanks || (!isWord && words > 0))
            {
                return null;
            }

            isWord = true;
            for (; at < text.Length && !char.IsWhiteSpace(text[at]) && !Signs.Contains(text[at]); at++)
            {
                isWord &= char.IsLetter(text[at]);
                if (!char.IsLetterOrDigit(text[at]) && text[at] is not ('_' or '.' or '@' or '-' or '"' or '\'' or '`'))
                {
                    return null;
                }
            }
        }

        return null;
    }
}
