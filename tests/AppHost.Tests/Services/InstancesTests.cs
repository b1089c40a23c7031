using GatewayStack.AppHost.Infrastructure;
using GatewayStack.AppHost.Services;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Services;

public sealed class InstancesTests
{
    [Fact]
    public void One_unless_said()
    {
        var asked = Asked(("Instances:policy", "3"));
        Instances.Check(asked, Form(InfrastructureForm.Installed));
        Instances.Of(asked, Resources.Policy).ShouldBe(3);
        Instances.Of(asked, Resources.Limits).ShouldBe(1);
    }

    [Theory]
    [InlineData("policy", "0")]
    [InlineData("policy", "10")]
    [InlineData("policy", "-2")]
    [InlineData("policy", "two")]
    [InlineData("policy", "")]
    [InlineData("router", "2")]
    [InlineData("redis", "2")]
    public void What_cannot_be_is_refused(string service, string number) =>
        Should.Throw<StackRefusedException>(() => Instances.Check(Asked(("Instances:" + service, number)), Form(InfrastructureForm.Installed))).Message.ShouldContain("Instances:" + service);

    [Fact]
    public void Embedded_has_one_of_each()
    {
        Instances.Check(Asked(("Instances:policy", "1")), Form(InfrastructureForm.Embedded));
        Should.Throw<StackRefusedException>(() => Instances.Check(Asked(("Instances:policy", "2")), Form(InfrastructureForm.Embedded))).Message.ShouldContain("servers that the instances share");
    }

    private static FormChoice Form(InfrastructureForm form) => new(form, "a test");

    private static IConfiguration Asked(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
}
