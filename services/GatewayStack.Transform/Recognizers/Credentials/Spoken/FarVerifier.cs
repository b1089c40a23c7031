using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A password that is given some sentences behind the word for it: "the password comes by post. As you are in a hurry: x". Only what nothing else looks
/// like, where a sign, a verb, or a line of its own says that something is given.</summary>
internal static class FarVerifier
{
    private const double Likely = 0.7;

    /// <summary>What a value may be closed by that ends elsewhere.</summary>
    private static readonly SearchValues<char> Openers = SearchValues.Create("\"'`“„«‘”’»<");

    private const int Shortest = 8;

    /// <summary>More than what is looked at behind a value to tell where it ends.</summary>
    private const int MostBehind = 48;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out var name))
        {
            return Verdict.No;
        }

        var words = new Words(name.End);
        while (words.MoveNext(text))
        {
            var (at, end) = (words.Start, words.End);
            if (words.MayBeValue && end < text.Length && ValueReader.Read(text, at, ValueForm.Said) is { Length: >= Shortest } value)
            {
                var alone = IsLine(text, at, end);
                var written = text.Slice(value.Start, value.Length);
                if ((!words.OpensLine || text[end] is '\n' or '\r') && IsValue(written, value))
                {
                    return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
                }

                // A name of a thing may stand so as well: it must be all of the line, and the last of such lines, for a login stands above its password.
                if ((alone ? !IsFollowed(text, end) : words.IsRenewed) && (IsThoughtUp(written) || (words.IsRenewed && WordPasswords.Score(text, value, equates: false) >= 0.5)))
                {
                    return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
                }
            }
        }

        return Verdict.No;
    }

    /// <summary>At the first word that may be one.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var text = soFar.Text;
        if (!SecretName.IsKnown(text, soFar.Start, soFar.Length))
        {
            return soFar.Length;
        }

        if (!SecretName.TryRead(text, soFar.Start, soFar.Length, SecretKind.Password, out var name))
        {
            return null;
        }

        var words = new Words(name.End);
        while (words.MoveNext(text))
        {
            if (words.End == text.Length)
            {
                return words.Start - soFar.Start;
            }

            if (words.MayBeValue && (words.IsRenewed || MayBecomeValue(text, words.Start, words.End)))
            {
                return words.Start - soFar.Start;
            }
        }

        return text.Length - soFar.Start;
    }

    private static bool MayBecomeValue(ReadOnlySpan<char> text, int start, int end)
    {
        var value = ValueReader.Read(text, start, ValueForm.Said);

        // What stands in for a value behind a quote is read alone until the quote is closed.
        var isClosed = value.Quoted && (value.Start == start || text[value.Start] != '<');
        return Math.Max(end, value.Start + value.Length) + MostBehind > text.Length || (!isClosed && text[start..end].ContainsAny(Openers))
            || (value.Length >= Shortest && text.Slice(value.Start, value.Length) is var written && (IsValue(written, value) || IsThoughtUp(written)));
    }

    private static bool IsValue(ReadOnlySpan<char> written, in PossibleValue value) =>
        SentenceReader.IsStrong(written) && IsNothingElse(written) && SecretValue.Score(written, SecretKind.Password, value) >= 0.5;

    private static bool IsThoughtUp(ReadOnlySpan<char> written) => ThoughtUp.Is(written) && IsNothingElse(written);

    /// <summary>True when a token is all that its line has, a mark of quotation or of a list before it apart.</summary>
    private static bool IsLine(ReadOnlySpan<char> text, int start, int end)
    {
        if (end < text.Length && text[end] is not ('\n' or '\r'))
        {
            return false;
        }

        var line = text[..start];
        line = line[(line.LastIndexOf('\n') + 1)..].TrimStart(" \t");
        return line.TrimEnd(" \t") is [] or ['>'] or ['-'] or ['*'] or ['•'] && text[..start].Contains('\n');
    }

    /// <summary>True when the next line is such a token too.</summary>
    private static bool IsFollowed(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n' or ' ')
        {
            at++;
        }

        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end > at && IsLine(text, at, end) && ThoughtUp.Is(text[at..end].TrimEnd(".,"));
    }

    /// <summary>No identifier, no name of a file, a host or a setting.</summary>
    private static bool IsNothingElse(ReadOnlySpan<char> value) =>
        value.ContainsAnyExcept(Alphabets.HexDash) && !value.ContainsAny('@', ':', ',') && !value.Contains('.') && !value.Contains("://", StringComparison.Ordinal)
        && !value.Contains('_') | new ValueShape(value).Uppers > 0;

    /// <summary>The words behind a name, and whether what stands before one says that it is given.</summary>
    /// <param name="from">Where they begin.</param>
    private struct Words(int from)
    {
        private bool _isGiven;

        /// <summary>Where the word begins.</summary>
        public int Start { get; private set; } = from;

        /// <summary>Where it ends.</summary>
        public int End { get; private set; } = from;

        /// <summary>True where it is the first of its line.</summary>
        public bool OpensLine { get; private set; }

        /// <summary>True behind a sign, a verb or a line's end.</summary>
        public readonly bool MayBeValue => _isGiven || OpensLine;

        /// <summary>True behind a word that something new follows.</summary>
        public bool IsRenewed { get; private set; }

        public bool MoveNext(ReadOnlySpan<char> text)
        {
            if (End > Start)
            {
                var word = text[Start..End];
                IsRenewed = SpokenWords.Renews(word.TrimEnd(":"));
                _isGiven = text[End - 1] is ':' or '→' || (SpokenWords.IsVerb(word, out _) && SpokenWords.Equates(word)) || IsRenewed;
            }

            Start = End;
            while (Start < text.Length && char.IsWhiteSpace(text[Start]))
            {
                _isGiven |= text[Start] == '\n';
                Start++;
            }

            End = Start;
            while (End < text.Length && !char.IsWhiteSpace(text[End]))
            {
                End++;
            }

            OpensLine = Start > 0 && text[Start - 1] == '\n';
            return End > Start;
        }
    }
}
