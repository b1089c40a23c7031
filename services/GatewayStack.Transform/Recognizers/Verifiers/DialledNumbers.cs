using PhoneNumbers;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Whether a number is given out, abroad or as it is dialled at home: the plans are asked first, the library where they do not say.</summary>
internal static class DialledNumbers
{
    /// <summary>Countries that dial a 0 before national numbers, the most frequent in texts first.</summary>
    private static readonly string[] TrunkRegions =
        ["GB", "DE", "FR", "AU", "NL", "IN", "CH", "AT", "BE", "SE", "FI", "ZA", "JP", "KR", "NG", "KE", "TR", "IL", "IE", "NZ", "PK", "EG", "MY", "ID", "PH", "TH", "VN", "UA",
        "IT", "RO", "CN", "TW"];

    /// <summary>Countries that dial ten digits, no 0 before them.</summary>
    private static readonly string[] OtherRegions = ["US", "IN", "BR", "RU"];

    /// <summary>Loads the numbering plans, which takes far longer than any text: done before the first request, not by it.</summary>
    public static void Prepare()
    {
        foreach (var region in TrunkRegions.Concat(OtherRegions))
        {
            IsValid("0301234567", region);
            Asked("0301234567", region);
        }
    }

    /// <summary>As it is dialled in one of the countries that dial a 0 first.</summary>
    public static bool IsValidSomewhere(ReadOnlySpan<char> digits)
    {
        foreach (var region in TrunkRegions)
        {
            if (IsValid(digits, region))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As it is dialled in a country.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits, string region) => NumberPlans.AreValid(digits, region) ?? Asked(digits.ToString(), region);

    /// <summary>Behind a plus.</summary>
    public static bool IsValidAbroad(ReadOnlySpan<char> digits) => NumberPlans.AreValid(digits) ?? Asked($"+{digits}", null);

    private static bool Asked(string number, string? region)
    {
        var plans = PhoneNumberUtil.GetInstance();
        try
        {
            return plans.IsValidNumber(plans.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
