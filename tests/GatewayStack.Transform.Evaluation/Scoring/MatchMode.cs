namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>When a finding counts as right, and a gold span as found.</summary>
internal enum MatchMode
{
    /// <summary>Same start, same end.</summary>
    Exact = 0,

    /// <summary>At least one character in common.</summary>
    Overlap = 1,

    /// <summary>What they share is at least nine tenths of what they cover together.</summary>
    Iou = 2,

    /// <summary>At least half of the characters of the one lie in the others, taken together.</summary>
    Cover = 3,
}
