using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Identifiers of countries that pass their checks. A row each: the type, and how one is made for a birth date.</summary>
internal static class NationalIds
{
    private const string NifLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string PpsLetters = "WABCDEFGHIJKLMNOPQRSTUV";
    private const string HetuLetters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private const string MbiLetters = "ACDEFGHJKMNPQRTUVWXY";

    private static readonly int[,] Dihedral = MakeDihedral();

    private static readonly int[][] Permutations = MakePermutations();

    private static readonly Dictionary<string, Func<SplitMix, DateOnly, string>> Rows = new(StringComparer.Ordinal)
    {
        ["US_SSN"] = (r, _) => UsSsn(r),
        ["US_ITIN"] = (r, _) => $"9{r.Text("0123456789", 2)}-{r.Between(70, 88)}-{r.Fill("####")}",
        ["US_NPI"] = (r, _) => Npi(r),
        ["US_DEA"] = (r, _) => Dea(r),
        ["US_MBI"] = (r, _) => Mbi(r),
        ["UK_NINO"] = (r, _) => Nino(r),
        ["UK_NHS"] = (r, _) => Nhs(r),
        ["DE_TAX_ID"] = (r, _) => DeTaxId(r),
        ["DE_SOCIAL_SECURITY"] = DeSocialSecurity,
        ["FR_NIR"] = FrNir,
        ["ES_NIF"] = (r, _) => EsNif(r),
        ["ES_NIE"] = (r, _) => EsNie(r),
        ["IT_FISCAL_CODE"] = ItFiscalCode,
        ["NL_BSN"] = (r, _) => NlBsn(r),
        ["BE_NATIONAL_NUMBER"] = BeNationalNumber,
        ["PL_PESEL"] = PlPesel,
        ["PT_NIF"] = (r, _) => PtNif(r),
        ["SE_PERSONNUMMER"] = SePersonnummer,
        ["FI_HETU"] = FiHetu,
        ["NO_FODSELSNUMMER"] = NoFodselsnummer,
        ["DK_CPR"] = (r, d) => $"{d:ddMMyy}-{(d.Year >= 2000 ? r.Between(4, 9) : r.Between(0, 3))}{r.Fill("###")}",
        ["CH_AHV"] = (r, _) => ChAhv(r),
        ["AT_SVNR"] = AtSvnr,
        ["IE_PPS"] = (r, _) => IePps(r),
        ["CZ_RODNE_CISLO"] = CzRodneCislo,
        ["TR_TCKN"] = (r, _) => TrTckn(r),
        ["BR_CPF"] = (r, _) => BrCpf(r),
        ["BR_CNPJ"] = (r, _) => BrCnpj(r),
        ["MX_CURP"] = MxCurp,
        ["CL_RUT"] = (r, _) => ClRut(r),
        ["AR_CUIT"] = (r, _) => ArCuit(r),
        ["CA_SIN"] = (r, _) => CaSin(r),
        ["AU_TFN"] = (r, _) => AuTfn(r),
        ["AU_MEDICARE"] = (r, _) => AuMedicare(r),
        ["NZ_IRD"] = (r, _) => NzIrd(r),
        ["IN_AADHAAR"] = (r, _) => InAadhaar(r),
        ["IN_PAN"] = (r, _) => $"{r.Text(Digits.Upper, 3)}P{r.Text(Digits.Upper, 1)}{r.Fill("%###")}{r.Text(Digits.Upper, 1)}",
        ["CN_RESIDENT_ID"] = CnResidentId,
        ["JP_MY_NUMBER"] = (r, _) => JpMyNumber(r),
        ["KR_RRN"] = KrRrn,
        ["SG_NRIC"] = (r, _) => SgNric(r),
        ["ZA_ID"] = ZaId,
        ["IL_ID"] = (r, _) => IlId(r),
        ["NG_NIN"] = (r, _) => r.Number(11),
        ["TH_TNIN"] = (r, _) => ThTnin(r),
    };

    /// <summary>All types.</summary>
    public static IEnumerable<string> Types => Rows.Keys;

    /// <summary>One number of a type.</summary>
    public static string Make(string type, SplitMix random, DateOnly born) => Rows[type](random, born);

    private static string UsSsn(SplitMix r)
    {
        var area = r.Between(1, 772);
        return $"{(area == 666 ? 667 : area):000}-{r.Between(1, 99):00}-{r.Between(1, 9999):0000}";
    }

    private static string Npi(SplitMix r)
    {
        var number = r.Pick("1", "2") + r.Fill("########");
        return number + Digits.Luhn("80840" + number);
    }

    private static string Dea(SplitMix r)
    {
        var digits = r.Fill("######");
        var sum = Digits.Weighted(digits, 1, 2, 1, 2, 1, 2);
        return r.Pick("A", "B", "F", "M") + r.Text(Digits.Upper, 1) + digits + (char)('0' + (sum % 10));
    }

    private static string Mbi(SplitMix r)
    {
        var anything = MbiLetters + Digits.Ten;
        var text = r.Text("123456789", 1) + r.Text(MbiLetters, 1) + r.Text(anything, 1) + r.Text(Digits.Ten, 1)
            + r.Text(MbiLetters, 1) + r.Text(anything, 1) + r.Text(Digits.Ten, 1) + r.Text(MbiLetters, 2) + r.Text(Digits.Ten, 2);
        return r.Below(2) == 0 ? text : Digits.Grouped(text, "-", 4, 3, 4);
    }

    private static string Nino(SplitMix r)
    {
        var prefix = r.Pick("AB", "CE", "HK", "JM", "LX", "PC", "SR", "WL", "YB", "JT");
        var digits = r.Fill("######");
        var suffix = r.Text("ABCD", 1);
        return r.Below(2) == 0 ? prefix + digits + suffix : $"{prefix} {Digits.Grouped(digits, " ", 2, 2, 2)} {suffix}";
    }

    private static string Nhs(SplitMix r)
    {
        while (true)
        {
            var digits = r.Number(9);
            var check = (11 - (Digits.Weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11;
            if (check < 10)
            {
                return Digits.Grouped(digits + check, r.Below(3) == 0 ? string.Empty : " ", 3, 3, 4);
            }
        }
    }

    private static string DeTaxId(SplitMix r)
    {
        while (true)
        {
            // Nine different digits, one of them twice.
            var digits = Digits.Ten.ToCharArray();
            for (var i = 9; i > 0; i--)
            {
                var j = r.Below(i + 1);
                (digits[i], digits[j]) = (digits[j], digits[i]);
            }

            digits[9] = digits[r.Below(8)];
            if (digits[0] == '0' || digits[8] == digits[9])
            {
                continue;
            }

            var product = 10;
            foreach (var c in digits)
            {
                var sum = (Digits.Value(c) + product) % 10;
                product = (sum == 0 ? 10 : sum) * 2 % 11;
            }

            var all = new string(digits) + ((11 - product) % 10);
            return r.Below(2) == 0 ? all : Digits.Grouped(all, " ", 2, 3, 3, 3);
        }
    }

    private static string DeSocialSecurity(SplitMix r, DateOnly born)
    {
        var letter = r.Below(26);
        var (area, serial) = (r.Pick("12", "15", "39", "53", "65"), r.Fill("##"));
        var digits = $"{area}{born:ddMMyy}{letter + 1:00}{serial}";
        int[] weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var product = weights[i] * Digits.Value(digits[i]);
            sum += (product / 10) + (product % 10);
        }

        return $"{area} {born:ddMMyy} {Digits.Upper[letter]} {serial}{sum % 10}";
    }

    private static string FrNir(SplitMix r, DateOnly born)
    {
        var number = $"{r.Pick("1", "2")}{born:yyMM}{r.Between(1, 95):00}{r.Between(1, 600):000}{r.Between(1, 300):000}";
        var key = 97 - (long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) % 97);
        return r.Below(2) == 0 ? $"{number}{key:00}" : Digits.Grouped($"{number}{key:00}", " ", 1, 2, 2, 2, 3, 3, 2);
    }

    private static string EsNif(SplitMix r)
    {
        var digits = r.Number(8);
        return digits + r.Pick(string.Empty, string.Empty, "-") + NifLetters[Digits.Mod(digits, 23)];
    }

    private static string EsNie(SplitMix r)
    {
        var (first, digits) = (r.Below(3), r.Fill("#######"));
        return $"{"XYZ"[first]}{digits}{NifLetters[Digits.Mod($"{first}{digits}", 23)]}";
    }

    private static string ItFiscalCode(SplitMix r, DateOnly born)
    {
        var day = born.Day + (r.Below(2) * 40);
        var code = r.Text("BCDFGLMNPRSTVZ", 6) + born.ToString("yy", null) + "ABCDEHLMPRST"[born.Month - 1] + Digits.Two(day) + r.Pick("H501", "F205", "L219", "A944", "G273");
        int[] odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(code[i]) ? Digits.Value(code[i]) : code[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return code + (char)('A' + (sum % 26));
    }

    private static string NlBsn(SplitMix r)
    {
        while (true)
        {
            var digits = r.Number(8);
            var check = Digits.Weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
            if (check < 10)
            {
                return $"{digits}{check}";
            }
        }
    }

    private static string BeNationalNumber(SplitMix r, DateOnly born)
    {
        var digits = $"{born:yyMMdd}{r.Between(1, 997):000}";
        var check = 97 - Digits.Mod(born.Year >= 2000 ? "2" + digits : digits, 97);
        return $"{born:yy.MM.dd}-{digits[6..]}.{check:00}";
    }

    private static string PlPesel(SplitMix r, DateOnly born)
    {
        var digits = $"{born:yy}{born.Month + (born.Year >= 2000 ? 20 : 0):00}{born:dd}{r.Fill("####")}";
        return $"{digits}{(10 - (Digits.Weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10)) % 10}";
    }

    private static string PtNif(SplitMix r)
    {
        var digits = r.Pick("1", "2") + r.Fill("#######");
        var check = 11 - (Digits.Weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11);
        return $"{digits}{(check > 9 ? 0 : check)}";
    }

    private static string SePersonnummer(SplitMix r, DateOnly born)
    {
        var digits = $"{born:yyMMdd}{r.Fill("###")}";
        return $"{(r.Below(2) == 0 ? born.ToString("yyyyMMdd", null) : digits[..6])}-{digits[6..]}{Digits.Luhn(digits)}";
    }

    private static string FiHetu(SplitMix r, DateOnly born)
    {
        var serial = r.Between(2, 899).ToString("000", null);
        return $"{born:ddMMyy}{(born.Year >= 2000 ? 'A' : '-')}{serial}{HetuLetters[Digits.Mod($"{born:ddMMyy}{serial}", 31)]}";
    }

    private static string NoFodselsnummer(SplitMix r, DateOnly born)
    {
        while (true)
        {
            var digits = $"{born:ddMMyy}{(born.Year >= 2000 ? r.Between(500, 999) : r.Between(0, 499)):000}";
            var first = (11 - (Digits.Weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2) % 11)) % 11;
            var second = (11 - (Digits.Weighted($"{digits}{first % 10}", 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11;
            if (first < 10 && second < 10)
            {
                return r.Below(2) == 0 ? $"{digits}{first}{second}" : $"{digits[..6]} {digits[6..]}{first}{second}";
            }
        }
    }

    private static string ChAhv(SplitMix r)
    {
        var digits = "756" + r.Fill("#########");
        var sum = Digits.Weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
        return Digits.Grouped($"{digits}{(10 - (sum % 10)) % 10}", ".", 3, 4, 4, 2);
    }

    private static string AtSvnr(SplitMix r, DateOnly born)
    {
        while (true)
        {
            var (serial, date) = (r.Number(3), born.ToString("ddMMyy", null));
            var check = Digits.Weighted(serial + date, 3, 7, 9, 5, 8, 4, 2, 1, 6) % 11;
            if (check < 10)
            {
                return $"{serial}{check} {date}";
            }
        }
    }

    private static string IePps(SplitMix r)
    {
        var digits = r.Number(7);
        return digits + PpsLetters[Digits.Weighted(digits, 8, 7, 6, 5, 4, 3, 2) % 23] + r.Pick(string.Empty, string.Empty);
    }

    private static string CzRodneCislo(SplitMix r, DateOnly born)
    {
        // Older numbers have nine digits and no check.
        born = born.Year < 1954 ? born.AddYears(20) : born;
        while (true)
        {
            var digits = $"{born:yy}{born.Month + (r.Below(2) * 50):00}{born:dd}{r.Fill("###")}";
            var check = Digits.Mod(digits, 11);
            if (check < 10)
            {
                return $"{digits[..6]}/{digits[6..]}{check}";
            }
        }
    }

    private static string TrTckn(SplitMix r)
    {
        var d = r.Number(9);
        var odd = Digits.Weighted(d, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        var even = Digits.Weighted(d, 0, 1, 0, 1, 0, 1, 0, 1);
        var tenth = (((odd * 7) - even) % 10 + 10) % 10;
        return $"{d}{tenth}{(odd + even + tenth) % 10}";
    }

    private static string BrCpf(SplitMix r)
    {
        var d = r.Number(9);
        d += BrCheck(Digits.Weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2));
        d += BrCheck(Digits.Weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2));
        return r.Below(3) == 0 ? d : $"{d[..3]}.{d[3..6]}.{d[6..9]}-{d[9..]}";
    }

    private static string BrCnpj(SplitMix r)
    {
        var d = r.Number(8) + "0001";
        d += BrCheck(Digits.Weighted(d, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2));
        d += BrCheck(Digits.Weighted(d, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2));
        return $"{d[..2]}.{d[2..5]}.{d[5..8]}/{d[8..12]}-{d[12..]}";
    }

    private static string BrCheck(int sum) => sum % 11 < 2 ? "0" : $"{11 - (sum % 11)}";

    private static string MxCurp(SplitMix r, DateOnly born)
    {
        const string values = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
        var code = r.Text("BCDFGLMNPRST", 1) + r.Text("AEIOU", 1) + r.Text("BCDFGLMNPRST", 2) + born.ToString("yyMMdd", null) + r.Pick("H", "M")
            + r.Pick("DF", "JC", "NL", "PL", "VZ") + r.Text("BCDFGLMNPRST", 3) + (born.Year >= 2000 ? "A" : "0");
        var sum = code.Select((c, i) => values.IndexOf(c, StringComparison.Ordinal) * (18 - i)).Sum();
        return $"{code}{(10 - (sum % 10)) % 10}";
    }

    private static string ClRut(SplitMix r)
    {
        var d = r.Pick("1", "2") + r.Fill("#######");
        var check = 11 - (Digits.Weighted(d, 3, 2, 7, 6, 5, 4, 3, 2) % 11);
        return $"{d[..2]}.{d[2..5]}.{d[5..]}-{check switch { 11 => "0", 10 => "K", _ => $"{check}" }}";
    }

    private static string ArCuit(SplitMix r)
    {
        while (true)
        {
            var d = r.Pick("20", "27", "23") + r.Number(8);
            var check = (11 - (Digits.Weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11;
            if (check < 10)
            {
                return $"{d[..2]}-{d[2..]}-{check}";
            }
        }
    }

    private static string CaSin(SplitMix r)
    {
        var d = r.Text("1234567", 1) + r.Fill("#######");
        return Digits.Grouped(d + Digits.Luhn(d), r.Pick("-", " "), 3, 3, 3);
    }

    private static string AuTfn(SplitMix r)
    {
        while (true)
        {
            var d = r.Number(8);
            for (var last = 0; last < 10; last++)
            {
                if (Digits.Weighted($"{d}{last}", 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0)
                {
                    return Digits.Grouped($"{d}{last}", " ", 3, 3, 3);
                }
            }
        }
    }

    private static string AuMedicare(SplitMix r)
    {
        var d = r.Text("23456", 1) + r.Fill("#######");
        return $"{d[..4]} {d[4..]}{Digits.Weighted(d, 1, 3, 7, 9, 1, 3, 7, 9) % 10} {r.Fill("%")}";
    }

    private static string NzIrd(SplitMix r)
    {
        while (true)
        {
            var d = r.Between(10_000_000 / 10, 14_999_999).ToString("00000000", null);
            var check = (11 - (Digits.Weighted(d, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11;
            if (check < 10 && d[0] != '0')
            {
                return Digits.Grouped($"{d}{check}", "-", 3, 3, 3);
            }
        }
    }

    private static string InAadhaar(SplitMix r)
    {
        var d = r.Text("23456789", 1) + r.Fill("##########");
        var check = 0;
        for (var i = 0; i < d.Length; i++)
        {
            check = Dihedral[check, Permutations[(i + 1) % 8][Digits.Value(d[^(i + 1)])]];
        }

        var inverse = Enumerable.Range(0, 10).First(i => Dihedral[check, i] == 0);
        return Digits.Grouped($"{d}{inverse}", r.Below(4) == 0 ? string.Empty : " ", 4, 4, 4);
    }

    private static string CnResidentId(SplitMix r, DateOnly born)
    {
        var d = r.Pick("110101", "310104", "440305", "510107") + born.ToString("yyyyMMdd", null) + r.Fill("###");
        return d + "10X98765432"[Digits.Weighted(d, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11];
    }

    private static string JpMyNumber(SplitMix r)
    {
        var d = r.Number(11);
        var rest = Digits.Weighted(d, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return Digits.Grouped($"{d}{(rest <= 1 ? 0 : 11 - rest)}", r.Pick(string.Empty, " "), 4, 4, 4);
    }

    private static string SgNric(SplitMix r)
    {
        var (prefix, d) = (r.Pick("S", "T", "F", "G"), r.Fill("#######"));
        var rest = (Digits.Weighted(d, 2, 7, 6, 5, 4, 3, 2) + (prefix is "T" or "G" ? 4 : 0)) % 11;
        return prefix + d + (prefix is "S" or "T" ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[rest];
    }

    private static string ZaId(SplitMix r, DateOnly born)
    {
        var d = $"{born:yyMMdd}{r.Fill("####")}08";
        return d + Digits.Luhn(d);
    }

    private static string IlId(SplitMix r)
    {
        var d = r.Pick("0", "2", "3") + r.Fill("#######");
        return d + Digits.Luhn(d);
    }

    private static string KrRrn(SplitMix r, DateOnly born)
    {
        var d = $"{born:yyMMdd}{(born.Year >= 2000 ? r.Between(3, 4) : r.Between(1, 2))}{r.Fill("#####")}";
        return $"{d[..6]}-{d[6..]}{(11 - (Digits.Weighted(d, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11)) % 10}";
    }

    private static string ThTnin(SplitMix r)
    {
        var d = r.Text("12345678", 1) + r.Fill("###########");
        var check = (11 - (Digits.Weighted(d, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10;
        return Digits.Grouped($"{d}{check}", r.Pick("-", " "), 1, 4, 5, 2, 1);
    }

    private static int[,] MakeDihedral()
    {
        var table = new int[10, 10];
        for (var i = 0; i < 10; i++)
        {
            for (var j = 0; j < 10; j++)
            {
                table[i, j] = (i < 5, j < 5) switch
                {
                    (true, true) => (i + j) % 5,
                    (true, false) => 5 + ((i + j) % 5),
                    (false, true) => 5 + ((i - j + 5) % 5),
                    _ => (i - j + 5) % 5,
                };
            }
        }

        return table;
    }

    private static int[][] MakePermutations()
    {
        int[] step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        var rows = new int[8][];
        rows[0] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (var i = 1; i < 8; i++)
        {
            rows[i] = Array.ConvertAll(rows[i - 1], v => step[v]);
        }

        return rows;
    }
}
