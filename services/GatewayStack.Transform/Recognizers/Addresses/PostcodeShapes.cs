using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Postcodes whose form alone says that they are some, and where those of the United States lie.</summary>
internal static class PostcodeShapes
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BritishAreas = WordSet.Of(
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP "
        + "IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD "
        + "TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IrishKeys = WordSet.Of(
        "A41 A42 A45 A63 A67 A75 A81 A82 A83 A84 A85 A86 A91 A92 A94 A96 A98 C15 D01 D02 D03 D04 D05 D06 D6W D07 D08 D09 D10 D11 D12 D13 D14 D15 D16 D17 D18 D20 D22 "
        + "D24 E21 E25 E32 E34 E41 E45 E53 E91 F12 F23 F26 F28 F31 F35 F42 F45 F52 F56 F91 F92 F93 F94 H12 H14 H16 H18 H23 H53 H54 H62 H65 H71 H91 K32 K34 K36 K45 "
        + "K56 K67 K78 N37 N39 N41 N91 P12 P14 P17 P24 P25 P31 P32 P36 P43 P47 P51 P56 P61 P67 P72 P75 P81 P85 R14 R21 R32 R35 R42 R45 R51 R56 R93 R95 T12 T23 T34 "
        + "T45 T56 V14 V15 V23 V31 V35 V42 V92 V93 V94 V95 W12 W23 W34 W91 X35 X42 X91 Y14 Y21 Y25 Y34 Y35");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FiveDigits = WordSet.Of("D DE F FR I IT E ES FI FIN LT EE HR UA TR MC SK CZ SE S GR RS");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FourDigits = WordSet.Of("A AT CH B BE L LU DK N NO NL H HU P PT SI BG LV FL LI CY");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Grouped = WordSet.Of("PL SE S CZ SK GR");

    /// <summary>Capital letters of ASCII.</summary>
    public static readonly SearchValues<char> Capital = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> IrishUnit = SearchValues.Create("0123456789ACDEFHKNPRTVWXY");

    /// <summary>First three digits of the codes of each state.</summary>
    private const string Areas =
        "AL 350-369,AK 995-999,AZ 850-865,AR 716-729,CA 900-961,CO 800-816,CT 60-69,DE 197-199,DC 200-205,FL 320-349,GA 300-319+398-399,"
        + "HI 967-968,ID 832-838,IL 600-629,IN 460-479,IA 500-528,KS 660-679,KY 400-427,LA 700-714,ME 39-49,MD 206-219,MA 10-27+55-55,"
        + "MI 480-499,MN 550-567,MS 386-397,MO 630-658,MT 590-599,NE 680-693,NV 889-898,NH 30-38,NJ 70-89,NM 870-884,NY 5-5+100-149,"
        + "NC 270-289,ND 580-588,OH 430-459,OK 730-749,OR 970-979,PA 150-196,PR 6-9,RI 28-29,SC 290-299,SD 570-577,TN 370-385,"
        + "TX 750-799+885-885,UT 840-847,VT 50-59,VA 201-201+220-246,WA 980-994,WV 247-268,WI 530-549,WY 820-831,AE 90-98,AP 962-966,"
        + "AA 340-340";

    private static readonly FrozenDictionary<string, (int From, int To)[]> Ranges = Areas.Split(',').ToFrozenDictionary(a => a[..2], a => Read(a[3..]), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (int From, int To)[]>.AlternateLookup<ReadOnlySpan<char>> RangesOf =
        Ranges.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when the state has this code.</summary>
    /// <param name="state">Its two letters, in capitals.</param>
    /// <param name="zip">Five digits.</param>
    public static bool IsIn(ReadOnlySpan<char> state, ReadOnlySpan<char> zip)
    {
        if (!RangesOf.TryGetValue(state, out var ranges))
        {
            return false;
        }

        var area = ((zip[0] - '0') * 100) + ((zip[1] - '0') * 10) + zip[2] - '0';
        foreach (var (from, to) in ranges)
        {
            if (area >= from && area <= to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a country's codes are written with this sign before them, and have so many digits: <c>D-10115</c>, <c>CH-8001</c>.</summary>
    public static bool IsCountry(ReadOnlySpan<char> sign, int digits) =>
        (digits == 5 && FiveDigits.Contains(sign)) || (digits == 4 && FourDigits.Contains(sign)) || (digits is 2 or 3 && Grouped.Contains(sign));

    /// <summary>The first half of a British code: <c>SW1A</c>.</summary>
    public static bool IsBritishOutward(ReadOnlySpan<char> half)
    {
        var letters = half.Length > 1 && char.IsAsciiLetter(half[1]) ? 2 : 1;
        return half.Length >= letters + 1 && half.Length <= letters + 2 && char.IsAsciiLetter(half[0]) && char.IsAsciiDigit(half[letters])
            && (half.Length == letters + 1 || char.IsAsciiLetterOrDigit(half[^1])) && BritishAreas.Contains(half[..letters]);
    }

    /// <summary>The second half: <c>1AA</c>.</summary>
    public static bool IsBritishInward(ReadOnlySpan<char> half) => half.Length == 3 && char.IsAsciiDigit(half[0]) && IsInwardLetter(half[1]) && IsInwardLetter(half[2]);

    /// <summary>The first half of a Canadian code: <c>K1A</c>.</summary>
    public static bool IsCanadianArea(ReadOnlySpan<char> half) =>
        half.Length == 3 && "ABCEGHJKLMNPRSTVXY".Contains(char.ToUpperInvariant(half[0])) && char.IsAsciiDigit(half[1]) && IsCanadianLetter(half[2]);

    /// <summary>The second half: <c>0B1</c>.</summary>
    public static bool IsCanadianUnit(ReadOnlySpan<char> half) =>
        half.Length == 3 && char.IsAsciiDigit(half[0]) && IsCanadianLetter(half[1]) && char.IsAsciiDigit(half[2]);

    /// <summary>The routing key of an Irish code: <c>D02</c>.</summary>
    public static bool IsIrishKey(ReadOnlySpan<char> key) => key.Length == 3 && IrishKeys.Contains(key);

    /// <summary>What follows it: <c>AF30</c>.</summary>
    public static bool IsIrishUnit(ReadOnlySpan<char> unit) => unit.Length == 4 && !unit.ContainsAnyExcept(IrishUnit) && unit.ContainsAnyExcept(Alphabets.Digit);

    /// <summary>A code of Argentina: <c>C1043AAZ</c>.</summary>
    public static bool IsArgentinian(ReadOnlySpan<char> code) =>
        code.Length == 8 && char.IsAsciiLetterUpper(code[0]) && !code[1..5].ContainsAnyExcept(Alphabets.Digit) && !code[5..].ContainsAnyExcept(Capital);

    /// <summary>A Dutch code written as one: <c>1016BR</c>.</summary>
    public static bool IsDutch(ReadOnlySpan<char> code) =>
        code.Length == 6 && !code[..4].ContainsAnyExcept(Alphabets.Digit) && !code[4..].ContainsAnyExcept(Capital);

    private static bool IsInwardLetter(char c) => char.IsAsciiLetter(c) && !"CIKMOV".Contains(char.ToUpperInvariant(c));

    private static bool IsCanadianLetter(char c) => "ABCEGHJKLMNPRSTVWXYZ".Contains(char.ToUpperInvariant(c));

    private static (int From, int To)[] Read(string ranges) => [.. ranges.Split('+').Select(r => r.Split('-')).Select(r => (Number(r[0]), Number(r[1])))];

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
