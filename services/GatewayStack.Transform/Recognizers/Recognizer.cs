using System.Buffers;
using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers.Codes;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers;

/// <summary>What makes the scanner look at a place.</summary>
internal enum Gate
{
    /// <summary>The first digit of a group.</summary>
    Digit,

    /// <summary>An at sign.</summary>
    At,

    /// <summary>A colon.</summary>
    Colon,

    /// <summary>One of the row's keywords, where a word begins.</summary>
    Keyword,

    /// <summary>The first digit of a token that is written as one of the row's masks (<see cref="Codes.CodeAutomaton"/>).</summary>
    Code,

    /// <summary>Nothing: the pattern is applied to every line, in pieces (<see cref="Scanning.Pieces"/>).</summary>
    Line,
}

/// <summary>
/// One row of the table. A row is tried only where its gate opens, on the window from there to the end of what its alphabet allows: the cost of
/// a text is that of its gates, whatever the table grows to.
/// </summary>
internal sealed record Recognizer
{
    /// <summary>Names the row; for operators and tests.</summary>
    public required string Name { get; init; }

    /// <summary>Type of what it finds.</summary>
    public required string Type { get; init; }

    /// <summary>What opens the row.</summary>
    public required Gate Gate { get; init; }

    /// <summary>The keywords of <see cref="Gate.Keyword"/>, compared without case. They count where a word begins; one that begins with a mark counts
    /// anywhere.</summary>
    public string[] Keywords { get; init; } = [];

    /// <summary>True when keywords also count inside words: at a hump (<c>dbPassword</c>), and in scripts without blanks.</summary>
    public bool InsideWords { get; init; }

    /// <summary>The shape, anchored with <c>\A</c> except behind <see cref="Gate.Line"/>. Null when the gate is all there is.</summary>
    public LinearPattern? Pattern { get; init; }

    /// <summary>What <see cref="Pattern"/> says, read by hand, where that is simple; null asks the pattern at once.</summary>
    public Shape? Shape { get; init; }

    /// <summary>How the codes of <see cref="Gate.Code"/> are written, checked and scored.</summary>
    public CodeSpec? Code { get; init; }

    /// <summary>Characters that may stand in a match behind its gate: the window ends before the first other one.</summary>
    public SearchValues<char> Body { get; init; } = Alphabets.None;

    /// <summary>At most so many units of a match behind its gate.</summary>
    public int MaxLength { get; init; }

    /// <summary>A shorter window is not looked at.</summary>
    public int MinLength { get; init; }

    /// <summary>Characters that a match may begin with before its gate; never a blank.</summary>
    public SearchValues<char>? Lead { get; init; }

    /// <summary>At most so many of them, up to <see cref="Scanning.Scanner.MaxLead"/>.</summary>
    public int MaxLead { get; init; }

    /// <summary>At least so many of them.</summary>
    public int MinLead { get; init; }

    /// <summary>Other characters than letters and digits that must not stand directly before a match.</summary>
    public string NotAfter { get; init; } = string.Empty;

    /// <summary>So many units before the match are shown to <see cref="Verify"/>; up to <see cref="Scanning.Scanner.LeftContext"/>.</summary>
    public int Before { get; init; } = 64;

    /// <summary>So many units after the window are shown to <see cref="Verify"/>, at least one. A stream waits for them where the pattern matches.</summary>
    public int After { get; init; } = 1;

    /// <summary>True when nothing behind the line's end is shown, so that a stream does not wait for it.</summary>
    public bool SameLine { get; init; }

    /// <summary>At most so many units before the match may a verdict begin (a negative <see cref="Verdict.Offset"/>). Every stream holds the most that any
    /// row asks for: keep it small, or say with <see cref="Reach"/> what is worth holding.</summary>
    public int Back { get; init; }

    /// <summary>True when <see cref="Back"/> reaches no further than the word before the gate, behind a blank: a stream then holds that word alone.</summary>
    public bool LeadWord { get; init; }

    /// <summary>Finds where a verdict of a gate that is still to come may begin; null when that is always <see cref="Back"/> units before it.</summary>
    public Reach? Reach { get; init; }

    /// <summary>True where the gate is a word of its own for the verifier: nothing waits for the window of one that goes on in a small letter or a digit.</summary>
    public bool WholeWord { get; init; }

    /// <summary>A first look at the gate's surroundings, before anything waits for the window; null looks at nothing.</summary>
    public Glance? Glance { get; init; }

    /// <summary>A first look that several rows share, in place of <see cref="Glance"/>: it says what stands there, and is taken once.</summary>
    public Survey? Survey { get; init; }

    /// <summary>What <see cref="Survey"/> must see one of, a bit each.</summary>
    public int Needs { get; init; }

    /// <summary>Says where a verdict may begin of which the window is still to come, so that a stream lets go of what stands before, and does
    /// not wait where nothing can come any more. Null holds everything from the gate on until the window is known.</summary>
    public Outlook? Outlook { get; init; }

    /// <summary>Judges what the pattern matched; null accepts it with <see cref="Score"/>.</summary>
    public Verifier? Verify { get; init; }

    /// <summary>Words of which one must stand before a match; null asks for none.</summary>
    public ContextWords? Context { get; init; }

    /// <summary>Confidence of a match, 0 to 1, where <see cref="Verify"/> gives no other. What stays below a half is no finding.</summary>
    public required double Score { get; init; }

    /// <summary>A label that a match gives to the request.</summary>
    public string? Label { get; init; }

    /// <summary>False when a match only labels: it is no finding, and nothing is redacted.</summary>
    public bool Marks { get; init; } = true;
}

/// <summary>What a verifier says.</summary>
/// <param name="Length">How much stands (0: nothing).</param>
/// <param name="Score">How sure it is, 0 to 1.</param>
/// <param name="Offset">Where it begins, from the match's start. Behind it where the match opens with a keyword that is not part of the finding; before
/// it by at most the row's <see cref="Recognizer.Back"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Verdict(int Length, double Score, int Offset = 0)
{
    /// <summary>Not a match.</summary>
    public static Verdict No => default;
}

/// <summary>A match in its surroundings.</summary>
/// <remarks><see cref="Text"/> holds the row's <see cref="Recognizer.Before"/> units before the match and its <see cref="Recognizer.After"/> units after
/// its window, so that a verdict can depend on nothing else: that is what makes a stream and a whole text give the same result.</remarks>
internal readonly ref struct Match
{
    /// <summary>A match.</summary>
    /// <param name="whole">The text it stands in, for what is known of that; nothing outside the surroundings may be looked at.</param>
    /// <param name="surroundings">Where the surroundings stand in it.</param>
    /// <param name="start">Where the match begins in them.</param>
    /// <param name="length">Its length.</param>
    /// <param name="truncated">True when its window is full.</param>
    public Match(scoped in ScannedText whole, Range surroundings, int start, int length, bool truncated)
    {
        Whole = whole;
        Text = whole.Units[surroundings];
        Origin = surroundings.Start.Value;
        Start = start;
        Length = length;
        Truncated = truncated;
    }

    /// <summary>The text that the surroundings are part of.</summary>
    public ScannedText Whole { get; }

    /// <summary>Where they begin in it.</summary>
    public int Origin { get; }

    /// <summary>The surroundings.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Where the match begins in them.</summary>
    public int Start { get; }

    /// <summary>Its length.</summary>
    public int Length { get; }

    /// <summary>True when the window ends because it is full, not because the alphabet does.</summary>
    public bool Truncated { get; }

    /// <summary>The match without its first units.</summary>
    public Match From(int offset) => new(Whole, Origin..(Origin + Text.Length), Start + offset, Length - offset, Truncated);

    /// <summary>The same match up to a length.</summary>
    public Match UpTo(int length) => new(Whole, Origin..(Origin + Text.Length), Start, length, Truncated);

    /// <summary>The matched text.</summary>
    public ReadOnlySpan<char> Value => Text.Slice(Start, Length);

    /// <summary>The unit at an offset from the match's start; NUL outside the surroundings.</summary>
    public char At(int offset) => (uint)(Start + offset) < (uint)Text.Length ? Text[Start + offset] : '\0';
}

/// <summary>Judges a match. Pure and safe for concurrent use.</summary>
internal delegate Verdict Verifier(in Match match);

/// <summary>How long the match is that a window begins with: 0 for none, <see cref="Shapes.Unsaid"/> where the pattern has to be asked. Pure.</summary>
internal delegate int Shape(ReadOnlySpan<char> window);

/// <summary>Says whether a row is worth its window. It may look at the <see cref="Scanning.Scanner.GlanceBehind"/> units before the gate and at the
/// <see cref="Scanning.Scanner.GlanceAhead"/> units from its beginning on, which is what it is given. Pure and safe for concurrent use.</summary>
/// <param name="surroundings">Those units.</param>
/// <param name="gate">Where the gate begins in them.</param>
/// <param name="gateLength">How long it is.</param>
internal delegate bool Glance(ReadOnlySpan<char> surroundings, int gate, int gateLength);

/// <summary>Says what stands at a gate, a bit for each of the things that its rows need. It looks at the same units as a <see cref="Glance"/>. Pure and safe for
/// concurrent use.</summary>
/// <param name="surroundings">Those units.</param>
/// <param name="gate">Where the gate begins in them.</param>
internal delegate int Survey(ReadOnlySpan<char> surroundings, int gate);

/// <summary>Finds, in the row's <see cref="Recognizer.Back"/> units at the end of what is known, where a verdict may begin whose gate is still to come.
/// The answer never moves back as the text grows. Pure and safe for concurrent use.</summary>
/// <param name="known">Those units; a word at their end is complete.</param>
internal delegate int Reach(ReadOnlySpan<char> known);

/// <summary>Says, of a match whose window is not known to its end, where a verdict begins at the earliest whatever follows: an offset from the match's start. Null when
/// <see cref="Recognizer.Verify"/> says already what it will say of every text that goes on like this. Pure and safe for concurrent use.</summary>
/// <param name="soFar">The gate, with as much of its surroundings as is known.</param>
/// <param name="known">What was said of a shorter text, 0 at first: nothing before it need be looked at for a beginning.</param>
internal delegate int? Outlook(in Match soFar, int known);
