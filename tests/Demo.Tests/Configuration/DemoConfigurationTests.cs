using GatewayStack.Demo.Configuration;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Demo.Tests.Configuration;

public sealed class DemoConfigurationTests
{
    [Fact]
    public void Nothing_goes_outside_the_simulation_without_a_key()
    {
        var configuration = Create(useOpenAI: false);
        foreach (var provider in configuration.GetSection("Router:Providers").GetChildren())
        {
            provider["BaseUrl"].ShouldBe($"http://127.0.0.1:4000/demo/providers/{provider.Key}/v1");
        }

        configuration["Identity:Issuers:0:Issuer"].ShouldBe("http://127.0.0.1:8080/demo/");
        configuration["Identity:Issuers:0:JwksUri"].ShouldBe("http://127.0.0.1:4000/demo/jwks");
        configuration.GetSection("Identity:Issuers:0:AllowedTenants").Get<string[]>().ShouldBe(["mercy", "acme"]);
    }

    [Fact]
    public void With_a_key_one_model_and_nothing_else_goes_to_OpenAI()
    {
        var without = Create(useOpenAI: false).AsEnumerable().Where(s => s.Value is not null).ToHashSet();
        var with = Create(useOpenAI: true).AsEnumerable().Where(s => s.Value is not null).ToHashSet();
        without.Except(with).ShouldBe([new("Router:Models:1:Targets:0:Provider", "cloud")]);
        with.Except(without).Where(s => !s.Key.StartsWith("Router:Providers:openai", StringComparison.Ordinal)).ShouldBe([new("Router:Models:1:Targets:0:Provider", "openai")]);
        with.ShouldContain(new KeyValuePair<string, string?>("Router:Models:1:Name", "gpt-4o-mini"));
        with.ShouldContain(new KeyValuePair<string, string?>("Router:Providers:openai:ApiKey", "env:OPENAI_API_KEY"));
    }

    [Fact]
    public void Every_target_is_a_model_that_its_provider_has()
    {
        var configuration = Create(useOpenAI: false);
        foreach (var model in configuration.GetSection("Router:Models").GetChildren())
        {
            foreach (var target in model.GetSection("Targets").GetChildren())
            {
                var provider = GatewayStack.Demo.Providers.SimulatedProvider.Find(target["Provider"]).ShouldNotBeNull();
                provider.Models.ShouldContain(target["Model"]!);
            }
        }
    }

    [Fact]
    public void The_calendar_is_an_MCP_server()
    {
        var calendar = Create(useOpenAI: false).GetSection("Router:Mcp").GetChildren().ShouldHaveSingleItem();
        calendar.Key.ShouldBe("calendar");
        calendar["Url"].ShouldBe("http://127.0.0.1:4000/demo/mcp/calendar");
        calendar["AssertionAudience"].ShouldBe("calendar-mcp");
        calendar.GetSection("InitialScopes").Get<string[]>().ShouldBe(["calendar:read"]);
    }

    [Fact]
    public void Clients_that_are_known_beforehand_have_their_names_in_the_audit()
    {
        var clients = Create(useOpenAI: false).GetSection("Identity:Clients").GetChildren().ToDictionary(c => c["Id"]!, c => c["Name"], StringComparer.Ordinal);
        clients["https://claude.ai/oauth/claude-code-client-metadata"].ShouldBe("Claude Code");
        clients["demo-cli"].ShouldBe("Demo CLI");
        clients.Keys.ShouldNotContain(id => id.Contains('{'));
    }

    [Fact]
    public void The_policy_stands_beside_the_program() => File.Exists(Create(useOpenAI: false)["Policy:File"]).ShouldBeTrue();

    private static IConfigurationRoot Create(bool useOpenAI) => new ConfigurationBuilder()
        .AddInMemoryCollection(DemoConfiguration.Create(new DemoSettings
        {
            DemoServerAddress = new Uri("http://127.0.0.1:4000"),
            Issuer = "http://127.0.0.1:8080/demo/",
            UseOpenAI = useOpenAI,
        }))
        .Build();
}
