using System.Buffers;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The character sets that windows are cut with.</summary>
internal static class Alphabets
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly string EveryLetter = new([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(char.IsLetterOrDigit)]);

    /// <summary>Everything: the window is as long as the row says.</summary>
    public static readonly SearchValues<char> Any = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c)]);

    /// <summary>Everything that stays on a line.</summary>
    public static readonly SearchValues<char> Line = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => c is not ('\n' or '\r'))]);

    public static readonly SearchValues<char> None = SearchValues.Create("");
    public static readonly SearchValues<char> Digit = SearchValues.Create(Digits);
    public static readonly SearchValues<char> Hex = SearchValues.Create(Digits + "abcdefABCDEF");
    public static readonly SearchValues<char> Letter = SearchValues.Create(Letters);
    public static readonly SearchValues<char> Card = SearchValues.Create(Digits + " -");
    public static readonly SearchValues<char> CardGroups = SearchValues.Create(Digits + "._/\r\n");
    public static readonly SearchValues<char> Phone = SearchValues.Create(Digits + " -.()/");
    public static readonly SearchValues<char> PhoneLead = SearchValues.Create("+(");
    public static readonly SearchValues<char> Dotted = SearchValues.Create(Digits + ".");
    public static readonly SearchValues<char> Ip6 = SearchValues.Create(Digits + "abcdefABCDEF:.");
    public static readonly SearchValues<char> Iban = SearchValues.Create(Digits + Letters + " -");
    public static readonly SearchValues<char> EmailLocal = SearchValues.Create(EveryLetter + ".%+_'-");
    public static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Digits + Letters);
    public static readonly SearchValues<char> HexDash = SearchValues.Create(Digits + "abcdefABCDEF-");
    public static readonly SearchValues<char> HexColon = SearchValues.Create(Digits + "abcdefABCDEF:");
    public static readonly SearchValues<char> HexLetterDash = SearchValues.Create("abcdefABCDEF-");
    public static readonly SearchValues<char> HexDot = SearchValues.Create(Digits + "ABCDEFabcdef.");
    public static readonly SearchValues<char> Degrees = SearchValues.Create(Digits + "+-.,/; °'\"′″’”NSEWO");
    public static readonly SearchValues<char> Handle = SearchValues.Create(Digits + Letters + "_.-");
    public static readonly SearchValues<char> Sign = SearchValues.Create("+-");
    public static readonly SearchValues<char> SignOrWind = SearchValues.Create("+-NSEW");
    public static readonly SearchValues<char> Url = SearchValues.Create(EveryLetter + "-._~:/?#[]@!$&'()*+,;=%");
    public static readonly SearchValues<char> EmailDomain = SearchValues.Create(EveryLetter + ".-");
    public static readonly SearchValues<char> Token = SearchValues.Create(Digits + Letters + "_-");
    public static readonly SearchValues<char> DottedToken = SearchValues.Create(Digits + Letters + "_-.");
    public static readonly SearchValues<char> Base64 = SearchValues.Create(Digits + Letters + "+/=");
    public static readonly SearchValues<char> Base64Url = SearchValues.Create(Digits + Letters + "_-=");
    public static readonly SearchValues<char> Assignment = SearchValues.Create(Digits + Letters + "+/=_\"': ;");
    public static readonly SearchValues<char> UrlPath = SearchValues.Create(Digits + Letters + "/_-.");
    public static readonly SearchValues<char> Pem = SearchValues.Create(Digits + Letters + "+/=-:, \r\n\t\\");
}
