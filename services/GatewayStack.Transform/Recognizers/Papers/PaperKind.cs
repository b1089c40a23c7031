using System.Buffers;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>A kind of number that a paper, a card or a bank gives somebody.</summary>
internal sealed record PaperKind
{
    /// <summary>Names its rows.</summary>
    public required string Name { get; init; }

    /// <summary>Type of what is found.</summary>
    public required string Type { get; init; }

    /// <summary>What the paper is called.</summary>
    public required string[] Words { get; init; }

    /// <summary>Cues that say the same, which do not take a value away from it.</summary>
    public required CueSet Own { get; init; }

    /// <summary>What must stand somewhere near where its words alone say too little; null asks for nothing.</summary>
    public SearchValues<string>? Topic { get; init; }

    /// <summary>What, near its words, says that they speak of a thing's paper; null asks for nothing.</summary>
    public SearchValues<string>? OfThings { get; init; }

    /// <summary>What is taken off a score: below one where the words are those of other numbers, too.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Fewest digits of a number without letters.</summary>
    public int FewestDigits { get; init; } = 6;

    /// <summary>True where letters belong to every such number.</summary>
    public bool NeedsLetters { get; init; }

    /// <summary>True where a number never has letters.</summary>
    public bool HasNoLetters { get; init; }

    /// <summary>The longest number, without blanks and marks.</summary>
    public int Longest { get; init; } = 20;

    /// <summary>True where a sentence may name the paper and, behind a comma, the number of each person: not where its words alone say too little.</summary>
    public bool MayBeListed { get; init; }

    /// <summary>What a number in one piece must pass; null when there is no such rule.</summary>
    public Codes.CodeCheck? Check { get; init; }

    /// <summary>True where nothing but what links may stand between the word and the value.</summary>
    public bool IsDirect { get; init; }

    /// <summary>True where only a value directly behind the word, a mark between both, counts.</summary>
    public bool IsBeside { get; init; }
}
