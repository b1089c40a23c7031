using GatewayStack.Router.Routing;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Tests.Routing;

public sealed class RouterSnapshotBuilderTests
{
    [Fact]
    public void Nothing_configured_is_good()
    {
        var (snapshot, options, errors) = Build();
        errors.ShouldBeEmpty();
        snapshot.ShouldNotBeNull().MaxBodyBytes.ShouldBe(10 * 1024 * 1024);
        options.AllowanceWithoutLimits.ShouldBe(60);
    }

    [Fact]
    public void A_whole_configuration_is_read()
    {
        var (snapshot, _, errors) = Build(
            "Providers:cloud:BaseUrl=https://api.example.com/v1/",
            "Providers:cloud:ApiKey=common",
            "Providers:cloud:ApiKeys:0:Tenant=Mercy:1",
            "Providers:cloud:ApiKeys:0:Key=own",
            "Models:0:Name=smart:model",
            "Models:0:Transform=redact-required",
            "Models:0:Targets:0:Provider=cloud",
            "Models:0:Targets:1:Provider=cloud",
            "Models:0:Targets:1:Model=other",
            "Models:0:Targets:1:MaxTokensMember=max_tokens",
            "Backends:clinic:BaseUrl=http://clinic:81/base",
            "Backends:clinic:ContentPointers:0=/prompt",
            "Backends:clinic:PathTemplates:0=GET /events/{event}",
            "Backends:clinic:ResourcePointers:0=patient=/patient/id");
        errors.ShouldBeEmpty();
        var model = snapshot!.Models["smart:model"];
        model.Targets.Select(t => (t.Id, t.Model, t.MaxTokensMember)).ShouldBe([("0", "smart:model", "max_completion_tokens"), ("1", "other", "max_tokens")]);
        var cloud = snapshot.Providers["cloud"];
        cloud.BaseUrl.ToString().ShouldBe("https://api.example.com/v1/");
        cloud.KeyFor("Mercy:1").ShouldBe("own");
        cloud.KeyFor("mercy:1").ShouldBe("common");
        cloud.KeyFor("acme").ShouldBe("common");
        cloud.ToString().ShouldNotContain("common");
        snapshot.Backends["clinic"].Audience.ShouldBe("clinic");
    }

    [Fact]
    public void A_tenant_with_its_own_key_has_no_other_even_where_there_is_no_common_one()
    {
        var (snapshot, _, _) = Build("Providers:cloud:BaseUrl=http://p", "Providers:cloud:ApiKeys:0:Tenant=mercy", "Providers:cloud:ApiKeys:0:Key=own");
        snapshot!.Providers["cloud"].KeyFor("acme").ShouldBeNull();
    }

    [Fact]
    public void Every_error_is_told_at_once()
    {
        var (snapshot, _, errors) = Build(
            "Provider:cloud:BaseUrl=x",
            "MaxBodyBytes=1",
            "EndUser=name",
            "AllowanceWithoutLimits=-1",
            "Deadlines:think=5",
            "Deadlines:decide=0",
            "Providers:Cloud_1:BaseUrl=ftp://x",
            "Providers:Cloud_1:Kind=other",
            "Providers:Cloud_1:TimeoutSeconds=0", "Providers:Cloud_1:RefusedMembers:0=model",
            "Providers:Cloud_1:ApiKeys:0:Tenant=t",
            "Models:0:Transform=redact",
            "Models:1:Name=m",
            "Models:2:Name=m",
            "Models:2:Transform=maybe",
            "Models:2:Targets:0:Provider=nobody",
            "Backends:b:BaseUrl=http://user@b",
            "Backends:c:BaseUrl=http://c",
            "Backends:c:Audience=urn:gatewaystack:internal",
            "Backends:c:CallerCredential=env:ROUTER_TESTS_NOT_SET",
            "Backends:c:PathTemplates:0=/x",
            "Backends:c:ContentPointers:0=prompt",
            "Backends:c:ModelPointer=~",
            "Backends:c:ResourcePointers:0=/x",
            "Backends:c:Hosts:0=*.example.com");
        snapshot.ShouldBeNull();
        errors.ShouldAllBe(e => e.Problem.Length > 0 && e.Remedy.Length > 0);
        errors.Select(e => e.Key).Distinct().ShouldBe(
        [
            "Router:Provider:cloud:BaseUrl", "Router:MaxBodyBytes", "Router:EndUser", "Router:AllowanceWithoutLimits", "Router:Deadlines:think", "Router:Deadlines:decide",
            "Router:Providers:Cloud_1", "Router:Providers:Cloud_1:Kind", "Router:Providers:Cloud_1:TimeoutSeconds", "Router:Providers:Cloud_1:RefusedMembers", "Router:Providers:Cloud_1:ApiKeys:0:Key",
            "Router:Providers:Cloud_1:ApiKeys:0", "Router:Providers:Cloud_1:BaseUrl",
            "Router:Models:0:Name", "Router:Models:1:Targets", "Router:Models:2:Targets:0:Provider", "Router:Models:2:Transform", "Router:Models",
            "Router:Backends:b:BaseUrl", "Router:Backends:c:Audience", "Router:Backends:c:CallerCredential", "Router:Backends:c:PathTemplates:0", "Router:Backends:c:ContentPointers:0",
            "Router:Backends:c:ModelPointer", "Router:Backends:c:ResourcePointers:0", "Router:Backends:c:Hosts",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Router:Models:0:Target:0:Provider")]
    [InlineData("Router:Providers:cloud:Key")]
    [InlineData("Router:Backends:c:Auidence")]
    [InlineData("Router:Backends:c:UsagePointers:Total")]
    [InlineData("Router:Fallback")]
    public void An_unknown_key_is_an_error_that_names_it(string key) =>
        Build(key["Router:".Length..] + "=x").Errors.ShouldContain(e => e.Key == key);

    [Theory]
    [InlineData("/v1")]
    [InlineData("/V1")]
    [InlineData("/v1/chat")]
    [InlineData("/backends")]
    [InlineData("/backends/other")]
    [InlineData("/me")]
    [InlineData("/audit")]
    [InlineData("/.well-known")]
    [InlineData("/.well-known/jwks.json")]
    [InlineData("/alive")]
    [InlineData("/admin")]
    [InlineData("/Admin/policy")]
    [InlineData("/health")]
    [InlineData("/demo")]
    public void A_prefix_that_covers_ours_stops_the_start(string prefix) =>
        Build("Backends:c:BaseUrl=http://c", "Backends:c:PathPrefix=" + prefix).Errors.ShouldHaveSingleItem().Key.ShouldBe("Router:Backends:c:PathPrefix");

    [Theory]
    [InlineData("/v10")]
    [InlineData("/meadow")]
    [InlineData("/calendar/v1")]
    public void Another_prefix_is_good(string prefix) => Build("Backends:c:BaseUrl=http://c", "Backends:c:PathPrefix=" + prefix).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("calendar")]
    [InlineData("/calendar/")]
    [InlineData("/calendar/../v1")]
    [InlineData("//calendar")]
    [InlineData("/cal%2fendar")]
    [InlineData("/calendar?x")]
    [InlineData("/cal\\endar")]
    public void A_prefix_that_is_none_is_an_error_and_no_exception(string prefix) =>
        Build("Backends:c:BaseUrl=http://c", "Backends:c:PathPrefix=" + prefix).Errors.ShouldContain(e => e.Key == "Router:Backends:c:PathPrefix");

    [Theory]
    [InlineData("Backends:c:PathPrefix=/x", "Backends:d:PathPrefix=/X")]
    [InlineData("Backends:c:Hosts:0=api.example.com", "Backends:d:Hosts:0=API.example.com")]
    [InlineData("Backends:c:Audience=d", "Backends:d:TimeoutSeconds=5")]
    [InlineData("Backends:c:Audience=same", "Backends:d:Audience=same")]
    public void Two_backends_share_nothing_that_tells_them_apart(params string[] settings) =>
        Build(["Backends:c:BaseUrl=http://c", "Backends:d:BaseUrl=http://d", .. settings]).Errors.ShouldHaveSingleItem().Key.ShouldStartWith("Router:Backends");

    [Theory]
    [InlineData("Backends:c:Transform=redact")]
    [InlineData("Backends:c:Transform=redact-required")]
    [InlineData("Backends:c:Transform=detect")]
    public void A_treatment_of_nothing_is_a_contradiction(string setting) =>
        Build("Backends:c:BaseUrl=http://c", setting).Errors.ShouldHaveSingleItem().Key.ShouldBe("Router:Backends:c:Transform");

    [Theory]
    [InlineData("/messages", "/messages")]
    [InlineData("/messages", "/messages/0/content")]
    public void Content_that_is_named_twice_is_a_contradiction(string first, string second) =>
        Build("Backends:c:BaseUrl=http://c", "Backends:c:ContentPointers:0=" + first, "Backends:c:ContentPointers:1=" + second)
            .Errors.ShouldHaveSingleItem().Key.ShouldBe("Router:Backends:c:ContentPointers");

    [Theory]
    [InlineData("Providers:cloud=x")]
    [InlineData("Providers:cloud=")]
    [InlineData("Backends:c=x")]
    [InlineData("Models:0=x")]
    [InlineData("Models=x")]
    [InlineData("MaxBodyBytes=many")]
    [InlineData("Providers:cloud:ApiKeys:0=x")]
    public void A_value_of_the_wrong_shape_is_an_error_and_no_exception(string setting) => Build(setting).Errors.ShouldNotBeEmpty();

    [Fact]
    public void A_secret_that_no_header_can_carry_is_an_error_that_does_not_show_it()
    {
        var error = Build("Providers:cloud:BaseUrl=http://p", "Providers:cloud:ApiKey=se\r\ncret: x").Errors.ShouldHaveSingleItem();
        error.Key.ShouldBe("Router:Providers:cloud:ApiKey");
        error.ToString().ShouldNotContain("cret:");
    }

    [Fact]
    public void A_deadline_holds_in_every_spelling_of_its_stage() // environment variables are often in capitals
    {
        var (_, options, errors) = Build("Deadlines:DECIDE=7");
        errors.ShouldBeEmpty();
        options.Deadlines.TryGetValue("decide", out var milliseconds).ShouldBeTrue();
        milliseconds.ShouldBe(7);
    }

    [Theory]
    [InlineData("OnUnavailable:Identity=allow", "Router:OnUnavailable:Identity")]
    [InlineData("OnUnavailable:Identity=allow_capped", "Router:OnUnavailable:Identity")]
    [InlineData("OnUnavailable:POLICY=allow", "Router:OnUnavailable:Policy")]
    [InlineData("OnUnavailable:Policy=", "Router:OnUnavailable:Policy")]
    [InlineData("OnUnavailable:Transform=allow_capped", "Router:OnUnavailable:Transform")]
    [InlineData("OnUnavailable:Limits=open", "Router:OnUnavailable:Limits")]
    [InlineData("OnUnavailable:Audit=deny", "Router:OnUnavailable:Audit")]
    [InlineData("OnUnavailable=allow", "Router:OnUnavailable")]
    [InlineData("Breakers:audit:FailureRatio=0.5", "Router:Breakers:audit")]
    [InlineData("Breakers:policy:FailureRatio=0", "Router:Breakers:policy")]
    [InlineData("Breakers:policy:FailureRatio=1.01", "Router:Breakers:policy")]
    [InlineData("Breakers:policy:MinimumThroughput=0", "Router:Breakers:policy")]
    [InlineData("Breakers:policy:SamplingSeconds=0", "Router:Breakers:policy")]
    [InlineData("Breakers:policy:BreakSeconds=601", "Router:Breakers:policy")]
    [InlineData("Breakers:policy=x", "Router:Breakers:policy")]
    [InlineData("IdentityCacheSeconds=31", "Router:IdentityCacheSeconds")]
    [InlineData("IdentityCacheSeconds=-1", "Router:IdentityCacheSeconds")]
    [InlineData("DrainSeconds=-1", "Router:DrainSeconds")]
    [InlineData("DrainSeconds=601", "Router:DrainSeconds")]
    public void What_holds_without_a_module_is_checked(string setting, string key)
    {
        var (snapshot, _, errors) = Build(setting);
        snapshot.ShouldBeNull();
        errors.ShouldContain(e => e.Key == key);
    }

    [Theory]
    [InlineData("OnUnavailable:Identity=deny")]
    [InlineData("OnUnavailable:policy=deny")]
    [InlineData("OnUnavailable:Transform=deny")]
    [InlineData("OnUnavailable:Limits=allow")]
    [InlineData("Breakers:LIMITS:FailureRatio=1")]
    [InlineData("IdentityCacheSeconds=0")]
    [InlineData("DrainSeconds=0")]
    public void What_may_be_chosen_is_good(string setting) => Build(setting).Errors.ShouldBeEmpty();

    private static (RouterSnapshot? Snapshot, RouterOptions Options, System.Collections.Immutable.ImmutableArray<Contracts.Settings.SettingsError> Errors) Build(params string[] settings) =>
        RouterSnapshotBuilder.Build(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(s => s.Split('=', 2)).Select(p => new KeyValuePair<string, string?>("Router:" + p[0], p[1]))).Build());
}
