using System.Buffers;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Handles;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Accounts that only the rest of a text gives away: the name of one that was found elsewhere in it, and a word that is made of the name of somebody in it
/// (<c>obrandv</c> beside Ole Brandvold). No word need announce them.
/// </summary>
/// <remarks>Only whole texts are asked, as of lone findings: a stream cannot know what is still to come.</remarks>
internal static class FurtherAccounts
{
    private const double Likely = 0.8;
    private const int Shortest = 4;
    private const int Longest = 32;
    private const int MostNames = 64;

    private static readonly Recognizer Repeated = new() { Name = "account-again", Type = EntityTypes.Username, Gate = Gate.Line, Score = Likely };
    private static readonly Recognizer OfPerson = new() { Name = "account-of-a-person", Type = EntityTypes.Username, Gate = Gate.Line, Score = Likely };

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> Marks = SearchValues.Create("_.-|0123456789");
    private static readonly SearchValues<char> Small = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    /// <summary>Adds them to what was found.</summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="found">All that was found in it.</param>
    /// <param name="cancellationToken">Ends a long search.</param>
    public static void Add(ReadOnlySpan<char> text, List<Candidate> found, CancellationToken cancellationToken)
    {
        var known = found.Count;
        Persons? persons = null;
        HashSet<string>? accounts = null;
        for (var i = 0; i < known; i++)
        {
            var candidate = found[i];
            if (candidate.Row.Type == EntityTypes.Person && (persons ??= new Persons()).Count < MostNames)
            {
                persons.Add(text[candidate.Start..candidate.End]);
            }
            else if (candidate.Row.Type == EntityTypes.Username && (accounts ??= []).Count < MostNames)
            {
                accounts.Add(text[candidate.Start..candidate.End].Trim("@\"'<>").ToString());
            }
        }

        if (persons is null && accounts is null)
        {
            return;
        }

        CoveredParts? covered = null;
        foreach (var account in accounts ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddAgain(text, account, found, ref covered);
        }

        if (persons is not null)
        {
            AddPersons(text, persons, found, ref covered, cancellationToken);
        }
    }

    private static void AddAgain(ReadOnlySpan<char> text, string account, List<Candidate> found, ref CoveredParts? covered)
    {
        if (account.Length is < Shortest or > Longest || !char.IsLetter(account[0]) || account[^1] is '.' or '-')
        {
            return;
        }

        var isWord = !account.AsSpan().ContainsAny(Marks) && !account.AsSpan(1).ContainsAnyInRange('A', 'Z') && !LoginShape.BeginsAsNoWord(account);
        for (var from = 0; from < text.Length && text[from..].IndexOf(account, StringComparison.Ordinal) is >= 0 and var at; from += at + account.Length)
        {
            var (start, end) = (from + at, from + at + account.Length);
            if (IsWhole(text, start, end) && (!isWord || IsNoWordThere(text, start, end)) && !IsCovered(found, start, end, ref covered))
            {
                found.Add(new Candidate(start, end, Repeated, Likely));
            }
        }
    }

    private static void AddPersons(ReadOnlySpan<char> text, Persons persons, List<Candidate> found, ref CoveredParts? covered, CancellationToken cancellationToken)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at..].IndexOfAny(Small) is not (>= 0 and var next))
            {
                return;
            }

            at += next;
            var length = text[at..].IndexOfAnyExcept(Letters);
            var end = length < 0 ? text.Length : at + length;
            var start = at;
            at = end;
            end = start + text[start..end].TrimEnd("._-").Length;
            if (end - start is < Shortest or > Longest || !persons.MayBegin(text[start]) || !IsWhole(text, start, end))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (persons.Make(text[start..end]) && !IsCovered(found, start, end, ref covered))
            {
                found.Add(new Candidate(start, end, OfPerson, Likely));
            }
        }
    }

    /// <summary>No part of a longer word, an address or a path.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end)
    {
        var (before, after) = (start > 0 ? text[start - 1] : ' ', end < text.Length ? text[end] : ' ');
        return !(char.IsLetterOrDigit(before) || before is '_' or '.' or '-' or '/' or '\\') && !(char.IsLetterOrDigit(after) || after is '_' or '-' or '/')
            && !(after == '.' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]))
            && !(after == '@' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1]) && before != '[' && !(start == 0 || before == '\n'));
    }

    /// <summary>Between signs, or before a colon where a line begins: in a sentence a word is one.</summary>
    private static bool IsNoWordThere(ReadOnlySpan<char> text, int start, int end)
    {
        var (before, after) = (start > 0 ? text[start - 1] : '\n', end < text.Length ? text[end] : '\n');
        return before is '=' or '@' or '<' or '[' or '"' or '\'' or '`' || (before == '(' && after == ')') || after is '@'
            || (before == '\n' && (after is ':' or '>' or '|' or '»' || text[end..].StartsWith(" |") || text[end..].StartsWith(" »") || text[end..].StartsWith("  ")));
    }

    private static bool IsCovered(List<Candidate> found, int start, int end, ref CoveredParts? covered) => (covered ??= new CoveredParts(found)).Meet(start, end);
}
