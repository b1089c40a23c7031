using Microsoft.Extensions.Configuration;

namespace GatewayStack.Transform.Tests.Settings;

public sealed class NormaliseSettingsTests
{
    [Theory]
    [InlineData("Normalise:HiddenCharacters=drop")]
    [InlineData("Normalise:LongParts=remove")]
    [InlineData("Normalise:MaxPartChars=-1")]
    [InlineData("Normalise:MaxPartChars=many")]
    [InlineData("Normalise:Tenants:acme:HiddenCharacters=no")]
    [InlineData("Normalise:Tenants:acme=refuse")]
    [InlineData("Normalise:Hidden=report")]
    [InlineData("Extraction:Enabled=perhaps")]
    [InlineData("Extraction:MaxBytes=1")]
    [InlineData("Extraction:MaxPages=0")]
    [InlineData("Extraction:Milliseconds=1000000")]
    [InlineData("Extraction:Workers=0")]
    public void What_is_wrong_is_named(string setting) =>
        Check(setting).ShouldHaveSingleItem().ShouldBe("Transform:" + setting[..setting.IndexOf('=', StringComparison.Ordinal)]);

    [Theory]
    [InlineData("Normalise:HiddenCharacters=remove")]
    [InlineData("Normalise:Tenants:acme:MaxPartChars=0")]
    [InlineData("Normalise:Tenants:acme:LongParts=refuse")]
    [InlineData("Extraction:Enabled=false")]
    [InlineData("Extraction:MaxDocuments=0")]
    public void What_is_right_passes(string setting) => Check(setting).ShouldBeEmpty();

    private static string[] Check(string setting)
    {
        var pair = ("Transform:" + setting).Split('=');
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>(pair[0], pair[1])]).Build();
        return [.. new TransformSettingsCheck(configuration).Check().Select(e => e.Key)];
    }
}
