using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Languages that are called like somebody.</summary>
public sealed class LanguageWordsTests
{
    [Theory]
    [InlineData("German Umlauts")]
    [InlineData("Subject: German umlauts\n\nHi Anna Weber,\nGerman umlauts still break.")]
    public void A_language_is_nobody(string text) => Modules.Shipped.Find(text).ShouldNotContain(f => f.Contains("German", StringComparison.Ordinal));

    [Theory]
    [InlineData("German Lopez leads the team")]
    [InlineData("German")]
    [InlineData("Germaine words it well")]
    [InlineData("Anna words it well")]
    public void Whoever_is_called_so_is_somebody(string text) => LanguageWords.Are(text, 0).ShouldBeFalse();
}
