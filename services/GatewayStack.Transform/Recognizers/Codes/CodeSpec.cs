using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>Tells whether the letters (as capitals) and digits of a code can be one. Pure.</summary>
internal delegate bool CodeCheck(ReadOnlySpan<char> code);

/// <summary>One way of writing a code.</summary>
/// <param name="Text"><c>9</c> is a digit, <c>A</c> a letter, <c>X</c> either, <c>{2,4}</c> repeats what stands before it, <c>~</c> stands for a blank
/// or a dash, the same throughout; every other character is itself.</param>
/// <param name="Odds">Log-odds that what is written so, and passes the check, is such a code when no word beside it says anything.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CodeMask(string Text, double Odds);

/// <summary>How a kind of code is written, checked and scored: all that makes one country's number differ from another's.</summary>
internal sealed record CodeSpec
{
    /// <summary>The ways of writing it.</summary>
    public required ImmutableArray<CodeMask> Masks { get; init; }

    /// <summary>What it must pass; null when there is no such rule.</summary>
    public CodeCheck? Check { get; init; }

    /// <summary>Kinds of the words that speak for it.</summary>
    public required CueSet Cues { get; init; }

    /// <summary>True when it is nothing unless one of those words stands beside it.</summary>
    public bool NeedsCue { get; init; }
}
