using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>How rows of codes are made.</summary>
internal static class CodeRows
{
    /// <summary>A row whose name is its type's, in small letters with dashes.</summary>
    public static Recognizer Row(string type, CueSet cues, CodeCheck? check, params ReadOnlySpan<(string Mask, double Odds)> masks)
    {
        var list = new List<CodeMask>(masks.Length);
        foreach (var (mask, odds) in masks)
        {
            list.Add(new CodeMask(mask, odds));
        }

        return new Recognizer
        {
            Name = type.ToLowerInvariant().Replace('_', '-'),
            Type = type,
            Gate = Gate.Code,
            Score = 0,
            Code = new CodeSpec { Masks = [.. list], Check = check, Cues = cues },
        };
    }

    /// <summary>The row under another name: a second way of being the same type.</summary>
    public static Recognizer Named(this Recognizer row, string name) => row with { Name = name };

    /// <summary>The row, which finds nothing without a word beside it.</summary>
    public static Recognizer InContext(this Recognizer row) => row with { Code = row.Code! with { NeedsCue = true } };
}
