using System.Numerics;
using FsCheck.Xunit;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Tests.Prices;

public sealed class MicroUnitsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("5.00", 5_000_000)]
    [InlineData("0.15", 150_000)]
    [InlineData("0.000001", 1)]
    [InlineData("0.1", 100_000)]
    [InlineData("0.30000000000", 300_000)]
    [InlineData("9007199254.740991", 9_007_199_254_740_991)]
    [InlineData("00012.5", 12_500_000)]
    public void Decimals_are_converted_exactly(string text, long micros)
    {
        MicroUnits.TryParse(text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("0.0000001")]
    [InlineData("9007199254.740992")]
    [InlineData("99999999999999999999")]
    [InlineData("٥")]
    public void Anything_else_is_refused(string text) => MicroUnits.TryParse(text, out _).ShouldBeFalse();

    [Property(MaxTest = 1000)]
    public void What_is_written_reads_back(ulong seed)
    {
        var micros = (long)(seed % MicroUnits.Max);
        MicroUnits.TryParse(MicroUnits.Format(micros), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(micros);
    }

    [Property(MaxTest = 1000)]
    public void Reading_agrees_with_exact_arithmetic(uint whole, uint fraction)
    {
        var text = $"{whole % 1_000_000_000}.{fraction % 1_000_000:D6}";
        MicroUnits.TryParse(text, out var parsed).ShouldBeTrue();
        new BigInteger(parsed).ShouldBe(BigInteger.Parse(text.Replace(".", string.Empty, StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(5_000_000, "5.00")]
    [InlineData(1, "0.000001")]
    [InlineData(0, "0.00")]
    [InlineData(-1_500_000, "-1.50")]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    public void Amounts_are_written_with_two_places_or_more(long micros, string text) => MicroUnits.Format(micros).ShouldBe(text);
}
