using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// What a whole text must show before a weak finding in it is believed. Who writes of somebody gives more than one thing: a finding that is all there is in a text
/// is wrong far oftener than its score says, and must be surer than one in company.
/// </summary>
/// <remarks>
/// Only whole texts are asked: a stream cannot know what is still to come, and masks what it has found. Kinds without a bar of their own are believed alone: what a
/// check digit or a vendor's form speaks for, papers and health numbers beside their word, addresses of machines, and credentials, of which a text often has just one.
/// </remarks>
internal static class LoneFindings
{
    /// <summary>What is this sure is company for the rest of its text: log-odds of 2.</summary>
    private const double Sure = 0.88;

    private static readonly FrozenDictionary<string, double> Bars = new Dictionary<string, double>(StringComparer.Ordinal)
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

    /// <summary>Takes out what is too weak to stand alone, where nothing else in the text is found and nothing is sure.</summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="found">All that was found in it.</param>
    public static void Drop(ReadOnlySpan<char> text, List<Candidate> found)
    {
        if (!IsInCompany(text, found))
        {
            found.RemoveAll(static c => c.Row.Marks && c.Score < BarOf(c.Row));
        }
    }

    private static bool IsInCompany(ReadOnlySpan<char> text, List<Candidate> found)
    {
        var first = default(Candidate);
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks)
            {
                if (candidate.Score >= (BarOf(candidate.Row) is var bar and > 0 ? bar : Sure))
                {
                    return true;
                }

                first = first.Row is null || candidate.End < first.End ? candidate : first;
            }
        }

        // Of two that stand apart, the later one also stands apart from the one that ends first. A value that is repeated is still alone.
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks && candidate.Start >= first.End
                && !text[candidate.Start..candidate.End].Equals(text[first.Start..first.End], StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a finding of the row must reach alone; 0 for what is believed alone, as names are that the tagger's own bars have let pass.</summary>
    private static double BarOf(Recognizer row) => NameScanner.Owns(row) ? 0 : Bars.GetValueOrDefault(row.Type);
}
