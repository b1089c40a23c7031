using System.Collections.Immutable;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>What a text of an answer is.</summary>
internal enum AnswerTextKind
{
    /// <summary>What the model says.</summary>
    Content,

    /// <summary>Any other text inside a message or delta: arguments, reasoning, refusals, transcripts, and what is not known.</summary>
    Other,

    /// <summary>A text that is whole by itself, outside of messages and deltas.</summary>
    Whole,
}

/// <summary>A text in the JSON of an answer or of one event of it.</summary>
/// <param name="Range">Where its literal stands, quotation marks included.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Choice">The choice it belongs to; -1 for none.</param>
/// <param name="Channel">What it is inside its choice, such as <c>tool/1</c>; empty for the content.</param>
/// <param name="Path">Where it stands inside the delta.</param>
/// <param name="Text">The text, decoded; half of a surrogate pair may stand at its ends.</param>
internal sealed record AnswerText(Range Range, AnswerTextKind Kind, int Choice, string Channel, ImmutableArray<PathStep> Path, string Text)
{
    /// <summary>Leaves the content out.</summary>
    public override string ToString() => $"{Choice}/{Channel}";
}
