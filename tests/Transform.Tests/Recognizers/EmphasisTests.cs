namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class EmphasisTests
{
    [Theory]
    [InlineData("**536-22-1234**", "US_SSN=536-22-1234")]
    [InlineData("My SSN is *536-22-1234*, thanks", "US_SSN=536-22-1234")]
    [InlineData("**NPI 1234567893**", "US_NPI=1234567893")]
    [InlineData("NPI: **1234567893**", "US_NPI=1234567893")]
    [InlineData("Passport no.: **C01X00T47**.", "PASSPORT=C01X00T47")]
    [InlineData("| Passport | **C01X00T47** |", "PASSPORT=C01X00T47")]
    [InlineData("Account number: **123456789012**", "BANK_ACCOUNT=123456789012")]
    [InlineData("MRN: **00482913**", "MEDICAL_RECORD=00482913")]
    [InlineData("driver license **D1234567**", "DRIVER_LICENSE=D1234567")]
    public void What_stands_in_bold_is_found(string text, string expected) => Modules.Default.Find(text).ShouldBe([expected]);

    [Theory]
    [InlineData("x = 123456782*2")]
    [InlineData("x = 2*123456782*2")]
    [InlineData("a **b**\n536-22-1234*")]
    [InlineData("NPI 1234567893*7")]
    [InlineData("Passport no.: C01X00T47*2")]
    public void What_is_multiplied_or_open_is_not(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
