using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Numbers of accounts, cards, wallets, vehicles and devices that pass their checks.</summary>
internal static class Accounts
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const string VinLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";

    // Country and national part.
    private static readonly Dictionary<string, string> Bbans = new(StringComparer.Ordinal)
    {
        ["DE"] = "##################",
        ["GB"] = "@@@@##############",
        ["FR"] = "#######################",
        ["ES"] = "####################",
        ["IT"] = "@######################",
        ["NL"] = "@@@@##########",
        ["BE"] = "############",
        ["PL"] = "########################",
        ["PT"] = "#####################",
        ["SE"] = "####################",
        ["FI"] = "##############",
        ["DK"] = "##############",
        ["NO"] = "###########",
        ["CH"] = "#################",
        ["AT"] = "################",
        ["IE"] = "@@@@##############",
        ["CZ"] = "####################",
        ["TR"] = "#####0################",
        ["LU"] = "################",
        ["GR"] = "#######################",
        ["RO"] = "@@@@################",
        ["HU"] = "########################",
        ["HR"] = "#################",
        ["IL"] = "###################",
        ["AE"] = "###################",
        ["SA"] = "####################",
    };

    private static readonly (string Prefix, int Length, int[] Groups)[] Cards =
    [
        ("4", 16, [4, 4, 4, 4]), ("4", 16, [4, 4, 4, 4]), ("51", 16, [4, 4, 4, 4]), ("55", 16, [4, 4, 4, 4]), ("2223", 16, [4, 4, 4, 4]), ("2684", 16, [4, 4, 4, 4]),
        ("34", 15, [4, 6, 5]), ("37", 15, [4, 6, 5]), ("6011", 16, [4, 4, 4, 4]), ("3530", 16, [4, 4, 4, 4]), ("36", 14, [4, 6, 4]), ("6212", 16, [4, 4, 4, 4]),
    ];

    /// <summary>Countries that have an IBAN here.</summary>
    public static IEnumerable<string> IbanCountries => Bbans.Keys;

    public static string Iban(SplitMix r, string country)
    {
        country = Bbans.ContainsKey(country) ? country : "DE";
        var bban = r.Fill(Bbans[country]);
        var digits = string.Concat((bban + country + "00").Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        var iban = $"{country}{98 - (int)(BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97):00}{bban}";
        return r.Below(3) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(c => new string(c)));
    }

    public static string Card(SplitMix r)
    {
        var (prefix, length, groups) = Cards[r.Below(Cards.Length)];
        var digits = prefix + r.Text(Digits.Ten, length - 1 - prefix.Length);
        return Digits.Grouped(digits + Digits.Luhn(digits), r.Pick(string.Empty, " ", " ", "-"), groups);
    }

    public static string Swift(SplitMix r, string country) =>
        r.Pick("DEUT", "COBA", "BARC", "BNPA", "INGB", "NDEA", "UBSW", "CHAS", "HBUK", "RABO", "CAIX", "BREX") + country + r.Pick("FF", "2L", "22", "PP", "HH", "MM") + r.Pick(string.Empty, "XXX", "200");

    public static string AbaRouting(SplitMix r)
    {
        var d = r.Pick("02", "06", "11", "12", "07") + r.Fill("######");
        return $"{d}{(10 - (Digits.Weighted(d, 3, 7, 1, 3, 7, 1, 3, 7) % 10)) % 10}";
    }

    public static string Bitcoin(SplitMix r)
    {
        var payload = new byte[21];
        for (var i = 1; i < payload.Length; i++)
        {
            payload[i] = (byte)r.Below(256);
        }

        return r.Below(2) == 0 ? Base58Check(payload) : SegwitOf(payload[1..]);
    }

    public static string Ethereum(SplitMix r) => "0x" + r.Text(Digits.Hex, 40);

    public static string Vin(SplitMix r)
    {
        var vin = (r.Pick("1HG", "WBA", "5YJ", "JTD", "WVW", "KMH", "2T1", "VF1") + r.Text(VinLetters, 2) + r.Fill("###") + "0" + r.Text(VinLetters + Digits.Ten, 2) + r.Fill("######")).ToCharArray();
        const string values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
        int[] weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var rest = vin.Select((c, i) => values.IndexOf(c, StringComparison.Ordinal) % 10 * weights[i]).Sum() % 11;
        vin[8] = rest == 10 ? 'X' : (char)('0' + rest);
        return new string(vin);
    }

    public static string Imei(SplitMix r)
    {
        var d = r.Pick("35", "86", "01") + r.Fill("############");
        return d + Digits.Luhn(d);
    }

    private static string Base58Check(byte[] payload)
    {
        byte[] all = [.. payload, .. SHA256.HashData(SHA256.HashData(payload)).AsSpan(0, 4)];
        var number = new BigInteger(all, isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder();
        while (number > 0)
        {
            number = BigInteger.DivRem(number, 58, out var digit);
            text.Insert(0, Base58[(int)digit]);
        }

        return new string('1', all.TakeWhile(b => b == 0).Count()) + text;
    }

    // A witness of version 0 with 20 bytes.
    private static string SegwitOf(byte[] program)
    {
        List<int> values = [0];
        var (bits, count) = (0, 0);
        foreach (var b in program)
        {
            bits = (bits << 8) | b;
            count += 8;
            while (count >= 5)
            {
                count -= 5;
                values.Add((bits >> count) & 31);
            }

            bits &= (1 << count) - 1;
        }

        var polymod = Polymod([3, 3, 0, 2, 3, .. values, 0, 0, 0, 0, 0, 0]) ^ 1;
        for (var i = 0; i < 6; i++)
        {
            values.Add((int)(polymod >> (5 * (5 - i))) & 31);
        }

        return "bc1" + string.Concat(values.Select(v => Bech32[v]));
    }

    private static uint Polymod(IEnumerable<int> values)
    {
        uint[] generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var sum = 1u;
        foreach (var v in values)
        {
            var top = sum >> 25;
            sum = ((sum & 0x1ffffff) << 5) ^ (uint)v;
            for (var i = 0; i < 5; i++)
            {
                sum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
            }
        }

        return sum;
    }
}
