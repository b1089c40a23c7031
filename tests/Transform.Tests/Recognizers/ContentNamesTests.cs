using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Codes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class ContentNamesTests
{
    [Fact]
    public void What_rows_find_is_what_may_be_named()
    {
        RecognizerTable.BuiltIn.Select(r => r.Type).Distinct().Except(EntityTypes.All).ShouldBeEmpty();
        NationalRows.Types.ShouldBe(EntityTypes.National, ignoreOrder: true);
        foreach (var type in EntityTypes.All)
        {
            TypeClasses.Find(type).ShouldNotBeNull(type);
            ContentNames.BuiltIn.OfType(type).Standing.ShouldBe(NameStanding.Known, type);
        }
    }

    [Theory]
    [InlineData("EMIAL", "EMAIL")]
    [InlineData("EMIL", null)]
    [InlineData("EMAILL", "EMAIL")]
    [InlineData("email", "EMAIL")]
    [InlineData("E-Mail", "EMAIL")]
    [InlineData("E_MAIL", "EMAIL")]
    [InlineData("ip", "IP")]
    [InlineData("PI", null)]
    [InlineData("CREDITCARD", "CREDIT_CARD")]
    [InlineData("CREDIT_CRAD", "CREDIT_CARD")]
    [InlineData("CREDIT_KARDS", "CREDIT_CARD")]
    [InlineData("DRIVERS_LICENCE", "DRIVER_LICENSE")]
    [InlineData("CARD", null)]
    [InlineData("CUSTOMER_NUMBER", null)]
    [InlineData("ED_TAX_ID", "DE_TAX_ID")]
    [InlineData("DE_TAXID", "DE_TAX_ID")]
    [InlineData("LU_TAX_ID", null)]
    [InlineData("", null)]
    [InlineData("___", null)]
    public void A_name_that_is_near_to_a_known_one_means_it(string name, string? meant)
    {
        var whole = ContentNames.With([], []);
        ContentNames.BuiltIn.OfType(name).ShouldBe(new NameVerdict(meant is null ? NameStanding.Unfound : NameStanding.Misspelt, meant));
        whole.OfType(name).ShouldBe(new NameVerdict(meant is null ? NameStanding.Unknown : NameStanding.Misspelt, meant));
    }

    [Theory]
    [InlineData("harmfull", "harmful")]
    [InlineData("Harmful", "harmful")]
    [InlineData("prompt-injection", "prompt_injection")]
    [InlineData("finacial", "financial")]
    [InlineData("sensitive", null)]
    public void So_does_a_label(string name, string? meant) =>
        ContentNames.BuiltIn.OfLabel(name).ShouldBe(new NameVerdict(meant is null ? NameStanding.Unfound : NameStanding.Misspelt, meant));

    [Fact]
    public void Nobody_adds_a_topic()
    {
        ContentNames.BuiltIn.OfTopic("legal").Standing.ShouldBe(NameStanding.Known);
        ContentNames.BuiltIn.OfTopic("harmful").Standing.ShouldBe(NameStanding.Unknown);
        ContentNames.With([], ["weather"]).OfTopic("weather").Standing.ShouldBe(NameStanding.Unknown);
    }

    [Fact]
    public void The_module_says_what_the_operators_rows_find()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Transform:Recognizers:0:Name"] = "Emails",
            ["Transform:Recognizers:0:Pattern"] = "x+@",
            ["Transform:Recognizers:1:Name"] = "plans",
            ["Transform:Recognizers:1:Words:0"] = "roadmap",
            ["Transform:Recognizers:1:Label"] = "harmfull",
        });
        builder.AddTransformModule();
        using var host = builder.Build();
        var names = host.Services.GetRequiredService<ContentNames>();
        names.OfType("EMAILS").Standing.ShouldBe(NameStanding.Known);
        names.OfType("PLAN").ShouldBe(new NameVerdict(NameStanding.Unknown));
        names.OfType("PLAMS").ShouldBe(new NameVerdict(NameStanding.Misspelt, "PLANS"));
        names.OfLabel("harmfull").Standing.ShouldBe(NameStanding.Known);
        names.OfType("CUSTOMER_NUMBER").Standing.ShouldBe(NameStanding.Unknown);
    }
}
