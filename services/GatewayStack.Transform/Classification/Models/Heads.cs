using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>What a head scores at a time.</summary>
internal enum HeadUnit
{
    /// <summary>Every piece by itself and every run of pieces of about <see cref="TextWindows.Length"/> units; the highest counts.</summary>
    Window,

    /// <summary>Every piece by itself; the highest counts.</summary>
    Piece,

    /// <summary>
    /// Every window as above, and the text as a whole; the mean of the highest and the whole counts, on the scale of scores. What a text is about shows in most of it, so
    /// a line that sounds like it counts half, and no rule for long texts is needed.
    /// </summary>
    Text,
}

/// <summary>One yes-or-no question about a text.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Setting">Its name in the settings, <c>Transform:Models:{Setting}:Path</c>.</param>
/// <param name="Unit">What it scores at a time.</param>
/// <param name="Odds">How much a yes counts against a no at most when its curve is fitted: what is lost by one that is missed, against one that is given wrongly.</param>
/// <param name="MostFalse">A yes counts less where else more than this share of the documents of work by authors never seen would be found wrongly.</param>
internal sealed record Head(string Name, string Setting, HeadUnit Unit, float Odds, double MostFalse)
{
    /// <summary>Name of its model of record.</summary>
    public string File => Name.Replace('_', '-') + ".zip";

    /// <summary>The probability for a text of so many pieces: where one place decides, the odds fall with their number.</summary>
    public double OfText(double probability, int pieces) => Calibration.OfText(Unit, probability, pieces);
}

/// <summary>The heads, in the order of their columns.</summary>
internal static class Heads
{
    public const string Override = ContentLabels.PromptInjection;
    public const string DataRequest = ContentLabels.DataRequest;
    public const string Financial = ContentLabels.Financial;
    public const string Medical = ContentLabels.Medical;
    public const string Legal = ContentLabels.Legal;
    public const string SourceCode = ContentLabels.SourceCode;
    public const string Hr = ContentLabels.Hr;
    public const string Minors = ContentLabels.Minors;
    public const string Harmful = ContentLabels.Harmful;
    public const string General = ContentLabels.General;

    /// <summary>Name of the topics' model of record.</summary>
    public const string TopicsFile = "topics.zip";

    public static readonly ImmutableArray<Head> All =
    [
        new(Override, nameof(ModelOptions.Injection), HeadUnit.Window, 1.4f, 0.008),
        new(DataRequest, nameof(ModelOptions.DataRequest), HeadUnit.Piece, 1.5f, 0.008),
        new(Financial, nameof(ModelOptions.Financial), HeadUnit.Text, 3f, 0.04),
        new(Medical, nameof(ModelOptions.Medical), HeadUnit.Text, 3f, 0.025),
        new(Legal, nameof(ModelOptions.Legal), HeadUnit.Text, 3f, 0.025),
        new(SourceCode, nameof(ModelOptions.SourceCode), HeadUnit.Text, 3f, 0.025),
        new(Hr, nameof(ModelOptions.Hr), HeadUnit.Text, 3f, 0.025),
        new(Minors, nameof(ModelOptions.Minors), HeadUnit.Text, 3f, 0.025),
        new(Harmful, nameof(ModelOptions.Harmful), HeadUnit.Window, 1.2f, 0.01),
    ];

    /// <summary>What a text as a whole can be about: one of these, by one model with as many classes.</summary>
    public static readonly ImmutableArray<string> Topics = ContentLabels.Topics;

    /// <summary>How many scores a window has.</summary>
    public static int Columns => All.Length + Topics.Length;

    /// <summary>The column of a head.</summary>
    public static int ColumnOf(string name)
    {
        for (var i = 0; i < All.Length; i++)
        {
            if (All[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
