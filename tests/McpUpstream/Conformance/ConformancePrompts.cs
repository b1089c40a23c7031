using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>Prompts by the names that the suite gives them.</summary>
internal sealed class ConformancePrompts
{
    private const string AskContext = """{"message":"What context should the prompt use?","requestedSchema":{"type":"object","properties":{"context":{"type":"string"}},"required":["context"]}}""";

    [McpServerPrompt(Name = "test_simple_prompt")]
    [Description("A prompt without arguments.")]
    public string Simple() => "This is a simple prompt for testing.";

    [McpServerPrompt(Name = "test_prompt_with_arguments")]
    [Description("A prompt with two arguments.")]
    public string WithArguments([Description("First test argument")] string arg1, [Description("Second test argument")] string arg2) =>
        $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource")]
    [Description("A prompt with a resource in it.")]
    public IEnumerable<PromptMessage> WithResource([Description("URI of the resource to embed")] string resourceUri) =>
    [
        User(new EmbeddedResourceBlock { Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." } }),
        User(new TextContentBlock { Text = "Please process the embedded resource above." }),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image")]
    [Description("A prompt with an image in it.")]
    public IEnumerable<PromptMessage> WithImage() =>
    [
        User(ImageContentBlock.FromBytes(ContentTools.Png, "image/png")),
        User(new TextContentBlock { Text = "Please analyze the image above." }),
    ];

    [McpServerPrompt(Name = "test_input_required_result_prompt")]
    [Description("A prompt that asks for its context.")]
    public string Asking(RequestContext<GetPromptRequestParams> context) => InputRequiredTools.Response(context.Params, "user_context") is { } answer
        ? "Use this context: " + answer.GetRawText()
        : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["user_context"] = InputRequiredTools.Elicitation(AskContext) }, null);

    private static PromptMessage User(ContentBlock content) => new() { Role = Role.User, Content = content };
}
