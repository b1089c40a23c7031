using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>Tools that need an answer of the client before they can give theirs (2026-07-28: results of the type <c>input_required</c>).</summary>
internal sealed class InputRequiredTools(SignedState state)
{
    private const string AskName = """{"message":"What is your name?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}""";
    private const string AskOk = """{"message":"Please confirm","requestedSchema":{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"]}}""";
    private const string AskColour = """{"message":"Step 2: What is your favorite color?","requestedSchema":{"type":"object","properties":{"color":{"type":"string"}},"required":["color"]}}""";
    private const string AskGreeting = """{"messages":[{"role":"user","content":{"type":"text","text":"Generate a greeting"}}],"maxTokens":50}""";
    private const string AskCapital = """{"messages":[{"role":"user","content":{"type":"text","text":"What is the capital of France?"}}],"maxTokens":100}""";

    [McpServerTool(Name = "test_input_required_result_elicitation")]
    [Description("Asks for a name.")]
    public string Elicit(RequestContext<CallToolRequestParams> context) =>
        $"Hello, {Text(Response(context.Params, "user_name"), "content", "name") ?? throw Ask(null, ("user_name", Elicitation(AskName)))}!";

    [McpServerTool(Name = "test_input_required_result_sampling")]
    [Description("Asks the client's model for a capital.")]
    public string Sample(RequestContext<CallToolRequestParams> context) =>
        (Response(context.Params, "capital_question") ?? throw Ask(null, ("capital_question", Sampling(AskCapital)))).GetRawText();

    [McpServerTool(Name = "test_input_required_result_list_roots")]
    [Description("Asks for the client's roots.")]
    public string Roots(RequestContext<CallToolRequestParams> context) =>
        (Response(context.Params, "client_roots") ?? throw Ask(null, ("client_roots", RootsList()))).GetRawText();

    [McpServerTool(Name = "test_input_required_result_request_state")]
    [Description("Asks, and wants its state back.")]
    public string State(RequestContext<CallToolRequestParams> context) =>
        Response(context.Params, "confirm") is not null && state.Read(context.Params?.RequestState) == "confirm" ? "state-ok" : throw Ask("confirm", ("confirm", Elicitation(AskOk)));

    [McpServerTool(Name = "test_input_required_result_multiple_inputs")]
    [Description("Asks for three things at once.")]
    public string Several(RequestContext<CallToolRequestParams> context) =>
        ((string[])["user_name", "greeting", "client_roots"]).All(k => Response(context.Params, k) is not null) && state.Read(context.Params?.RequestState) == "several"
            ? "All three arrived."
            : throw Ask("several", ("user_name", Elicitation(AskName)), ("greeting", Sampling(AskGreeting)), ("client_roots", RootsList()));

    [McpServerTool(Name = "test_input_required_result_multi_round")]
    [Description("Asks twice.")]
    public string TwoRounds(RequestContext<CallToolRequestParams> context) => state.Read(context.Params?.RequestState) switch
    {
        "round-2" when Response(context.Params, "step2") is not null => "Both steps done.",
        "round-1" when Response(context.Params, "step1") is not null => throw Ask("round-2", ("step2", Elicitation(AskColour))),
        _ => throw Ask("round-1", ("step1", Elicitation(AskName.Replace("What", "Step 1: What", StringComparison.Ordinal)))),
    };

    [McpServerTool(Name = "test_input_required_result_tampered_state")]
    [Description("Takes only the state that it gave.")]
    public string Tampered(RequestContext<CallToolRequestParams> context) => context.Params?.RequestState is null
        ? throw Ask("tampered", ("confirm", Elicitation(AskOk)))
        : state.Read(context.Params.RequestState) == "tampered" ? "state-ok" : throw new McpProtocolException("requestState is not what was given", McpErrorCode.InvalidParams);

    [McpServerTool(Name = "test_input_required_result_capabilities")]
    [Description("Asks for what the client can do.")]
    public string Capable(RequestContext<CallToolRequestParams> context)
    {
        var requests = new List<(string, InputRequest)>();
        var able = context.Params?.Meta?["io.modelcontextprotocol/clientCapabilities"];
        if (able?["sampling"] is not null)
        {
            requests.Add(("capital_question", Sampling(AskCapital)));
        }

        if (able?["elicitation"] is not null)
        {
            requests.Add(("user_name", Elicitation(AskName)));
        }

        return requests.Count == 0 || context.Params?.InputResponses is { Count: > 0 } ? "Done." : throw Ask(null, [.. requests]);
    }

    [McpServerTool(Name = "test_missing_capability")]
    [Description("Needs a client that can sample.")]
    public string Missing(RequestContext<CallToolRequestParams> context) => context.Params?.Meta?["io.modelcontextprotocol/clientCapabilities"]?["sampling"] is null
        ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() }, "This tool needs sampling.")
        : "Done.";

    [McpServerTool(Name = "test_streaming_elicitation")]
    [Description("Asks for a name, on a stream.")]
    public async Task<string> StreamingAsync(RequestContext<CallToolRequestParams> context, IProgress<ProgressNotificationValue> progress)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1, Total = 2 });
        await Task.Yield();
        return Elicit(context);
    }

    /// <summary>The client's answer, where it has the shape of one.</summary>
    public static JsonElement? Response(RequestParams? parameters, string key) =>
        parameters?.InputResponses?.TryGetValue(key, out var response) == true && response.RawValue.ValueKind == JsonValueKind.Object ? response.RawValue : null;

    public static InputRequest Elicitation(string parameters) => new() { Method = RequestMethods.ElicitationCreate, Params = JsonElement.Parse(parameters) };

    private static InputRequest Sampling(string parameters) => new() { Method = RequestMethods.SamplingCreateMessage, Params = JsonElement.Parse(parameters) };

    private static InputRequest RootsList() => new() { Method = RequestMethods.RootsList, Params = JsonElement.Parse("{}") };

    private static string? Text(JsonElement? element, params string[] path)
    {
        foreach (var name in path)
        {
            element = element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        return element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    private InputRequiredException Ask(string? kept, params (string Key, InputRequest Request)[] requests) =>
        new(requests.ToDictionary(r => r.Key, r => r.Request), kept is null ? null : state.Write(kept));
}
