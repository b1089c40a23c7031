using System.Text;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Values touch what is beside them in scripts that put no blanks between words, and behind number signs: found all the same, with exact ends.</summary>
public sealed class BorderTests
{
    private static readonly string[] Values =
    [
        "4111-1111-1111-1111", "4111111111111111", "5555 5555 5555 4444", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "203.0.113.77", "00:1B:44:11:3A:B7",
        "AKIA" + "Q3EGV5TZ7HXMPLK2", "ghp_" + "R2d5kWb8TqYzN3mXc7VhJp4LsA9fGu1EoQ6i", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "jane.doe@acme-corp.com", "536-90-4399",
        "+49 30 901820", "2001:db8::8a2e:370:7334", "sk_" + "live_7bR52KmVwxZQacuvY4nfs9eg",
    ];

    public static TheoryData<string, string, string> Places()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var value in Values)
        {
            foreach (var (before, after) in new[] { ("例", "例"), ("가", "은"), ("ก", "ก"), ("は", "です"), ("我的信息是", "请保密"), ("ข้อมูล", "ครับ"), ("정보는", "입니다.") })
            {
                data.Add(before, value, after);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_script_without_blanks_hides_nothing(string before, string value, string after)
    {
        var apart = Modules.Default.Inspect($" {value} ").Findings;
        var touching = Modules.Default.Inspect($"{before}{value}{after}").Findings;
        touching.Select(f => (f.Type, f.Start - before.Length, f.End - before.Length)).ShouldBe(apart.Select(f => (f.Type, f.Start - 1, f.End - 1)));
    }

    [Theory]
    [InlineData("карта №4111111111111111", "CREDIT_CARD=4111111111111111")]
    [InlineData("тел.№89161234567", "PHONE=89161234567")]
    [InlineData("IBAN №DE89370400440532013000", "IBAN=DE89370400440532013000")]
    [InlineData("SSN №536-90-4399", "US_SSN=536-90-4399")]
    [InlineData("tarjeta nº4111111111111111", "CREDIT_CARD=4111111111111111")]
    [InlineData("card no.4111111111111111", "CREDIT_CARD=4111111111111111")]
    [InlineData("ключ:" + "AKIA" + "Q3EGV5TZ7HXMPLK2" + "и другой", "API_KEY=" + "AKIA" + "Q3EGV5TZ7HXMPLK2")]
    [InlineData("手机13800138000", "PHONE=13800138000")]
    [InlineData("生年月日は1984年5月12日です。", "DATE_OF_BIRTH=1984年5月12日")]
    [InlineData("他出生于1984年5月12日在家里", "DATE_OF_BIRTH=1984年5月12日")]
    public void Number_signs_and_words_may_touch_a_value(string text, string expected) => Modules.Default.Find(text).ShouldContain(expected);

    [Theory]
    [InlineData("4111111111111111a")]
    [InlineData("é4111111111111111")]
    [InlineData("4111111111111111é")]
    [InlineData("价格是4111111111111111元")]
    public void What_goes_on_as_a_word_or_counts_is_no_value(string text) => Modules.Default.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("mail jörg.müller@exämple.de today")]
    [InlineData("né le 3 août 1971 à Genève")]
    [InlineData("Jörg Müller wohnt in Köln, Öhringer Straße 12")]
    public void Accents_that_stand_apart_are_read_as_one_letter(string text)
    {
        var apart = text.Normalize(NormalizationForm.FormD);
        var expected = Modules.Default.Inspect(text).Findings.Select(f => (f.Type, text[f.Start..f.End])).ToArray();
        expected.ShouldNotBeEmpty();
        Modules.Default.Inspect(apart).Findings.Select(f => (f.Type, apart[f.Start..f.End].Normalize(NormalizationForm.FormC))).ShouldBe(expected);
    }

    [Theory]
    [InlineData('\u0336')]
    [InlineData('\u0332')]
    public void A_stroke_through_a_value_hides_nothing(char stroke)
    {
        foreach (var value in new[] { "jane.doe@acme-corp.com", "4111111111111111" })
        {
            var struck = string.Concat(value.Select(c => $"{c}{stroke}"));
            var finding = Modules.Default.Inspect($"see {struck} now").Findings.ShouldHaveSingleItem();
            (finding.Start, finding.End).ShouldBe((4, 4 + struck.Length));
        }
    }
}
