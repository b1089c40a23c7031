using GatewayStack.Transform.Checksums;

namespace GatewayStack.Transform.Tests.Checksums;

public sealed class ChecksumTests
{
    [Theory]
    [InlineData("79927398713", true)]
    [InlineData("79927398710", false)]
    [InlineData("4111-1111 1111 1111", true)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("x", false)]
    public void Luhn_checks(string text, bool expected) => Luhn.IsValid(text).ShouldBe(expected);

    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 32", true)]
    [InlineData("gb82west12345698765432", true)]
    [InlineData("GB82 WEST 1234 5698 7654 33", false)]
    [InlineData("GB82", false)]
    [InlineData("", false)]
    public void Mod97_checks(string text, bool expected) => Mod97.IsValid(text).ShouldBe(expected);

    [Theory]
    [InlineData("DE", 22)]
    [InlineData("no", 15)]
    [InlineData("RU", 33)]
    [InlineData("US", 0)]
    public void Lengths_are_the_registrys(string country, int length) => IbanLengths.Of(country).ShouldBe(length);

    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("411111111111111", false)]
    [InlineData("2220000000000000", false)]
    [InlineData("2221000000000000", true)]
    [InlineData("2720990000000000", true)]
    [InlineData("2721000000000000", false)]
    [InlineData("9792000000000000", true)]
    [InlineData("1111111111111111", false)]
    public void Networks_are_told_apart(string digits, bool expected) => CardNetworks.Issues(digits).ShouldBe(expected);
}
