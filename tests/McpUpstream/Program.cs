namespace GatewayStack.McpUpstream;

/// <summary><c>McpUpstream [--url http://127.0.0.1:9000] [--gateway http://127.0.0.1:8080]</c></summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        await using var upstream = await UpstreamServer.StartAsync(new UpstreamOptions
        {
            Url = settings["url"] ?? "http://127.0.0.1:9000",
            Gateway = settings["gateway"] is { Length: > 0 } gateway ? new Uri(gateway) : null,
        });
        Console.WriteLine($"MCP upstream: {upstream.Address}mcp (conformance), {upstream.Address}bare (checks nothing), {upstream.Address}bad/{{kind}}");
        await upstream.WaitForShutdownAsync();
    }
}
