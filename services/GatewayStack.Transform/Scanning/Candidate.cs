using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>What one row found: [Start, End) of the scanned text.</summary>
internal readonly record struct Candidate(int Start, int End, Recognizer Row, double Score)
{
    /// <summary>The order of the text.</summary>
    public static Comparison<Candidate> ByStart { get; } = static (one, other) => one.Start.CompareTo(other.Start);
}
