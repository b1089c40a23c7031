using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names;

/// <summary>What was learned: of the tagger rows of weights addressed by hashed features and weights of label pairs; the lists; and the verifier.</summary>
/// <param name="Lexicon">The lists.</param>
/// <param name="Bits">There are two to the power of this many rows.</param>
/// <param name="Weights">Rows of <see cref="NameLabels.Stride"/> weights.</param>
/// <param name="Transitions">The weight of each label after each other: previous * stride + next.</param>
/// <param name="Context">Words that tell of their neighbours.</param>
/// <param name="Forms">Tells names from words by their letters.</param>
/// <param name="FirstRound">Judges what the tagger found, each by itself.</param>
/// <param name="SecondRound">Judges it by what the first round says of all the candidates of the text.</param>
internal sealed record NameModel(
    NameLexicon Lexicon, int Bits, sbyte[] Weights, short[] Transitions, ContextLexicon Context, WordForms Forms, TreeEnsemble FirstRound, TreeEnsemble SecondRound)
{
    /// <summary>What it was learned from.</summary>
    public NameOrigin Origin { get; init; } = NameOrigin.Unknown;
}
