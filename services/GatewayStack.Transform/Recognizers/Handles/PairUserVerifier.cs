using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The account of a pair whose other half is a secret: <c>bmsnight / Chiller2!Chiller2!</c>.</summary>
internal static class PairUserVerifier
{
    /// <summary>What such accounts are written with.</summary>
    public static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    private const double Likely = 0.8;

    /// <summary>What looks like a password and like nothing else, to the end of its clause.</summary>
    private static bool IsSecret(ReadOnlySpan<char> text, int at)
    {
        var value = ValueReader.Read(text, at, ValueForm.Mentioned);
        var written = text.Slice(value.Start, value.Length);
        return text[at - 2] == '/' && value is { Length: > 8, Continues: false } && SentenceReader.IsStrong(written) && new ValueShape(written) is { Lowers: > 0 } shape
            && shape.Symbols > shape.Joiners;
    }

    /// <summary>At the account, the sign or the word behind it.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var length = text[match.Start..].IndexOf(' ');
        if (length < 3 || NoNames.IsWord(text.Slice(match.Start, length)) || !char.IsAsciiLetterLower(text[match.Start]) || match.At(-1) is '/' or '\\' or '.' or '@' or '-' or ':')
        {
            return Verdict.No;
        }

        var sign = new Match(match.Whole, match.Origin..(match.Origin + text.Length), match.Start + length, match.Length, match.Truncated);
        return PairListVerifier.Verify(sign).Length > 0 || (match.Length == 3 && IsSecret(text, match.Start + length + 3))
            || (text[match.Start + length + 1] == '/' && LoginPhraseVerifier.Verify(sign).Length > 0) ? new Verdict(length, Likely) : Verdict.No;
    }
}
