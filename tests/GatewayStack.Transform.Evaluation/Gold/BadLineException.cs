namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>A line of a file that is not what it must be.</summary>
/// <param name="line">Its number, from 1.</param>
/// <param name="problem">What is wrong with it; never its content.</param>
internal sealed class BadLineException(long line, string problem) : Exception($"line {line}: {problem}")
{
    /// <summary>Its number, from 1.</summary>
    public long Line { get; } = line;
}
