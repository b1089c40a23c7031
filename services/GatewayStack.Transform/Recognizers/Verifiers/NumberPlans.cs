using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using PhoneNumbers;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// Which numbers countries have given out, as libphonenumber says it and read from its own patterns: its own answer takes a dozen expressions a country. Where reading a number
/// takes more than its digits (a prefix of carriers, a code of a country that may as well be an area's) nothing is said, and the library has to be asked.
/// </summary>
internal static class NumberPlans
{
    private const int LongestCode = 3;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();
    private static readonly HashSet<int> Codes = [.. Library.GetSupportedCallingCodes()];
    private static readonly HashSet<int> Worldwide = [.. Library.GetSupportedGlobalNetworkCallingCodes()];
    private static readonly ConcurrentDictionary<int, CountryPlan?> Countries = new();
    private static readonly ConcurrentDictionary<string, DialPlan?> Regions = new(StringComparer.Ordinal);

    /// <summary>Whether digits behind a plus are a number that is given out; null where the library has to be asked.</summary>
    public static bool? AreValid(ReadOnlySpan<char> digits)
    {
        for (int length = 1, code = 0; length <= LongestCode && length < digits.Length; length++)
        {
            code = (code * 10) + digits[length - 1] - '0';
            if (Codes.Contains(code) || Worldwide.Contains(code))
            {
                return digits[0] == '0' ? false : Countries.GetOrAdd(code, CountryPlan.Of)?.IsValid(digits[length..]);
            }
        }

        return false;
    }

    /// <summary>Whether digits as they are dialled in a region are a number that is given out; null where the library has to be asked.</summary>
    public static bool? AreValid(ReadOnlySpan<char> digits, string region) => Regions.GetOrAdd(region, DialPlan.Of)?.IsValid(digits);

    private static uint Lengths(IEnumerable<int> lengths) => lengths.Where(l => l is > 0 and < 31).Aggregate(0u, (all, l) => all | 1u << l);

    /// <summary>The numbers of a country's code.</summary>
    private sealed class CountryPlan(TrunkPrefix prefix, RegionPlan[] regions)
    {
        public static CountryPlan? Of(int code)
        {
            var names = Library.GetRegionCodesForCountryCode(code);
            if (Worldwide.Contains(code) || names.Count == 0)
            {
                return null;
            }

            var regions = names.Select(RegionPlan.Of).ToArray();
            return TrunkPrefix.Of(Library.GetMetadataForRegion(names[0])) is { } prefix && !regions.Contains(null) ? new CountryPlan(prefix, regions!) : null;
        }

        /// <summary>Digits behind the country's code, where some write the prefix too.</summary>
        public bool? IsValid(ReadOnlySpan<char> digits) => prefix.TryStrip(digits, out var number) ? IsGivenOut(number) : null;

        /// <summary>Digits without a prefix: the first region that has them says whether they are valid.</summary>
        public bool IsGivenOut(ReadOnlySpan<char> digits)
        {
            foreach (var region in regions)
            {
                if (regions.Length > 1 && region.Leading is { } leading ? leading.Begins(digits) : region.Has(digits))
                {
                    return region.Has(digits);
                }
            }

            return false;
        }
    }

    /// <summary>The numbers of a region: all must match its general pattern, and one of a kind's.</summary>
    private sealed record RegionPlan(DigitAutomaton General, DigitAutomaton Kinds, DigitAutomaton? Leading)
    {
        public static RegionPlan? Of(string region)
        {
            var plan = Library.GetMetadataForRegion(region);
            var general = DigitAutomaton.TryBuild([(plan.GeneralDesc.NationalNumberPattern, Lengths(plan.GeneralDesc.PossibleLengthList))]);
            PhoneNumberDesc?[] kinds = [plan.FixedLine, plan.Mobile, plan.TollFree, plan.PremiumRate, plan.SharedCost, plan.Voip, plan.PersonalNumber, plan.Pager, plan.Uan, plan.Voicemail];
            var given = DigitAutomaton.TryBuild(kinds.OfType<PhoneNumberDesc>().Select(k =>
                (k.NationalNumberPattern, k.PossibleLengthCount == 0 ? DigitAutomaton.AnyLength : Lengths(k.PossibleLengthList))));
            var leading = plan.HasLeadingDigits ? DigitAutomaton.TryBuild([(plan.LeadingDigits, DigitAutomaton.AnyLength)]) : null;
            return general is null || given is null || (plan.HasLeadingDigits && leading is null) ? null : new RegionPlan(general, given, leading);
        }

        public bool Has(ReadOnlySpan<char> digits) => General.Matches(digits) && Kinds.Matches(digits);
    }

    /// <summary>How numbers are dialled in a region.</summary>
    private sealed class DialPlan(CountryPlan country, string code, DigitAutomaton international, TrunkPrefix prefix)
    {
        public static DialPlan? Of(string region)
        {
            var plan = Library.GetMetadataForRegion(region);
            var country = Countries.GetOrAdd(plan.CountryCode, CountryPlan.Of);
            var international = DigitAutomaton.TryBuild([(plan.InternationalPrefix ?? "", DigitAutomaton.AnyLength)]);
            return country is not null && international is not null && TrunkPrefix.Of(plan) is { } prefix
                ? new DialPlan(country, plan.CountryCode.ToString(CultureInfo.InvariantCulture), international, prefix)
                : null;
        }

        public bool? IsValid(ReadOnlySpan<char> digits) =>
            international.Begins(digits) || digits.StartsWith(code) || !prefix.TryStrip(digits, out var number) ? null : country.IsGivenOut(number);
    }

    /// <summary>The digit that is dialled before numbers at home: the 0 of <c>030 901820</c>.</summary>
    private sealed class TrunkPrefix(DigitAutomaton all, char digit, DigitAutomaton pattern, uint lengths)
    {
        private readonly int _longest = BitOperations.Log2(lengths);

        public static TrunkPrefix? Of(PhoneMetadata plan)
        {
            var written = plan.NationalPrefixForParsing ?? "";
            var all = DigitAutomaton.TryBuild([(written, DigitAutomaton.AnyLength)]);
            var pattern = DigitAutomaton.TryBuild([(plan.GeneralDesc.NationalNumberPattern, DigitAutomaton.AnyLength)]);
            return all is null || pattern is null || !string.IsNullOrEmpty(plan.NationalPrefixTransformRule) ? null
                : new TrunkPrefix(all, Alone(written), pattern, Lengths(plan.GeneralDesc.PossibleLengthList.Except(plan.GeneralDesc.PossibleLengthLocalOnlyList)));
        }

        /// <summary>Takes the prefix off; false where it is one that the library must be asked about.</summary>
        public bool TryStrip(ReadOnlySpan<char> digits, out ReadOnlySpan<char> number)
        {
            number = digits;
            if (!all.Begins(digits))
            {
                return true;
            }

            if (digits[0] != digit)
            {
                return false;
            }

            // It is none where the digits are a number only with it, or without it of a length that there is not.
            var rest = digits[1..];
            var isPart = (pattern.Matches(digits) && !pattern.Matches(rest)) || (rest.Length <= _longest && (lengths >> rest.Length & 1) == 0);
            number = isPart ? digits : rest;
            return true;
        }

        /// <summary>The digit that is a prefix by itself, where no other of the prefixes begins with it: <c>0|180020</c>.</summary>
        private static char Alone(string written)
        {
            var alone = written.Split('|').FirstOrDefault(p => p.Length == 1 && char.IsAsciiDigit(p[0]));
            var others = alone is null ? null : DigitAutomaton.TryBuild(written.Split('|').Where(p => p != alone).Select(p => (p, DigitAutomaton.AnyLength)));
            return others?.MayBeginWith(alone![0]) == false ? alone![0] : '\0';
        }
    }
}
