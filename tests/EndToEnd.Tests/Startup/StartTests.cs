using System.Text.RegularExpressions;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Startup;

/// <summary>A gateway starts only with settings it understands, and says all that is wrong with them at once.</summary>
public sealed partial class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_with_a_remedy()
    {
        var (code, output) = await RunAsync("Development", new()
        {
            ["Router:NoSuchSetting"] = "1",
            ["Identity:Issuers:0:Audience"] = "misspelt",
            ["Policy:Mode"] = "sometimes",
            ["Limits:File"] = Path.Combine(_folder.Path, "absent.json"),
            ["Transform:Recognizers:2:Name"] = "broken",
            ["Transform:Recognizers:2:Pattern"] = "(",
            ["Transform:Recognizers:2:Label"] = "broken",
            ["Router:Providers:cloud:ApiKey"] = "env:NO_SUCH_VARIABLE",
            ["Audit:Mode"] = "never",
            ["Management:Port"] = "9",
            ["Data:Folder"] = "x",
            ["Router:Backends:calendar:Audience"] = "urn:gatewaystack:internal",
        });
        code.ShouldBe(2, output);
        output.ShouldContain("Router:NoSuchSetting");
        output.ShouldContain("Identity:Issuers:0:Audience");
        output.ShouldContain("Policy:Mode");
        output.ShouldContain("Limits:File");
        output.ShouldContain("Transform:Recognizers:2");
        output.ShouldContain("Router:Providers:cloud:ApiKey");
        output.ShouldContain("Audit:Mode");
        output.ShouldContain("Management:Port");
        output.ShouldContain("Data:Folder");
        output.ShouldContain("Router:Backends:calendar:Audience");
        Lines("Policy:Mode").ShouldBe(1, output);
        Lines("Audit:Mode").ShouldBe(1, output);
        ShouldBeForPeople(output);

        int Lines(string key) => output.Split('\n').Count(line => line.TrimStart().StartsWith(key + " ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_stop_the_start()
    {
        var (code, output) = await RunAsync("Development", new()
        {
            ["Identity:Issuers:0:Tenant"] = "mercy",
            ["Router:Models:0:Targets:0:Provider"] = "nowhere",
            ["Router:Backends:calendar:PathPrefix"] = "/v1",
            ["Management:Url"] = "http://127.0.0.1:18999",
            ["urls"] = "http://127.0.0.1:18999",
        });
        code.ShouldBe(2, output);
        output.ShouldContain("Identity:Issuers:0:Tenant");
        output.ShouldContain("Router:Models:0:Targets:0:Provider");
        output.ShouldContain("Router:Backends:calendar:PathPrefix");
        output.ShouldContain("Management:Url");
        ShouldBeForPeople(output);
    }

    [Fact]
    public async Task A_bad_policy_stops_the_first_start()
    {
        var policy = _folder.Write("policy.yaml", "apiVersion: gateway.policy/v1\nrules:\n  - id: a\n    effect: perhaps\n  - id: a\n    efect: allow\n");
        var (code, output) = await RunAsync("Development", new() { ["Policy:File"] = policy });
        code.ShouldBe(2, output);
        output.ShouldContain("/rules/0/effect");
        output.ShouldContain("efect");
        ShouldBeForPeople(output);
    }

    [Fact]
    public async Task The_demo_does_not_start_in_Production()
    {
        var (code, output) = await RunAsync("Production", new() { ["Demo:Enabled"] = "true" });
        code.ShouldBe(2, output);
        output.ShouldContain("Demo:Enabled");
        ShouldBeForPeople(output);
    }

    [Fact]
    public async Task A_second_gateway_on_the_same_data_is_refused_in_one_line()
    {
        var launch = new GatewayLaunch { DataPath = _folder.Path };
        await using var first = await GatewayProcess.StartAsync(launch);
        var (code, output) = await GatewayProcess.RunToEndAsync(launch);
        code.ShouldBe(2, output);
        Messages().Count(output).ShouldBe(1, output);
        output.ShouldContain("another process");
        ShouldBeForPeople(output);
        using var client = new GatewayClient(first.Address);
        (await client.GetAsync("/health")).ShouldBeStatus(200);
    }

    [Fact]
    public async Task Production_without_any_configuration_starts_and_lets_nobody_in()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path, Environment = "Production" });
        using var client = new GatewayClient(gateway.Address);
        (await client.GetAsync("/health")).ShouldBeStatus(200);
        (await client.GetAsync("/v1/models")).ShouldBeStatus(401);
        (await client.ChatAsync("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwOi8vMTI3LjAuMC4xOjgwODAvZGVtbyJ9.c2ln", "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        (await client.GetAsync("/demo/.well-known/openid-configuration")).ShouldBeStatus(404);
        (await client.PostAsync("/demo/token", null, """{"user":"alice"}""")).ShouldBeStatus(404);
        gateway.Output.ShouldNotContain("demo/token");
    }

    [Fact]
    public async Task A_start_in_Development_says_where_and_what_to_try()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path });
        gateway.Output.ShouldContain(gateway.Address.GetLeftPart(UriPartial.Authority));
        await Eventually.GetAsync(() => Task.FromResult(gateway.Output), output => output.Contains("\"user\":\"nora\"", StringComparison.Ordinal));
        gateway.Output.ShouldContain("curl -s");
        gateway.Output.ShouldContain("\"user\":\"alice\"");
        gateway.Output.ShouldContain("\"user\":\"nora\"");
    }

    [Fact]
    public async Task The_modes_are_printed_at_start()
    {
        await using var gateway = await GatewayProcess.StartAsync(GatewayLaunch.At(_folder.Path, ("Policy:Mode", "observe"), ("Limits:Mode", "off")));
        gateway.Output.ToLowerInvariant().ShouldContain("observe");
        gateway.Output.ToLowerInvariant().ShouldContain("off");

        // Observed, not enforced: the nurse is answered, and the record says what would have been.
        using var client = new GatewayClient(gateway.Address);
        var people = new Callers.DemoPeople(client);
        var answer = (await client.ChatAsync(await people.TokenAsync("nora"), "gpt-4-medical", "hello")).ShouldBeStatus(200);
        var records = await new Suite.AuditReader(client).OfRequestAsync(await people.TokenAsync("audrey"), answer.RequestId, 2);
        records[0].GetProperty("decision").GetProperty("effect").GetString().ShouldBe("deny");
        records[0].GetProperty("modes").GetProperty("policy").GetString().ShouldBe("observe");

        // The scopes of our own endpoints have no mode.
        (await client.GetAsync("/audit/events", await people.TokenAsync("alice"))).ShouldBeStatus(403);
    }

    [Fact]
    public async Task Strict_audit_answers_too()
    {
        await using var gateway = await GatewayProcess.StartAsync(GatewayLaunch.At(_folder.Path, ("Audit:Mode", "strict")));
        using var client = new GatewayClient(gateway.Address);
        (await client.ChatAsync(await new Callers.DemoPeople(client).TokenAsync("alice"), "gpt-4-medical", "hello")).ShouldBeStatus(200);
    }

    private static void ShouldBeForPeople(string output)
    {
        output.ShouldNotContain("   at ");
        output.ShouldNotContain("Unhandled exception");
    }

    private Task<(int ExitCode, string Output)> RunAsync(string environment, Dictionary<string, string> settings) =>
        GatewayProcess.RunToEndAsync(new GatewayLaunch { DataPath = _folder.Path, Environment = environment, Settings = settings });

    [GeneratedRegex("^GatewayStack does not start.*$", RegexOptions.Multiline)]
    private static partial Regex Messages();
}
