using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayStack.EndToEnd.Tests.Mcp;

/// <summary>Two people at once, over the same connections: nobody gets what is another's.</summary>
[Collection(McpTests.Name)]
public sealed class CrossTalkTests(McpGateway gateway)
{
    private const int Calls = 1_000;
    private const int AtOnce = 16;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    public async Task A_thousand_calls_are_answered_as_who_made_them(string? version)
    {
        // Few connections, so that each carries both people.
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = version is null ? 4 : 8, UseProxy = false });
        var people = new List<(string User, string Subject, McpClient Client)>();
        foreach (var user in (string[])["one", "two"])
        {
            var caller = Caller.New(McpGateway.Scope);
            people.Add((user, caller.Subject, await gateway.ConnectAsync("conformance", gateway.Token(caller), version, http)));
        }

        gateway.Upstream.Log.Clear();
        var answered = new int[people.Count];
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (number, cancellationToken) =>
        {
            var (user, _, client) = people[number % people.Count];
            var result = await client.CallToolAsync("caller", cancellationToken: cancellationToken);
            result.IsError.ShouldNotBe(true);
            result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldEndWith(people[number % people.Count].Subject, customMessage: user);
            Interlocked.Increment(ref answered[number % people.Count]);
        });
        answered.ShouldBe([Calls / 2, Calls / 2]);

        // The server saw each of them as often, and no token but the gateway's.
        var calls = gateway.Upstream.Log.Requests.Where(r => r.Method == "tools/call").ToArray();
        foreach (var (_, subject, client) in people)
        {
            calls.Count(r => r.Subject!.EndsWith(subject, StringComparison.Ordinal)).ShouldBe(Calls / 2);
            await client.DisposeAsync();
        }

        calls.ShouldAllBe(r => !r.Headers.ContainsKey("Authorization"));
        calls.Select(r => (r.Subject, r.Headers.GetValueOrDefault("Mcp-Session-Id"))).Distinct().Count().ShouldBe(people.Count);
    }
}
