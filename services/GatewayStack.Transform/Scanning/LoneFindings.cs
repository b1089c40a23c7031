using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// What a whole text must show before a weak finding in it is believed. Who writes of somebody gives more than one thing: a finding that is all there is in a text
/// is wrong far oftener than its score says, and must be surer than one in company. The longer a text, the more chances it has to look like somebody's.
/// </summary>
/// <remarks>
/// Only whole texts are asked: a stream cannot know what is still to come, and masks what it has found. In a short text, a question with one thing in it, kinds without a bar
/// of their own are believed alone; in a longer one hardly anything that is less than sure is.
/// </remarks>
internal static class LoneFindings
{
    /// <summary>What is this sure is company for the rest of its text: log-odds of 2.</summary>
    private const double Sure = 0.88;

    /// <summary>Fifty words. In texts that were longer, and had one weak finding, that was wrong three times out of four; in shorter ones it was mostly right.</summary>
    private const int Short = 300;

    private static readonly FrozenDictionary<string, double> InShort = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [EntityTypes.Username] = Sure,
        [EntityTypes.Person] = Sure,
        [EntityTypes.Organization] = Sure,
        [EntityTypes.Location] = Sure,
        [EntityTypes.DriverLicense] = Sure,
        [EntityTypes.LicensePlate] = Sure,
        [EntityTypes.Age] = 0.82,
        [EntityTypes.Address] = 0.75,
        [EntityTypes.Phone] = 0.65,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Credentials, of which a text often has just one, and a street with a number, which any place with a number looks like.</summary>
    private static readonly FrozenDictionary<string, double> InLong = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [EntityTypes.Password] = 0.82,
        [EntityTypes.Secret] = 0.82,
        [EntityTypes.Address] = 0.9,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Takes out what is too weak to stand alone, where nothing else in the text is found and nothing is sure.</summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="found">All that was found in it.</param>
    public static void Drop(ReadOnlySpan<char> text, List<Candidate> found)
    {
        if (!IsInCompany(text, found))
        {
            var isShort = text.Length < Short;
            found.RemoveAll(c => c.Row.Marks && c.Score < BarOf(c.Row, isShort));
        }
    }

    private static bool IsInCompany(ReadOnlySpan<char> text, List<Candidate> found)
    {
        var isShort = text.Length < Short;
        Candidate first = default, other = default;
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks)
            {
                if (candidate.Score >= (BarOf(candidate.Row, isShort) is var bar and > 0 ? bar : Sure))
                {
                    return true;
                }

                first = first.Row is null || candidate.End < first.End ? candidate : first;
            }
        }

        // In a longer text only another kind is company: what is wrong once in it is so again.
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks && candidate.Row.Type != first.Row.Type)
            {
                other = other.Row is null || candidate.End < other.End ? candidate : other;
            }
        }

        // Of two that stand apart, the later one also stands apart from the one that ends first. A value that is repeated is still alone.
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks && (isShort || candidate.Row.Type != first.Row.Type ? first : other) is { Row: not null } beside && candidate.Start >= beside.End
                && !text[candidate.Start..candidate.End].Equals(text[beside.Start..beside.End], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a finding of the row must reach alone; 0 for what is believed alone, as names are that the tagger's own bars have let pass.</summary>
    private static double BarOf(Recognizer row, bool isShort) =>
        NameScanner.Owns(row) ? 0 : isShort ? InShort.GetValueOrDefault(row.Type) : InLong.GetValueOrDefault(row.Type, Sure);
}
