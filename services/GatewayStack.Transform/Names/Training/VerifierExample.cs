namespace GatewayStack.Transform.Names.Training;

/// <summary>A candidate to learn from.</summary>
/// <param name="Row">The evidence.</param>
/// <param name="IsName">True when it meets a name.</param>
/// <param name="Source">Where its text comes from.</param>
/// <param name="Text">The number of its text: candidates of a text are never on both sides of a split.</param>
/// <param name="Unit">Where its unit begins; -1 where it was judged at the end of the text, like all of them.</param>
/// <param name="Weight">How much it counts; 0 where nobody knows what it is.</param>
internal sealed record VerifierExample(float[] Row, bool IsName, string Source, int Text, int Unit, float Weight);
