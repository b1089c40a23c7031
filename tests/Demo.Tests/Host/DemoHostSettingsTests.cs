using GatewayStack.Demo.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace GatewayStack.Demo.Tests.Host;

public sealed class DemoHostSettingsTests
{
    [Fact]
    public void Defaults_need_no_configuration()
    {
        var check = Check(Environments.Development, []);
        check.Check().ShouldBeEmpty();
        check.Urls.ShouldBe(["http://127.0.0.1:8090"]);
        check.ServerOptions.GatewayUrl.ShouldBe(new Uri("http://127.0.0.1:8080"));
        check.ServerOptions.KeyFolder.ShouldEndWith(Path.Combine("gatewaystack", "demo"));
    }

    [Theory]
    [InlineData("Demo:Issur", "x", "Demo:Issur")]
    [InlineData("Demo:GatewayUrl", "gateway", "Demo:GatewayUrl")]
    [InlineData("Demo:GatewayUrl", "ftp://gateway", "Demo:GatewayUrl")]
    [InlineData("Demo:Issuer", "http://127.0.0.1:8080", "Demo:Issuer")]
    [InlineData("Demo:Issuer", "http://127.0.0.1:8080/demo", "Demo:Issuer")]
    [InlineData("Demo:AccessTokenSeconds", "4", "Demo:AccessTokenSeconds")]
    [InlineData("Demo:AccessTokenSeconds", "86401", "Demo:AccessTokenSeconds")]
    [InlineData("Demo:ClinicSecret", "env:NO_SUCH_VARIABLE_HERE", "Demo:ClinicSecret")]
    [InlineData("Demo:Urls", "http://0.0.0.0:8090", "Demo:Urls")]
    [InlineData("Demo:Urls", ";", "Demo:Urls")]
    [InlineData("urls", "http://*:8090", "Demo:Urls")]
    [InlineData("urls", "http://127.0.0.1:1;http://gateway.example:80", "Demo:Urls")]
    public void What_is_wrong_is_named(string key, string value, string named) =>
        Check(Environments.Development, new() { [key] = value }).Check().ShouldHaveSingleItem().Key.ShouldBe(named);

    [Fact]
    public void All_errors_come_at_once_and_production_is_one_of_them() =>
        Check(Environments.Production, new() { ["Demo:Urls"] = "x", ["Demo:GatewayUrl"] = "y", ["Demo:Z"] = "z" }).Check().Length.ShouldBe(4);

    private static DemoHostSettingsCheck Check(string environment, Dictionary<string, string?> settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new HostingEnvironment { EnvironmentName = environment });
}
