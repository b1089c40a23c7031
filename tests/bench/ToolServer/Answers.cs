namespace GatewayStack.ToolServer;

/// <summary>What the server says, but for the id.</summary>
internal static class Answers
{
    private const string Tools = """
        "result":{"resultType":"complete","ttlMs":600000,"cacheScope":"private","tools":[{"name":"calendar.list","description":"Lists the events of a time.","annotations":{"readOnlyHint":true},"inputSchema":{"type":"object","properties":{"from":{"type":"string"},"to":{"type":"string"},"answer":{"type":"string","enum":["json","sse","slow"]}},"required":["answer"]},"outputSchema":{"type":"object","properties":{"events":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"title":{"type":"string"},"start":{"type":"string"}},"required":["id","title"]}}},"required":["events"]}}]}
        """;

    private const string Call = """
        "result":{"resultType":"complete","content":[{"type":"text","text":"Three events: the board's meeting on Monday at nine, the review of the supply contract on Wednesday at two, the visit of the auditors on Friday."}],"structuredContent":{"events":[{"id":"evt-1","title":"Meeting of the board","start":"Monday, nine"},{"id":"evt-2","title":"Review of the supply contract","start":"Wednesday, two"},{"id":"evt-3","title":"Visit of the auditors","start":"Friday, ten"}]},"isError":false}
        """;

    public static string Of(string? method) => method switch
    {
        "tools/call" => Call,
        "tools/list" => Tools,
        _ => """
            "error":{"code":-32601,"message":"Method not found"}
            """,
    };
}
