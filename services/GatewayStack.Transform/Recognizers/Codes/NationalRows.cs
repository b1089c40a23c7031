using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Transform.Checksums;
using GatewayStack.Transform.Recognizers.Cues;
using static GatewayStack.Transform.Recognizers.Codes.CodeRows;
using static GatewayStack.Transform.Recognizers.Cues.CueKind;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>
/// The numbers that states give to persons: how they are written, what they must pass, the words that speak for them. The odds are those of a value that
/// passes its check and stands without any word: above zero where writing and check leave little else, far below where any number would do. Where several countries
/// write alike (999 999 999), one in ten passes the check of each by luck: without a word it is nobody's.
/// The next country is a row.
/// </summary>
internal static class NationalRows
{
    /// <summary>In a run of eleven or twelve digits that nothing is said about, two check digits or a date and a check digit speak just loud enough.</summary>
    private const double Strong = 0.3;

    private static readonly CueSet Generic = CueSet.Of(NationalId, TaxId, SocialSecurity);

    public static ImmutableArray<Recognizer> All { get; } =
    [
        // North America
        Row("US_SSN", Social(UnitedStates), AmericanIds.UsSsn, ("999-99-9999", 1.8), ("999 99 9999", 1.2), ("999.99.9999", 0.2), ("999999999", -3)),
        Row("US_ITIN", Tax(UnitedStates), AmericanIds.UsItin, ("999-99-9999", 2.5), ("999 99 9999", 0.8), ("999999999", -3)),
        Row("US_NPI", CueSet.Of(Npi), AmericanIds.UsNpi, ("9999999999", -3), ("9999~999~999", -1)),
        Row("US_DEA", CueSet.Of(Dea, Npi), AmericanIds.UsDea, ("AA9999999", -0.5), ("AA-9999999", -1), ("A99999999", -3)),
        Row("US_MBI", CueSet.Of(Mbi, Medical), AmericanIds.UsMbi, ("9AXXAXX9A99", -1), ("9AX9AX9AA99", 2), ("9AX9-AX9-AA99", 4), ("9AX9 AX9 AA99", 3)),
        Row("CA_SIN", Social(Canada), AmericanIds.CanadianSin, ("999-999-999", 0.4), ("999 999 999", -0.4), ("999999999", -3)),
        Row("CA_HEALTH", CueSet.Of(Canada, Medical), null, ("9999-999-999", -3), ("9999 999 999", -3.5), ("9999-999-999-AA", 0.5), ("AAAA 9999 9999", -1.5),
        ("9999999999AA", -2)).InContext(),

        // British Isles
        Row("UK_NINO", Social(UnitedKingdom), EuropeanIds.UkNino, ("AA999999A", 1.5), ("AA 99 99 99 A", 4), ("AA-99-99-99-A", 3), ("AA 999999 A", 2.5), ("AA999999", -4)),
        Row("UK_NHS", CueSet.Of(UkNhs, Medical, NationalId), EuropeanIds.UkNhs, ("999 999 9999", -0.1), ("999-999-9999", -0.6), ("9999999999", -3)),
        Row("UK_UTR", Tax(UnitedKingdom), EuropeanIds.UkUtr, ("9999999999", -3), ("99999 99999", -1.5)),
        Row("IE_PPS", Social(Ireland), EuropeanIds.Irish, ("9999999A", 0.2), ("9999999AA", 0.3), ("9999999 A", -1)),

        // German-speaking countries
        Row("DE_TAX_ID", Tax(Germany), EuropeanIds.GermanTax, ("99999999999", -0.8), ("99 999 999 999", 1.5), ("99-999-999-999", 0.5), ("99/999/999/999", 1)),
        Row("DE_TAX_NUMBER", Tax(Germany), null, ("99/999/99999", -1.5), ("999/999/99999", -0.5), ("999/9999/9999", -1), ("99999999999{0,3}", -4)).InContext(),
        Row("DE_SOCIAL_SECURITY", Social(Germany), EuropeanIds.GermanPension, ("99999999A999", 2.5), ("99 999999 A 999", 4), ("99-999999-A-999", 4)),
        Row("DE_HEALTH_INSURANCE", CueSet.Of(Germany, Medical), EuropeanIds.GermanHealth, ("A999999999", 1.2)),
        Row("DE_ID_CARD", Id(Germany, Passport), EuropeanIds.GermanCard, ("AXXXXXXXX", -4), ("AXXXXXXXX9", -1.5), ("AXXXXXXXX 9", -2)),
        Row("AT_SVNR", Social(Austria, Germany), EuropeanIds.Austrian, ("9999 999999", 1), ("9999999999", -2.5), ("9999-999999", 0.5)),
        Row("CH_AHV", Social(Switzerland), EuropeanIds.Swiss, ("999.9999.9999.99", 5), ("9999999999999", 0.8), ("999 9999 9999 99", 3)),

        // Romance countries
        Row("FR_NIR", Social(France), EuropeanIds.French, ("999999999999999", 1.5), ("9 99 99 99 999 999 99", 5), ("9 99 99 XX 999 999 99", 5), ("99999XX99999999", 1.5),
            ("9 99 99 99 999 999", 2.5),
            ("9999999999999 99", 3), ("9-99-99-99-999-999-99", 5)),
        Row("FR_NIR", Social(France), EuropeanIds.French, ("9999999999999", -3.5)).Named("fr-nir-without-key"),
        Row("FR_TAX_ID", Tax(France), null, ("9999999999999", -4), ("99 99 999 999 999", -2)).InContext(),
        Row("FR_ID_CARD", Id(France), null, ("999999999999", -4), ("XXXX99999", -4.3), ("AXXXXXXXX", -4.3)).InContext(),
        Row("ES_NIF", Id(Spain), EuropeanIds.SpanishNif, ("99999999A", 1.8), ("99999999-A", 2.2), ("99999999 A", 0.8), ("99.999.999-A", 4), ("99.999.999A", 4), ("99 999 999 A", 2)),
        Row("ES_NIE", Id(Spain), EuropeanIds.SpanishNie, ("A9999999A", 1.8), ("A-9999999-A", 4), ("A9999999-A", 3), ("A-9999999A", 3)),
        Row("ES_NSS", Social(Spain), EuropeanIds.SpanishSocial, ("999999999999", -1), ("99/99999999/99", 3), ("99 99999999 99", 2.5), ("99 9999999999", 1), ("99-99999999-99", 2.5)),
        Row("IT_FISCAL_CODE", Tax(Italy, NationalId), EuropeanIds.Italian, ("AAAAAAXXAXXAXXXA", 5), ("AAA AAA XXAXX AXXXA", 6)),
        Row("IT_ID_CARD", Id(Italy), null, ("AA99999AA", -1), ("AA9999999", -4), ("AA 9999999", -4)).InContext(),
        Row("PT_NIF", Tax(Portugal, NationalId), EuropeanIds.Portuguese, ("999999999", -2.5), ("999 999 999", -0.6)),
        Row("PT_ID_CARD", Id(Portugal), null, ("99999999 9 AA9", 3), ("999999999AA9", 1), ("99999999-9-AA9", 3), ("99999999", -4.4)).InContext(),
        Row("PT_NISS", Social(Portugal), static c => c[0] is '1' or '2', ("99999999999", -3.5)).InContext(),

        // Low Countries
        Row("NL_BSN", Id(Netherlands, SocialSecurity, TaxId), EuropeanIds.Dutch, ("999999999", -2.5), ("9999.99.999", 2.5), ("999.999.999", 0), ("9999 99 999", 0.5), ("999 999 999", -0.5)),
        Row("BE_NATIONAL_NUMBER", Id(Belgium, SocialSecurity), EuropeanIds.Belgian, ("99.99.99-999.99", 6), ("99999999999", 0.5), ("99 99 99 999 99", 3), ("999999-999-99", 3),
        ("99.99.99 999 99", 4), ("99.99.99.999.99", 3)),
        Row("LU_NATIONAL_NUMBER", Id(Luxembourg, SocialSecurity), EuropeanIds.Luxembourgish, ("9999999999999", 0.6), ("9999 99 99 99999", 2)),

        // Nordic countries
        Row("SE_PERSONNUMMER", Id(Sweden, SocialSecurity), NotOfTheseYears(EuropeanIds.Swedish, withCentury: 2), ("999999-9999", 1.0), ("999999+9999", 1.5),
            ("99999999-9999", 2), ("9999999999", -2), ("999999999999", 0.2)),
        Row("SE_PERSONNUMMER", Id(Sweden, SocialSecurity), EuropeanIds.Swedish, ("999999-9999", -1.5), ("99999999-9999", -1), ("9999999999", -3),
        ("999999999999", -2)).Named("se-personnummer-of-these-years"),
        Row("NO_FODSELSNUMMER", Id(Norway, SocialSecurity), EuropeanIds.Norwegian, ("99999999999", 1), ("999999 99999", 2.5), ("999999-99999", 2.5)),
        Row("DK_CPR", Id(Denmark, SocialSecurity), NotOfTheseYears(EuropeanIds.Danish, 4), ("999999-9999", 0.4), ("999999 9999", -1), ("9999999999", -4)),
        Row("DK_CPR", Id(Denmark, SocialSecurity), EuropeanIds.Danish, ("999999-9999", -2), ("999999 9999", -3)).Named("dk-cpr-of-these-years"),
        Row("FI_HETU", Id(Finland, SocialSecurity), NotOfTheseYears(EuropeanIds.Finnish, 4), ("999999-999X", 3.5), ("999999+999X", 3.5), ("999999A999X", 3)),
        Row("FI_HETU", Id(Finland, SocialSecurity), EuropeanIds.Finnish, ("999999-999X", -1), ("999999A999X", 3)).Named("fi-hetu-of-these-years"),
        Row("IS_KENNITALA", Id(Iceland, SocialSecurity), EuropeanIds.Icelandic, ("999999-9999", 2), ("9999999999", -1.5)),

        // Central and Eastern Europe
        Row("PL_PESEL", Id(Poland, SocialSecurity), NotOfTheseYears(EuropeanIds.PolishPesel), ("99999999999", 0.6)),
        Row("PL_PESEL", Id(Poland, SocialSecurity), EuropeanIds.PolishPesel, ("99999999999", -2)).Named("pl-pesel-of-these-years"),
        Row("PL_NIP", Tax(Poland), EuropeanIds.PolishNip, ("999-999-99-99", 2.5), ("999-99-99-999", 2.5), ("9999999999", -3)),
        Row("PL_ID_CARD", Id(Poland), EuropeanIds.PolishCard, ("AAA999999", -0.8), ("AAA 999999", 0)),
        Row("CZ_BIRTH_NUMBER", Id(Czechia), EuropeanIds.Czech, ("999999/9999", 3.5), ("9999999999", -2), ("999999/999", -1), ("999999 9999", 0)),
        Row("HU_TAJ", Social(Hungary), EuropeanIds.HungarianTaj, ("999 999 999", -0.6), ("999-999-999", -0.6), ("999999999", -3)),
        Row("HU_TAX_ID", Tax(Hungary), EuropeanIds.HungarianTax, ("9999999999", -2)),
        Row("HU_PERSONAL_ID", Id(Hungary), null, ("9-999999-9999", -0.5), ("9 999999 9999", -1), ("999999AA", -2)).InContext(),
        Row("RO_CNP", Id(Romania), EuropeanIds.Romanian, ("9999999999999", 0.8)),
        Row("BG_EGN", Id(Bulgaria), EuropeanIds.Bulgarian, ("9999999999", -1.8)),
        Row("GR_AMKA", Social(Greece), EuropeanIds.GreekAmka, ("99999999999", -0.2)),
        Row("GR_AFM", Tax(Greece), EuropeanIds.GreekAfm, ("999999999", -3)),
        Row("HR_OIB", Id(Croatia, TaxId), EuropeanIds.Croatian, ("99999999999", -2)),
        Row("RS_JMBG", Id(Serbia, Slovenia, Croatia), EuropeanIds.Jmbg, ("9999999999999", 0.8)),
        Row("SI_TAX_ID", Tax(Slovenia), EuropeanIds.SlovenianTax, ("99999999", -4)),
        Row("EE_ISIKUKOOD", Id(Estonia), EuropeanIds.Baltic, ("99999999999", 0.4)),
        Row("LT_ASMENS_KODAS", Id(Lithuania), EuropeanIds.Baltic, ("99999999999", 0.3)),
        Row("LV_PERSONAS_KODS", Id(Latvia), EuropeanIds.Latvian, ("999999-99999", 1.5), ("99999999999", -3)),
        Row("UA_RNOKPP", Tax(Ukraine), EuropeanIds.Ukrainian, ("9999999999", -3)),
        Row("RU_INN", Tax(Russia), EuropeanIds.RussianInn, ("999999999999", Strong), ("9999999999", -3)),
        Row("RU_SNILS", Social(Russia), EuropeanIds.RussianSnils, ("999-999-999 99", 5), ("999-999-999-99", 3.5), ("99999999999", -0.3)),

        // Middle East and Africa
        Row("TR_NATIONAL_ID", Id(Turkey), AsianAndAfricanIds.Turkish, ("99999999999", 0.5), ("999 999 999 99", 1.5)),
        Row("IL_ID", Id(Israel), AsianAndAfricanIds.Israeli, ("999999999", -2.8), ("99999999-9", -0.8)),
        Row("AE_EMIRATES_ID", Id(Emirates), AsianAndAfricanIds.Emirati, ("999-9999-9999999-9", 6), ("999999999999999", 1.2), ("999 9999 9999999 9", 4)),
        Row("SA_NATIONAL_ID", Id(Saudi), AsianAndAfricanIds.Saudi, ("9999999999", -3)),
        Row("EG_NATIONAL_ID", Id(Egypt), AsianAndAfricanIds.Egyptian, ("99999999999999", 0.3)),
        Row("ZA_ID", Id(SouthAfrica), AsianAndAfricanIds.SouthAfrican, ("9999999999999", 0.8), ("999999 9999 999", 3), ("999999 9999 99 9", 3)),
        Row("NG_NIN", Id(Nigeria), null, ("99999999999", -4), ("9999 999 9999", -2.5)).InContext(),
        Row("KE_KRA_PIN", Tax(Kenya), static c => c[0] is 'A' or 'P', ("A999999999A", 1)),
        Row("KE_ID", Id(Kenya), null, ("9999999{1,2}", -4.5)).InContext(),
        Row("GH_CARD", Id(Ghana), static c => c.StartsWith("GHA"), ("AAA-999999999-9", 5)),
        Row("KZ_IIN", Id(Kazakhstan), NotOfTheseYears(AsianAndAfricanIds.Kazakh), ("999999999999", 0.5)),
        Row("KZ_IIN", Id(Kazakhstan), AsianAndAfricanIds.Kazakh, ("999999999999", -2)).Named("kz-iin-of-these-years"),

        // South Asia
        Row("IN_AADHAAR", Id(India), AsianAndAfricanIds.Aadhaar, ("9999 9999 9999", 0.6), ("9999-9999-9999", -0.2), ("999999999999", -1.5)),
        Row("IN_PAN", Tax(India), AsianAndAfricanIds.IndianPan, ("AAAAA9999A", 1.5)),
        Row("IN_VOTER", Id(India), null, ("AAA9999999", -2.5)),
        Row("IN_GSTIN", Tax(India), AsianAndAfricanIds.IndianGstin, ("99AAAAA9999AXAX", 4)),
        Row("PK_CNIC", Id(Pakistan), AsianAndAfricanIds.Pakistani, ("99999-9999999-9", 4), ("9999999999999", -3.5)),
        Row("BD_NID", Id(Bangladesh), null, ("9999999999", -4.2), ("9999999999999", -4), ("99999999999999999", -3.5), ("999 999 9999", -3)).InContext(),
        Row("LK_NIC", Id(SriLanka), AsianAndAfricanIds.SriLankan, ("999999999A", 0.6)),
        Row("LK_NIC", Id(SriLanka), static c => c[..2] is "19" or "20", ("999999999999", -4)).Named("lk-nic-new"),

        // East Asia
        Row("CN_RESIDENT_ID", Id(China), AsianAndAfricanIds.Chinese, ("999999999999999999", 4), ("99999999999999999A", 5), ("999999 99999999 999X", 5)),
        Row("HK_ID", Id(HongKong), AsianAndAfricanIds.HongKong, ("A999999(X)", 4), ("AA999999(X)", 4), ("A999999X", -2.5), ("AA999999X", -3)),
        Row("TW_ID", Id(Taiwan), AsianAndAfricanIds.Taiwanese, ("A999999999", -0.2)),
        Row("JP_MY_NUMBER", Id(Japan), AsianAndAfricanIds.Japanese, ("999999999999", -1.8), ("9999 9999 9999", -0.5), ("9999-9999-9999", -0.7)),
        Row("KR_RRN", Id(Korea), AsianAndAfricanIds.Korean, ("999999-9999999", 3), ("9999999999999", -2)),

        // South-East Asia
        Row("SG_NRIC", Id(Singapore), AsianAndAfricanIds.Singaporean, ("A9999999A", 2.2)),
        Row("MY_NRIC", Id(Malaysia), AsianAndAfricanIds.Malaysian, ("999999-99-9999", 2.5), ("999999999999", -2.5), ("999999 99 9999", 1)),
        Row("TH_NATIONAL_ID", Id(Thailand), AsianAndAfricanIds.Thai, ("9-9999-99999-99-9", 6), ("9999999999999", -0.5), ("9 9999 99999 99 9", 4)),
        Row("ID_NIK", Id(Indonesia), AsianAndAfricanIds.Indonesian, ("9999999999999999", -0.5)),
        Row("ID_NPWP", Tax(Indonesia), null, ("99.999.999.9-999.999", 6), ("999999999999999", -3.5)),
        Row("PH_TIN", Tax(Philippines), AsianAndAfricanIds.PhilippineTin, ("999-999-999", -0.2), ("999-999-999-999", 1), ("999-999-999-99999", 1)),
        Row("PH_SSS", Social(Philippines), null, ("99-9999999-9", 1.2)),
        Row("PH_PHILSYS", Id(Philippines), null, ("9999-9999-9999-9999", -1.5), ("9999-9999999-9", -1), ("99-999999999-9", 0.5)).InContext(),
        Row("VN_CCCD", Id(Vietnam), AsianAndAfricanIds.Vietnamese, ("999999999999", -2)),
        Row("VN_CMND", Id(Vietnam), null, ("999999999", -4.2)).InContext(),

        // Oceania
        Row("AU_TFN", Tax(Australia), AsianAndAfricanIds.AustralianTfn, ("999 999 999", -0.5), ("999-999-999", -0.6), ("999999999", -2.8)),
        Row("AU_ABN", Tax(Australia), AsianAndAfricanIds.AustralianAbn, ("99 999 999 999", 2), ("99999999999", -0.8)),
        Row("AU_MEDICARE", CueSet.Of(Australia, Medical, Mbi), AsianAndAfricanIds.AustralianMedicare, ("9999 99999 9", 2.2), ("9999-99999-9", 2), ("9999999999", -2.5),
        ("9999 99999 9/9", 2.5)),
        Row("NZ_IRD", Tax(NewZealand), AsianAndAfricanIds.NewZealandIrd, ("99-999-999", 0.1), ("999-999-999", -0.5), ("99999999", -4), ("999999999", -3), ("999 999 999", -0.8),
        ("99 999 999", -1)),
        Row("NZ_NHI", CueSet.Of(NewZealand, Medical), AsianAndAfricanIds.NewZealandNhi, ("AAA9999", -2)),

        // Latin America
        Row("BR_CPF", Id(Brazil, TaxId), AmericanIds.BrazilianCpf, ("999.999.999-99", 6), ("99999999999", 0.5), ("999 999 999 99", 1.5), ("999999999-99", 2.5), ("999-999-999-99", 2)),
        Row("BR_CNPJ", Tax(Brazil), AmericanIds.BrazilianCnpj, ("99.999.999/9999-99", 6), ("99999999999999", Strong), ("99999999/9999-99", 4)),
        Row("BR_RG", Id(Brazil), null, ("99.999.999-X", 0.8), ("9.999.999-X", -0.5), ("999999999", -4.3), ("9.999.999", -3)),
        Row("BR_PIS", Social(Brazil), AmericanIds.BrazilianPis, ("999.99999.99-9", 5), ("99999999999", -2)),
        Row("BR_SUS", CueSet.Of(Brazil, Medical), static c => c[0] is '1' or '2' or '7' or '8' or '9', ("999 9999 9999 9999", 2.5), ("999999999999999", -3.5)),
        Row("MX_CURP", Id(Mexico), AmericanIds.MexicanCurp, ("AAAA999999AAAAAAX9", 6)),
        Row("MX_RFC", Tax(Mexico), AmericanIds.MexicanRfc, ("AAAA999999XXX", 2.5), ("AAAA-999999-XXX", 4), ("AAA999999XXX", -0.6)),
        Row("MX_NSS", Social(Mexico), Luhn.IsValid, ("99999999999", -2), ("99-99-99-9999-9", 3), ("99 99 99 9999 9", 2)),
        Row("AR_CUIT", Tax(Argentina, NationalId), AmericanIds.ArgentineCuit, ("99-99999999-9", 5), ("99999999999", 0), ("99 99999999 9", 2)),
        Row("AR_DNI", Id(Argentina, Peru, Uruguay, Paraguay), null, ("99.999.999", -0.6), ("9.999.999", -3), ("99999999", -4), ("9999999", -4.3)),
        Row("CL_RUT", Id(Chile, TaxId), AmericanIds.ChileanRut, ("99.999.999-X", 4.5), ("9.999.999-X", 4), ("99999999-A", 1.5), ("99999999-9", -0.5), ("9999999-A", 0.5),
        ("9999999-9", -1), ("99999999X", -3)),
        Row("CO_CEDULA", Id(Colombia), null, ("9.999.999.999", -0.6), ("99.999.999", -1.5), ("9999999{1,4}", -4.2)).InContext(),
        Row("CO_NIT", Tax(Colombia), null, ("999.999.999-9", 1.2), ("999999999-9", 0)),
        Row("PE_RUC", Tax(Peru), AmericanIds.PeruvianRuc, ("99999999999", -0.3)),
        Row("PE_DNI", Id(Peru), null, ("99999999", -4)).InContext(),
        Row("UY_CEDULA", Id(Uruguay), AmericanIds.Uruguayan, ("9.999.999-9", 4.5), ("9999999-9", 1), ("99999999", -3.5)),
        Row("EC_CEDULA", Id(Ecuador), AmericanIds.Ecuadorian, ("9999999999", -2.2), ("999999999-9", 2)),
        Row("VE_CEDULA", Id(Venezuela), static c => "VEJPG".Contains(c[0]), ("A-99999999", 0.2), ("A-9999999", -0.5), ("A-99.999.999", 3), ("A99999999", -2), ("A-99999999-9", 2.5)),
        Row("PY_CEDULA", Id(Paraguay), null, ("9.999.999", -3), ("9999999", -4.3)).InContext(),
        Row("DO_CEDULA", Id(DominicanRepublic), AmericanIds.Dominican, ("999-9999999-9", 4), ("99999999999", -2)),
        Row("CR_CEDULA", Id(CostaRica), null, ("9-9999-9999", -0.2), ("999999999", -4)).InContext(),

        // Anywhere: a number whose country is not known, under a word that says what it is.
        Row("NATIONAL_ID", Generic, static c => DigitsIn(c) >= 4, ("9999999{0,9}", -4.3), ("X{1,4}-X{2,8}-X{1,8}", -3.8), ("A{1,3}9999{0,10}", -4), ("999-999-9999{0,1}", -3.8),
            ("99-9999999", -2.5), ("999 999 999", -3.8),
            ("9{1,3}.999.999", -3.8)).InContext(),
    ];

    /// <summary>What is numbered by its day carries these years (<c>261126-0042</c>); whoever was born in them is a child, or very old: a word is asked for.</summary>
    /// <param name="check">The rule of the number.</param>
    /// <param name="year">Where its year stands.</param>
    /// <param name="withCentury">Where that stands in twelve digits.</param>
    private static CodeCheck NotOfTheseYears(CodeCheck check, int year = 0, int withCentury = 0) =>
        code => CheckDigits.Number(code.Slice(code.Length == 12 ? withCentury : year, 2)) is not (>= 14 and <= 30) && check(code);

    private static int DigitsIn(ReadOnlySpan<char> code)
    {
        var count = 0;
        foreach (var c in code)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The types of the rows.</summary>
    public static FrozenSet<string> Types { get; } = All.Select(r => r.Type).ToFrozenSet(StringComparer.Ordinal);

    private static CueSet Id(params ReadOnlySpan<CueKind> kinds) => CueSet.Of(kinds) | CueSet.Of(NationalId);

    private static CueSet Tax(params ReadOnlySpan<CueKind> kinds) => CueSet.Of(kinds) | CueSet.Of(TaxId);

    private static CueSet Social(params ReadOnlySpan<CueKind> kinds) => CueSet.Of(kinds) | CueSet.Of(SocialSecurity);
}
