using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>Published examples of numbers with the words that stand before them: what holds for one country holds for all.</summary>
public sealed class NationalIdTests
{
    public static TheoryData<string, string, string> Samples() => new()
    {
        { "US_SSN", "SSN", "536-90-4399" },
        { "US_SSN", "social security number", "536904399" },
        { "US_ITIN", "ITIN", "912-70-1234" },
        { "US_NPI", "NPI", "1234567893" },
        { "US_DEA", "DEA number", "AB1234563" },
        { "US_MBI", "MBI", "1EG4-TE5-MK73" },
        { "CA_SIN", "SIN", "046 454 286" },
        { "UK_NINO", "NI number", "AB 12 34 56 C" },
        { "UK_NINO", "national insurance", "AB123456C" },
        { "UK_NHS", "NHS number", "943 476 5919" },
        { "IE_PPS", "PPS number", "6433435F" },
        { "DE_TAX_ID", "Steuer-ID", "86095742719" },
        { "DE_TAX_ID", "Steuer-IdNr.", "86 095 742 719" },
        { "DE_SOCIAL_SECURITY", "Sozialversicherungsnummer", "15 070649 C 103" },
        { "AT_SVNR", "SVNR", "1237 010180" },
        { "CH_AHV", "AHV", "756.9217.0769.85" },
        { "FR_NIR", "NIR", "2 95 10 99 126 111 93" },
        { "ES_NIF", "DNI", "12345678Z" },
        { "ES_NIE", "NIE", "X-5253868-R" },
        { "IT_FISCAL_CODE", "codice fiscale", "RCCMNL83S18D969H" },
        { "PT_NIF", "contribuinte", "501964843" },
        { "NL_BSN", "BSN", "111222333" },
        { "BE_NATIONAL_NUMBER", "rijksregisternummer", "85.07.30-033.28" },
        { "LU_NATIONAL_NUMBER", "matricule", "1893120105732" },
        { "SE_PERSONNUMMER", "personnummer", "880320-0016" },
        { "NO_FODSELSNUMMER", "fødselsnummer", "15108695088" },
        { "DK_CPR", "CPR", "211062-5629" },
        { "FI_HETU", "hetu", "131052-308T" },
        { "IS_KENNITALA", "kennitala", "120174-3399" },
        { "PL_PESEL", "PESEL", "44051401359" },
        { "PL_NIP", "NIP", "856-734-62-15" },
        { "CZ_BIRTH_NUMBER", "rodné číslo", "710319/2745" },
        { "RO_CNP", "CNP", "1630615123457" },
        { "BG_EGN", "EGN", "7523169263" },
        { "GR_AMKA", "AMKA", "01013099997" },
        { "GR_AFM", "AFM", "094259216" },
        { "HR_OIB", "OIB", "33392005961" },
        { "RS_JMBG", "JMBG", "0101006500006" },
        { "EE_ISIKUKOOD", "isikukood", "36805280109" },
        { "LV_PERSONAS_KODS", "personas kods", "161175-19997" },
        { "UA_RNOKPP", "ІПН", "1759013776" },
        { "RU_INN", "ИНН", "500100732259" },
        { "RU_SNILS", "СНИЛС", "112-233-445 95" },
        { "TR_NATIONAL_ID", "TC Kimlik No", "17291716060" },
        { "IL_ID", "teudat zehut", "039337423" },
        { "ZA_ID", "SA ID number", "7503305044089" },
        { "EG_NATIONAL_ID", "Egyptian ID", "29501023201952" },
        { "IN_AADHAAR", "Aadhaar", "2341 2341 2346" },
        { "IN_PAN", "PAN", "ACUPA7085R" },
        { "IN_GSTIN", "GSTIN", "27AAPFU0939F1ZV" },
        { "PK_CNIC", "CNIC", "35202-1234567-1" },
        { "CN_RESIDENT_ID", "身份证号", "360426199101010071" },
        { "HK_ID", "HKID", "G123456(A)" },
        { "TW_ID", "身分證字號", "A123456789" },
        { "JP_MY_NUMBER", "My Number", "6214 9832 0257" },
        { "JP_MY_NUMBER", "マイナンバー", "621498320257" },
        { "KR_RRN", "주민등록번호", "971013-9019902" },
        { "SG_NRIC", "NRIC", "S1234567D" },
        { "MY_NRIC", "MyKad", "770305-02-1234" },
        { "TH_NATIONAL_ID", "Thai ID", "1-2345-45678-78-1" },
        { "ID_NIK", "NIK", "3171011708450001" },
        { "AU_TFN", "TFN", "123 456 782" },
        { "AU_ABN", "ABN", "51 824 753 556" },
        { "AU_MEDICARE", "Medicare card", "2123 45670 1" },
        { "NZ_IRD", "IRD number", "49-091-850" },
        { "NZ_NHI", "NHI", "ZZZ0016" },
        { "BR_CPF", "CPF", "390.533.447-05" },
        { "BR_CNPJ", "CNPJ", "16.727.230/0001-97" },
        { "MX_CURP", "CURP", "BOXW310820HNERXN09" },
        { "MX_RFC", "RFC", "GODE561231GR8" },
        { "AR_CUIT", "CUIT", "20-05536168-2" },
        { "CL_RUT", "RUT", "12.531.909-2" },
        { "PE_RUC", "RUC", "20512333797" },
        { "EC_CEDULA", "cédula", "1713175071" },
        { "UY_CEDULA", "cédula", "1.234.567-2" },
        { "DO_CEDULA", "cédula", "001-1391820-5" },
        { "ABA_ROUTING", "routing number", "021000021" },
        { "VIN", "VIN", "1HGCM82633A004352" },
        { "IMEI", "IMEI", "490154203237518" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_found_behind_its_word(string type, string word, string number)
    {
        foreach (var text in new[] { $"{word}: {number}", $"My {word} is {number}, please keep it", $"{{\"{word}\": \"{number}\"}}", $"| {word} | {number} |" })
        {
            var finding = Modules.Default.Inspect(text).Findings.Single(f => f.Start <= text.IndexOf(number, StringComparison.Ordinal));
            text[finding.Start..finding.End].ShouldContain(number);
            Found(text).ShouldContain((type, number), text);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_changed_digit_is_no_such_number(string type, string word, string number)
    {
        word.ShouldNotBeEmpty();
        var row = RecognizerTable.BuiltIn.First(r => r.Type == type && r.Code?.Check is not null);
        var rejected = 0;
        for (var i = 0; i < number.Length; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
            {
                continue;
            }

            var changed = number[..i] + (char)('0' + ((number[i] - '0' + 1) % 10)) + number[(i + 1)..];
            var code = string.Concat(changed.Where(char.IsAsciiLetterOrDigit));
            var passes = row.Code!.Check!(code);
            rejected += passes ? 0 : 1;
            if (!passes && RecognizerTable.BuiltIn.Count(r => r.Type == type) == 1)
            {
                Found($"It says {changed} there").ShouldNotContain((type, changed));
            }
        }

        // Some have no check digit: their rule is a range, or which letters may stand where.
        (rejected > 0 || type is "US_MBI" or "UK_NINO" or "IN_PAN" or "PK_CNIC").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Inside_a_longer_number_it_is_none(string type, string word, string number)
    {
        foreach (var text in new[] { $"{word} x9{number}", $"{word} {number}7x", $"{word} 12-{number}", $"{word} {number}-77" })
        {
            Found(text).ShouldNotContain((type, number), text);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_order_has_a_number_too(string type, string word, string number)
    {
        type.ShouldNotBeEmpty();
        word.ShouldNotBeEmpty();
        if (number.All(char.IsAsciiDigit) && number.Length <= 10)
        {
            Modules.Default.Find($"Order number {number} has shipped").ShouldBeEmpty();
            Modules.Default.Find($"invoice #{number} of May").ShouldBeEmpty();
            Modules.Default.Find($"ORD-{number}").ShouldBeEmpty();
            Modules.Default.Find($"{{\"sku\": {number}}}").ShouldBeEmpty();
            Modules.Default.Find($"The total came to {number} after all of that").ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_a_word_asks_for_needs_it()
    {
        Modules.Default.Find("Fahrgestellnr. WVWZZZ1JZXW000001").ShouldBe(["VIN=WVWZZZ1JZXW000001"]);
        Modules.Default.Find("X1234567").ShouldBeEmpty();
        Modules.Default.Find("passport X1234567").ShouldBe(["PASSPORT=X1234567"]);
        Modules.Default.Find("X1234567 is my passport").ShouldBe(["PASSPORT=X1234567"]);
        Modules.Default.Find("account number: 12345678").ShouldBe(["BANK_ACCOUNT=12345678"]);
        Modules.Default.Find("driver's license D123-4567-8901").ShouldBe(["DRIVER_LICENSE=D123-4567-8901"]);
        Modules.Default.Find("MRN: 00123456").ShouldBe(["MEDICAL_RECORD=00123456"]);
        Modules.Default.Find("license plate 7ABC123").ShouldBe(["LICENSE_PLATE=7ABC123"]);
        Modules.Default.Find("CVV: 123").ShouldBe(["CVV=123"]);
        Modules.Default.Find("123").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("The CVV is 123.", "CVV=123")]
    [InlineData("exp 12/27, cvv 123.", "CVV=123")]
    [InlineData("the security code on the back is 4821, thanks", "CVV=4821")]
    [InlineData("Prüfnummer ist 123", "CVV=123")]
    [InlineData("CVV - 123", "CVV=123")]
    [InlineData("CVV: “123”", "CVV=123")]
    [InlineData("<td>CVV</td><td>123</td>", "CVV=123")]
    [InlineData("my SWIFT code is DEUTDEFF500", "SWIFT=DEUTDEFF500")]
    [InlineData("Der BIC lautet DEUTDEFF.", "SWIFT=DEUTDEFF")]
    [InlineData("<b>BIC</b> BNPAFRPP", "SWIFT=BNPAFRPP")]
    public void What_a_sentence_or_a_page_says_it_is(string text, string expected) => Modules.Default.Find(text).ShouldBe([expected]);

    [Theory]
    [InlineData("The CVV is 3 digits long")]
    [InlineData("the CVV is 12.5")]
    [InlineData("CVV 123-456")]
    [InlineData("CVV is 123%")]
    [InlineData("stopped by security code 404.")]
    [InlineData("The BIC is missing")]
    [InlineData("SWIFT is DEUTDEFF5")]
    public void What_it_says_is_something_else(string text) => Modules.Default.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("CPF: 123.456.789-00", "BR_CPF=123.456.789-00")]
    [InlineData("(CF: SPMRSR62M47C351D)", "IT_FISCAL_CODE=SPMRSR62M47C351D")]
    [InlineData("r. č. 755612/0014", "CZ_BIRTH_NUMBER=755612/0014")]
    [InlineData("r.č.: 755612/0014", "CZ_BIRTH_NUMBER=755612/0014")]
    public void A_mistyped_number_is_still_that_persons(string text, string expected) => Modules.Default.Find(text).ShouldBe([expected]);

    /// <summary>What the rows say, before what overlaps becomes one.</summary>
    private static (string Type, string Value)[] Found(string text)
    {
        List<Candidate>? found = null;
        var state = default(ScanState);
        using var folded = new FoldedText(json: false);
        folded.Append(text, final: true);
        new Scanner(RecognizerTable.Create(new TransformOptions())).Advance(folded.Chars, final: true, ref state, ref found, CancellationToken.None);
        return [.. (found ?? []).Select(c => (c.Row.Type, text[c.Start..c.End]))];
    }
}
