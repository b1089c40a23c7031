using GatewayStack.Transform.Recognizers.Verifiers;
using PhoneNumbers;

namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>What is said of a number without the library is what the library says.</summary>
public sealed class NumberPlanTests
{
    private const int Seed = 20261127;
    private const int Variations = 6;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public static TheoryData<string> Regions { get; } = [.. Library.GetSupportedRegions().Order(StringComparer.Ordinal).Chunk(16).Select(c => string.Join(' ', c))];

    [Theory]
    [MemberData(nameof(Regions))]
    public void A_number_is_given_out_where_the_library_says_so(string regions)
    {
        var random = new Random(Seed);
        foreach (var region in regions.Split(' '))
        {
            var code = Library.GetCountryCodeForRegion(region);
            foreach (var digits in Numbers(region, random))
            {
                if (NumberPlans.AreValid($"{code}{digits}") is { } abroad)
                {
                    abroad.ShouldBe(Ask($"+{code}{digits}", null), $"+{code}{digits}");
                }

                if (NumberPlans.AreValid(digits, region) is { } here)
                {
                    here.ShouldBe(Ask(digits, region), $"{digits} in {region}");
                }
            }
        }
    }

    [Theory]
    [InlineData("4930901820", true)]
    [InlineData("442071838750", true)]
    [InlineData("14155552671", true)]
    [InlineData("33142685300", true)]
    [InlineData("440532013000", false)]
    [InlineData("4402071838750", true)]
    [InlineData("331426853001", false)]
    [InlineData("0493090182", false)]
    [InlineData("2101234567", false)]
    public void Most_are_answered_without_it(string digits, bool valid) => NumberPlans.AreValid(digits).ShouldBe(valid);

    [Theory]
    [InlineData("030901820", "DE", true)]
    [InlineData("02071838750", "GB", true)]
    [InlineData("0412345678", "AU", true)]
    [InlineData("0301", "DE", false)]
    [InlineData("4155552671", "US", true)]
    [InlineData("612345678", "ES", true)]
    public void So_are_those_that_are_dialled_at_home(string digits, string region, bool valid) => NumberPlans.AreValid(digits, region).ShouldBe(valid);

    [Theory]
    [InlineData("[13](?:2[4-6]|9){2}5?", "12425 199 1995 3249 39255", "19 124 299 19955 1")]
    [InlineData("0|180020", "0 180020", "18002 1 00")]
    [InlineData("7[089]{1,3}", "70 789 7099", "7 70000 17")]
    public void A_pattern_is_read_as_it_is_written(string pattern, string matching, string other)
    {
        var automaton = DigitAutomaton.TryBuild([(pattern, DigitAutomaton.AnyLength)]).ShouldNotBeNull();
        matching.Split(' ').ShouldAllBe(digits => automaton.Matches(digits));
        other.Split(' ').ShouldAllBe(digits => !automaton.Matches(digits));
    }

    [Theory]
    [InlineData("([2-9]\\d{6})$|1")]
    [InlineData("1+")]
    [InlineData("(?=1)2")]
    [InlineData("[^1]")]
    [InlineData("1{2")]
    [InlineData("(1")]
    [InlineData("1)")]
    public void Another_pattern_is_not_read(string pattern) => DigitAutomaton.TryBuild([(pattern, DigitAutomaton.AnyLength)]).ShouldBeNull();

    /// <summary>The library's examples of every kind, as they are dialled and without their prefix, with digits changed, added and left out; and digits that mean nothing.</summary>
    private static IEnumerable<string> Numbers(string region, Random random)
    {
        foreach (var kind in Enum.GetValues<PhoneNumberType>())
        {
            if (Library.GetExampleNumberForType(region, kind) is not { } example)
            {
                continue;
            }

            var national = Library.GetNationalSignificantNumber(example);
            foreach (var digits in (string[])[national, "0" + national, "1" + national, "8" + national, "00" + national])
            {
                yield return digits;
                for (var i = 0; i < Variations; i++)
                {
                    yield return Varied(digits, random);
                }
            }
        }

        for (var i = 0; i < 10 * Variations; i++)
        {
            yield return string.Concat(Enumerable.Range(0, random.Next(3, 14)).Select(_ => (char)('0' + random.Next(10))));
        }
    }

    private static string Varied(string digits, Random random)
    {
        var varied = digits.ToCharArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            varied[random.Next(varied.Length)] = (char)('0' + random.Next(10));
        }

        var text = new string(varied);
        return random.Next(4) switch { 0 => text[..^1], 1 => text + random.Next(10), _ => text };
    }

    private static bool Ask(string number, string? region)
    {
        try
        {
            return Library.IsValidNumber(Library.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
