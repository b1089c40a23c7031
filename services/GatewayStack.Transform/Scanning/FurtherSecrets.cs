using System.Buffers;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Passwords that only the company of another gives away: who hands over one hands over two, and says of the second no more than what it is for. It must be written as
/// few other things are, and stand as values do that are given.
/// </summary>
/// <remarks>Only whole texts are asked, as of lone findings: a stream cannot know what is still to come.</remarks>
internal static class FurtherSecrets
{
    /// <summary>What is this sure is company.</summary>
    private const double Sure = 0.8;
    private const double Likely = 0.7;
    private const int Shortest = 6;
    private const int Reach = 200;
    private static readonly Recognizer Row = new() { Name = "secret-in-company", Type = EntityTypes.Password, Gate = Gate.Line, Score = Likely };
    private const double LeastWritten = 0.05;
    private const double Bar = 1.0;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\u00A0");

    /// <summary>Adds them to what was found.</summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="found">All that was found in it.</param>
    public static void Add(ReadOnlySpan<char> text, List<Candidate> found)
    {
        if (!found.Exists(static c => c.Score >= Sure && c.Row.Type is EntityTypes.Password or EntityTypes.Secret))
        {
            return;
        }

        CoveredParts? covered = null;
        for (var at = 0; at < text.Length; at++)
        {
            var length = text[at..].IndexOfAny(Blanks);
            var (start, end) = (at, length < 0 ? text.Length : at + length);
            at = end;
            if (end - start < Shortest || !TopicVerifier.Bounds(text, ref start, ref end) || TopicVerifier.Written(text[start..end]) is var written && written < LeastWritten)
            {
                continue;
            }

            // A line may be as long as the text: no more of it is read than this.
            var from = Math.Max(0, start - Reach);
            var around = text[from..Math.Min(text.Length, end + Reach)];
            if (IsSecret(around, start - from, end - from, written) && !(covered ??= new CoveredParts(found)).Meet(start, end))
            {
                found.Add(new Candidate(start, end, Row, Likely));
            }
        }
    }

    private static bool IsSecret(ReadOnlySpan<char> text, int start, int end, double written) =>
        !IsFirstOfSeveral(text, start, end) && !IsSection(text, start, end) && !IsNumbered(text[start..end]) && TopicContext.HowGiven(text, start) is > 0 and var given
        && written + given + TopicVerifier.Behind(text, end) >= Bar && !TopicVerifier.IsCodeLine(text, start, end) && !Examples.Precede(text, start) && !Examples.Follow(text, end);

    /// <summary>What a line begins with names what the line is about.</summary>
    private static bool IsFirstOfSeveral(ReadOnlySpan<char> text, int start, int end)
    {
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start].TrimStart(" \t-*•>#\"'(");
        return (line.IsEmpty && end < text.Length && text[end] is not ('\n' or '\r')) || (line is "using " or "import " or "package " or "from ");
    }

    /// <summary>The head of a section of settings: <c>[auth-201]</c>.</summary>
    private static bool IsSection(ReadOnlySpan<char> text, int start, int end) =>
        start > 0 && text[start - 1] == '[' && (start == 1 || text[start - 2] is '\n' or '\r') && end < text.Length && text[end] == ']'
            && (end + 1 == text.Length || text[end + 1] is '\n' or '\r');

    /// <summary>Small letters, a dash and a short number count machines: <c>bastion-2</c>.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> value) =>
        value.LastIndexOf('-') is > 0 and var dash && value.Length - dash <= 3 && !value[(dash + 1)..].ContainsAnyExcept(Alphabets.Digit)
            && !value[..dash].ContainsAnyExceptInRange('a', 'z');
}
