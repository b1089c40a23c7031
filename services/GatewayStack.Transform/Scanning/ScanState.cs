using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Scanning;

/// <summary>How far a scan has come; goes on where it stood when more text arrives.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ScanState
{
    /// <summary>Gates of a single character before this position have been looked at.</summary>
    public int NextCharacter;

    /// <summary>Keywords that begin before this position have been looked at.</summary>
    public int NextKeyword;

    /// <summary>Where the next piece of a line begins.</summary>
    public int NextPiece;

    /// <summary>Where the line of that piece begins.</summary>
    public int LineStart;

    /// <summary>Encoded runs that begin before this position have been looked at.</summary>
    public int NextRun;

    /// <summary>True when the next piece of a long encoded run begins there.</summary>
    public bool GoesOn;

    /// <summary>Rows whose gates were passed before their windows were known; null where there were none.</summary>
    public PendingRows? Pending;

    /// <summary>Types that are looked for; null for all. A stream does not wait for the windows of others, and what is found of them is not to be relied on.</summary>
    public Predicate<string>? Types;

    /// <summary>Nothing that is still to be judged begins before this: what decides about it has to stay.</summary>
    public readonly int FirstOpen => Math.Min(Math.Min(NextCharacter, NextKeyword), Pending?.FirstStart ?? int.MaxValue);

    /// <summary>Moves everything when the text forgets its first characters.</summary>
    public void Shift(int count)
    {
        NextCharacter -= count;
        NextKeyword -= count;
        NextPiece -= count;
        LineStart -= count;
        NextRun -= count;
        Pending?.Shift(count);
    }
}
