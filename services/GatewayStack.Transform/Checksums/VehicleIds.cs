using System.Buffers;

namespace GatewayStack.Transform.Checksums;

/// <summary>What the plates of cars may say. Codes are capitals and digits only, as long as their masks say.</summary>
internal static class VehicleIds
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUÑQ");
    private static readonly SearchValues<char> NotOnFrenchPlates = SearchValues.Create("IOU");

    /// <summary>The district, and two digits that are the half-year of its first registration (since 2001).</summary>
    public static bool British(ReadOnlySpan<char> code) =>
        code[0] is not ('I' or 'J' or 'Q' or 'T' or 'X' or 'Z') && code[1] is not ('I' or 'Q' or 'Z') && !code[4..].ContainsAny('I', 'Q')
        && CheckDigits.Number(code.Slice(2, 2)) is (>= 2 and <= 30) or (>= 51 and <= 80);

    /// <summary>Letters that no digit resembles (since 2009).</summary>
    public static bool French(ReadOnlySpan<char> code) => !code[..2].ContainsAny(NotOnFrenchPlates) && !code[5..].ContainsAny(NotOnFrenchPlates)
        && code[..2] is not ("SS" or "WW") && code[5..] is not "SS" && code[2..5] is not "000";

    /// <summary>Consonants (since 2000).</summary>
    public static bool Spanish(ReadOnlySpan<char> code) => !code[4..].ContainsAny(Vowels);

    /// <summary>A district's letters, one to three, which are none of the words that stand before numbers of other things.</summary>
    public static bool German(ReadOnlySpan<char> code) => code[0] is not ('I' or 'J' or 'Q' or 'X' or 'Y') && !code.StartsWith("DIN") && !code.StartsWith("ISO")
        && !code.StartsWith("EN") && !code.StartsWith("IEC") && code[code.IndexOfAnyInRange('0', '9')] != '0';
}
