using GatewayStack.Transform.Checksums;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>An IBAN: as long as its country says, and right modulo 97; one that is mistyped where the text says what it is.</summary>
internal static class IbanVerifier
{
    private static readonly CueSet Ibans = CueSet.Of(CueKind.Iban);

    public static Verdict Verify(in Match match)
    {
        var expected = IbanLengths.Of(match.Value[..2]);
        var seen = 0;
        for (var i = 0; i < match.Length && expected > 0; i++)
        {
            if (char.IsAsciiLetterOrDigit(match.At(i)) && ++seen == expected)
            {
                if (WordStart.Joins(match.At(i), match.At(i + 1)))
                {
                    return Verdict.No;
                }

                return Mod97.IsValid(match.Value[..(i + 1)]) ? new Verdict(i + 1, 0.99)
                    : IsGrouped(match.Value[..(i + 1)]) ? new Verdict(i + 1, 0.7)
                    : Surroundings.Read(match, match.Start, match.Start + i + 1).Says(Ibans) ? new Verdict(i + 1, 0.8)
                    : Verdict.No;
            }
        }

        return Verdict.No;
    }

    /// <summary>Capitals in groups of four, as nothing else is written that begins with a country and is as long as its accounts.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> value)
    {
        for (var i = 4; i < value.Length; i += 5)
        {
            if (value[i] != ' ')
            {
                return false;
            }
        }

        return char.IsAsciiLetterUpper(value[0]) && value.Count(' ') == (value.Length - 1) / 5;
    }
}
