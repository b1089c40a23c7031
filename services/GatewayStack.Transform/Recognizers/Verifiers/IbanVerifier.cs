using GatewayStack.Transform.Checksums;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>An IBAN: as long as its country says, and right modulo 97.</summary>
internal static class IbanVerifier
{
    public static Verdict Verify(in Match match)
    {
        var expected = IbanLengths.Of(match.Value[..2]);
        var seen = 0;
        for (var i = 0; i < match.Length && expected > 0; i++)
        {
            if (char.IsAsciiLetterOrDigit(match.At(i)) && ++seen == expected)
            {
                return !char.IsLetterOrDigit(match.At(i + 1)) && Mod97.IsValid(match.Value[..(i + 1)]) ? new Verdict(i + 1, 0.99) : Verdict.No;
            }
        }

        return Verdict.No;
    }
}
