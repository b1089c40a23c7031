using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp;

/// <summary>One trace from the client to the server: through the header, and through the message.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_call_is_a_span_that_the_server_can_continue()
    {
        var own = ActivityTraceId.CreateRandom().ToHexString();
        var claimed = ActivityTraceId.CreateRandom().ToHexString();
        var spans = new ConcurrentQueue<Activity>();
        using var ended = new SemaphoreSlim(0);
        using var listener = Traces.Listen(own, span => Take(span, spans, ended), "Microsoft.AspNetCore", "GatewayStack.Router");
        await using var mcp = await McpGateway.StartAsync();
        var message = McpWire.Message("tools/call", McpWire.Call("calendar.free", "{\"word\":\"secretword\"}"), stateless: true)
            .Replace("\"_meta\":{", $"\"_meta\":{{\"traceparent\":\"00-{claimed}-00f067aa0ba902b7-01\",\"tracestate\":\"x=1\",\"baggage\":\"user=root\",", StringComparison.Ordinal);
        (await mcp.PostAsync(message, headers: [.. McpWire.Repeating("tools/call", "calendar.free"), ("traceparent", $"00-{own}-00f067aa0ba902b7-01")])).Status.ShouldBe(200);
        var meta = JsonNode.Parse(mcp.Server.Arrived.ShouldHaveSingleItem().Body)!["params"]!["_meta"]!;
        ((string)meta["traceparent"]!).ShouldStartWith($"00-{own}-");
        ((string?)meta["tracestate"] ?? string.Empty).ShouldBeEmpty();
        ((string?)meta["baggage"] ?? string.Empty).ShouldBeEmpty();
        mcp.Server.Arrived[0].Headers["traceparent"].ShouldStartWith($"00-{own}-");
        await ended.WaitAsync(TestContext.Current.CancellationToken);
        var span = spans.Single(IsOurs);
        span.DisplayName.ShouldBe("tools/call calendar.free");
        span.GetTagItem("mcp.method.name").ShouldBe("tools/call");
        span.GetTagItem("mcp.protocol.version").ShouldBe(McpWire.Stateless);
        span.GetTagItem("gen_ai.operation.name").ShouldBe("execute_tool");
        span.GetTagItem("gen_ai.tool.name").ShouldBe("calendar.free");
        span.Links.Select(l => l.Context.TraceId.ToHexString()).ShouldContain(claimed);
        spans.SelectMany(s => s.TagObjects).Select(t => t.Value?.ToString() ?? string.Empty).ShouldAllBe(v => !v.Contains("secretword", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_invented_names_no_span()
    {
        var own = ActivityTraceId.CreateRandom().ToHexString();
        var spans = new ConcurrentQueue<Activity>();
        using var ended = new SemaphoreSlim(0);
        using var listener = Traces.Listen(own, span => Take(span, spans, ended), "Microsoft.AspNetCore", "GatewayStack.Router");
        await using var mcp = await McpGateway.StartAsync();
        await mcp.CallAsync("invented-tool", headers: [("traceparent", $"00-{own}-00f067aa0ba902b7-01")]);
        await mcp.AskAsync("invented/method", headers: [("traceparent", $"00-{own}-00f067aa0ba902b7-01")]);
        await ended.WaitAsync(TestContext.Current.CancellationToken);
        await ended.WaitAsync(TestContext.Current.CancellationToken);

        spans.ShouldAllBe(s => !s.DisplayName.Contains("invented", StringComparison.Ordinal));
        spans.SelectMany(s => s.TagObjects).ShouldAllBe(t => t.Value == null || !t.Value.ToString()!.Contains("invented", StringComparison.Ordinal));
    }

    private static void Take(Activity span, ConcurrentQueue<Activity> spans, SemaphoreSlim ended)
    {
        spans.Enqueue(span);
        if (IsOurs(span))
        {
            ended.Release();
        }
    }

    // The server double stands in the same process and has spans, too.
    private static bool IsOurs(Activity span) => span.Kind == ActivityKind.Server && span.GetTagItem("gatewaystack.request_id") is not null;
}
