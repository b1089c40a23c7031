using GatewayStack.AppHost.Services;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Services;

public sealed class StackSettingsTests
{
    private static readonly string[] Services = [Resources.Identity, Resources.Transform, Resources.Policy, Resources.Limits, Resources.Audit, Resources.Router];

    [Fact]
    public void A_service_is_told_what_it_owns_and_nothing_else()
    {
        var settings = With();
        foreach (var service in Services)
        {
            var own = service[..1].ToUpperInvariant() + service[1..];
            settings.Of(service).Keys.Where(k => !k.StartsWith("Transform__Recognizers__", StringComparison.Ordinal))
                .ShouldAllBe(k => k.StartsWith(own + "__", StringComparison.Ordinal));
        }

        settings.Of(Resources.Identity)["Identity__Issuers__0__Issuer"].ShouldBe("http://127.0.0.1:9000/demo/");
        settings.Of(Resources.Router)["Router__Providers__cloud__BaseUrl"].ShouldStartWith(StackSettings.DemoAddress);
        File.Exists(settings.Of(Resources.Policy)["Policy__File"]).ShouldBeTrue();
    }

    [Fact]
    public void Who_names_types_and_labels_learns_those_of_the_operator_and_not_what_they_look_for()
    {
        var settings = With(("Transform:Recognizers:7:Name", "emails"), ("Transform:Recognizers:7:Pattern", "x+@"), ("Transform:Recognizers:7:Label", "mail"));
        string[] Told(string service) =>
            [.. settings.Of(service).Keys.Where(k => k.StartsWith("Transform__Recognizers__7__", StringComparison.Ordinal))
                .Select(k => k.Split("__")[^1]).Order(StringComparer.Ordinal)];
        Told(Resources.Transform).ShouldBe(["Label", "Name", "Pattern"]);
        Told(Resources.Policy).ShouldBe(["Label", "Name"]);
        Told(Resources.Router).ShouldBe(["Label", "Name"]);
        Told(Resources.Identity).ShouldBeEmpty();
        Told(Resources.Limits).ShouldBeEmpty();
        Told(Resources.Audit).ShouldBeEmpty();
    }

    [Fact]
    public void The_operators_settings_stand_above_the_demos()
    {
        var settings = With(("Router:Providers:cloud:ApiKey", "theirs"), ("router:endUser", "user_id"), ("Events:MaxBytes", "9"), ("Keys:Master", "m"));
        settings.Of(Resources.Router)["Router__Providers__cloud__ApiKey"].ShouldBe("theirs");
        settings.Of(Resources.Router).ShouldContain(s => s.Key.Equals("Router__EndUser", StringComparison.OrdinalIgnoreCase) && s.Value == "user_id");
        settings.Of(Resources.Audit)["Events__MaxBytes"].ShouldBe("9");
        settings.MasterKey.ShouldBe("m");
        Services.Where(s => settings.Of(s).ContainsKey("Keys__Master")).ShouldBe([Resources.Identity]);
        Services.Where(s => settings.Of(s).ContainsValue("theirs")).ShouldBe([Resources.Router]);
    }

    [Fact]
    public void The_Router_learns_every_mode()
    {
        var router = With(("Policy:Mode", "observe"), ("Limits:Mode", "off")).Of(Resources.Router);
        router["Policy__Mode"].ShouldBe("observe");
        router["Limits__Mode"].ShouldBe("off");
        router.ShouldNotContainKey("Policy__File");
    }

    [Fact]
    public void OpenAIs_key_reaches_the_Router_alone()
    {
        const string Key = "sk-a-key-of-a-test";
        var settings = With(("OPENAI_API_KEY", Key));
        Services.Where(s => settings.Of(s).ContainsValue(Key)).ShouldBe([Resources.Router]);
        settings.Of(Resources.Router)["OPENAI_API_KEY"].ShouldBe(Key);
        With().Of(Resources.Router).ShouldNotContainKey("OPENAI_API_KEY");
    }

    [Fact]
    public void Without_the_demo_there_is_nothing_of_it()
    {
        var settings = With(("Demo:Enabled", "false"));
        settings.Demo.ShouldBeFalse();
        Services.ShouldAllBe(s => settings.Of(s).IsEmpty);
    }

    private static StackSettings With(params (string Key, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build(), new FrontDoor(9000));
}
