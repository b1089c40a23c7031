using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>Tools that talk to the client while they run: log, progress, sampling, elicitation, a stream that is taken up again.</summary>
internal sealed class ClientTools(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging")]
    [Description("Logs three times.")]
    public async Task<string> LogAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        foreach (var text in (string[])["Tool execution started", "Tool processing data", "Tool execution completed"])
        {
            await LogAsync(context, text, cancellationToken);
            await Task.Delay(Pause, time, cancellationToken);
        }

        return "Logged three times.";
    }

    [McpServerTool(Name = "test_logging_tool")]
    [Description("Logs where the client asked for it.")]
    public async Task<string> LogIfAskedAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.Params?.Meta?["io.modelcontextprotocol/logLevel"] is not null)
        {
            await LogAsync(context, "Asked for", cancellationToken);
        }

        return "Done.";
    }

    [McpServerTool(Name = "test_tool_with_progress")]
    [Description("Reports its progress.")]
    public async Task<string> ProgressAsync(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        foreach (var done in (int[])[0, 50, 100])
        {
            progress.Report(new ProgressNotificationValue { Progress = done, Total = 100 });
            await Task.Delay(Pause, time, cancellationToken);
        }

        return "Done.";
    }

    [McpServerTool(Name = "test_sampling")]
    [Description("Asks the client's model.")]
    public async Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(
            new CreateMessageRequestParams { Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }], MaxTokens = 100 }, cancellationToken);
        return "LLM response: " + string.Concat(answer.Content.OfType<TextContentBlock>().Select(t => t.Text));
    }

    [McpServerTool(Name = "test_elicitation")]
    [Description("Asks the person.")]
    public Task<string> ElicitAsync(McpServer server, string message, CancellationToken cancellationToken) => ElicitAsync(
        server,
        "User response",
        message,
        """{"type":"object","properties":{"username":{"type":"string","description":"User's response"},"email":{"type":"string","description":"User's email address"}},"required":["username","email"]}""",
        cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1034_defaults")]
    [Description("Asks the person, with answers proposed.")]
    public Task<string> ElicitDefaultsAsync(McpServer server, CancellationToken cancellationToken) => ElicitAsync(
        server,
        "Elicitation completed",
        "Please confirm",
        """
        {"type":"object","properties":{
          "name":{"type":"string","default":"John Doe"},"age":{"type":"integer","default":30},"score":{"type":"number","default":95.5},
          "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},"verified":{"type":"boolean","default":true}}}
        """,
        cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1330_enums")]
    [Description("Asks the person to choose.")]
    public Task<string> ElicitEnumsAsync(McpServer server, CancellationToken cancellationToken) => ElicitAsync(
        server,
        "Elicitation completed",
        "Please choose",
        """
        {"type":"object","properties":{
          "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
          "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
          "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},
          "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
          "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}}}
        """,
        cancellationToken);

    [McpServerTool(Name = "test_reconnection")]
    [Description("Ends the stream before the answer, which the client fetches.")]
    public async Task<string> ReconnectAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        await context.EnablePollingAsync(TimeSpan.FromMilliseconds(500), cancellationToken);
        await Task.Delay(Pause, time, cancellationToken);
        return "Reconnection test completed successfully";
    }

    private static async Task<string> ElicitAsync(McpServer server, string prefix, string message, string schema, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            new ElicitRequestParams { Message = message, RequestedSchema = JsonSerializer.Deserialize<ElicitRequestParams.RequestSchema>(schema, McpJsonUtilities.DefaultOptions) }, cancellationToken);
        return $"{prefix}: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content, McpJsonUtilities.DefaultOptions)}";
    }

    private static Task LogAsync(RequestContext<CallToolRequestParams> context, string text, CancellationToken cancellationToken) => context.Server.SendNotificationAsync(
        NotificationMethods.LoggingMessageNotification,
        new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Logger = "test", Data = JsonSerializer.SerializeToElement(text) },
        cancellationToken: cancellationToken);
}
