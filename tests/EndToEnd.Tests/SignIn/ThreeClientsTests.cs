using System.Text.Json;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>One person, three applications: ChatGPT and Claude by their metadata documents, and a native app.</summary>
[Collection(DemoSignIn.Name)]
public sealed class ThreeClientsTests(DemoGateway gateway, Browser browser)
{
    /// <summary>What is another one for every call, whoever makes it and through what.</summary>
    private static readonly string[] OfTheCall =
        ["id", "event_id", "seq", "time", "request_id", "traceparent", "reserved_at", "lease_ends_at", "latency_micros", "cursor", "commitment", "salt"];

    [Fact]
    public async Task Same_calendar_same_budget_and_records_that_differ_in_the_client()
    {
        Browser.Require();
        await using var session = await browser.OpenAsync(new DemoPages());
        var (events, limits, records) = (new List<string>(), new List<string>(), new List<JsonElement>());
        var auditor = await AuditorAsync();
        foreach (var client in KnownClients.All)
        {
            var tools = await client.SignInAsync(gateway.Issuer, session, new Visitor("alice"), "calendar:read", gateway.Route);
            var listed = (await CalendarCall.ListAsync(gateway.Front, tools)).ShouldBeStatus(200);
            events.Add(CalendarCall.Result(listed).GetProperty("structuredContent").GetRawText());
            records.Add((await new AuditReader(gateway.Front).OfRequestAsync(auditor, listed.RequestId, 2))[1]);

            var api = await client.SignInAsync(gateway.Issuer, session, new Visitor("alice"), "chat:write", resource: null);
            (await gateway.Front.ChatAsync(api, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
            limits.Add(api);
        }

        events.Distinct().ShouldHaveSingleItem();

        // What one of them used is used for all of them.
        var used = new List<long>();
        foreach (var token in limits)
        {
            used.Add((await gateway.Front.SettledAsync(token, "tokens_per_day")).Used);
        }

        used.Distinct().ShouldHaveSingleItem().ShouldBeGreaterThan(0);
        records.Select(r => r.Member("caller.client_id")).ShouldBe(KnownClients.All.Select(c => c.Id));
        records.Select(r => r.Member("caller.person_id")).Distinct().ShouldHaveSingleItem();
        Differences(records).ShouldBe(["caller.client_id", "caller.client_name", "summary"], ignoreOrder: true);
    }

    private async Task<string> AuditorAsync()
    {
        var answer = await gateway.Front.PostAsync("/demo/token", null, """{"user":"audrey"}""");
        return answer.ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!;
    }

    private static IEnumerable<string> Differences(IReadOnlyList<JsonElement> records)
    {
        var flat = records.Select(r => Leaves(r, string.Empty).ToDictionary(l => l.Path, l => l.Value, StringComparer.Ordinal)).ToList();
        return flat.SelectMany(f => f.Keys).Distinct(StringComparer.Ordinal)
            .Where(path => flat.Select(f => f.GetValueOrDefault(path)).Distinct(StringComparer.Ordinal).Count() > 1)
            .Where(path => !OfTheCall.Contains(path.Split('.')[^1], StringComparer.Ordinal));
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Leaves(e, $"{path}[{i}]")),
        _ => [(path, element.GetRawText())],
    };
}
