using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Checks;

/// <summary>What the generator makes passes checks that know nothing of it, and the checks know right from wrong.</summary>
public class CheckTests
{
    private const int Samples = 50;

    public static TheoryData<string> Checked => [.. NationalIds.Types.Where(t => Check.Of(t) is not null)];

    // Published examples, from the pages that explain each number.
    [Theory]
    [InlineData("CARD", "4111 1111 1111 1111", "4111 1111 1111 1112")]
    [InlineData("US_NPI", "1234567893", "1234567894")]
    [InlineData("UK_NHS", "943 476 5919", "943 476 5918")]
    [InlineData("DE_TAX_ID", "86095742719", "86095742718")]
    [InlineData("IBAN", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33")]
    [InlineData("CH_AHV", "756.9217.0769.85", "756.9217.0769.84")]
    [InlineData("CA_SIN", "046 454 286", "046 454 287")]
    [InlineData("ES_NIF", "12345678Z", "12345678A")]
    [InlineData("PL_PESEL", "44051401359", "44051401358")]
    [InlineData("NL_BSN", "111222333", "111222334")]
    [InlineData("AU_TFN", "123 456 782", "123 456 783")]
    [InlineData("ISBN", "978-3-16-148410-0", "978-3-16-148410-1")]
    [InlineData("IN_AADHAAR", "2363", "2364")]
    public void The_checks_know_published_examples(string type, string good, string bad)
    {
        Check.Of(type)!(good).ShouldBeTrue();
        Check.Of(type)!(bad).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Checked))]
    public void National_numbers_pass_their_checks(string type)
    {
        var random = new SplitMix(11);
        for (var i = 0; i < Samples; i++)
        {
            var number = NationalIds.Make(type, random, new DateOnly(random.Between(1940, 2006), random.Between(1, 12), random.Between(1, 28)));
            Check.Of(type)!(number).ShouldBeTrue(number);
        }
    }

    [Fact]
    public void Accounts_pass_their_checks()
    {
        var random = new SplitMix(12);
        for (var i = 0; i < Samples; i++)
        {
            Pass("CARD", Accounts.Card(random));
            Pass("IMEI", Accounts.Imei(random));
            Pass("ABA", Accounts.AbaRouting(random));
            Pass("ISBN", Decoys.Make("isbn", random));
            foreach (var country in Accounts.IbanCountries)
            {
                Pass("IBAN", Accounts.Iban(random, country));
            }
        }

        static void Pass(string type, string number) => Check.Of(type)!(number).ShouldBeTrue(number);
    }
}
