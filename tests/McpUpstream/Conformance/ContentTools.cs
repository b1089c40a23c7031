using System.ComponentModel;
using System.Security.Claims;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>Tools that answer with each kind of content.</summary>
internal sealed class ContentTools
{
    /// <summary>One red pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    // 44 bytes of header and no samples.
    private static readonly byte[] Wav = Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=");

    [McpServerTool(Name = "test_simple_text", ReadOnly = true)]
    [Description("Answers with text.")]
    public string SimpleText() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content", ReadOnly = true)]
    [Description("Answers with an image.")]
    public ImageContentBlock Image() => ImageContentBlock.FromBytes(Png, "image/png");

    [McpServerTool(Name = "test_audio_content", ReadOnly = true)]
    [Description("Answers with a sound.")]
    public AudioContentBlock Audio() => AudioContentBlock.FromBytes(Wav, "audio/wav");

    [McpServerTool(Name = "test_embedded_resource", ReadOnly = true)]
    [Description("Answers with a resource.")]
    public EmbeddedResourceBlock Embedded() => new()
    {
        Resource = new TextResourceContents { Uri = "test://embedded-resource", MimeType = "text/plain", Text = "This is an embedded resource content." },
    };

    [McpServerTool(Name = "test_multiple_content_types", ReadOnly = true)]
    [Description("Answers with text, an image and a resource.")]
    public IEnumerable<ContentBlock> Several() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        ImageContentBlock.FromBytes(Png, "image/png"),
        new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents { Uri = "test://mixed-content-resource", MimeType = "application/json", Text = """{"test":"data","value":123}""" },
        },
    ];

    [McpServerTool(Name = "test_error_handling")]
    [Description("Always fails.")]
    public string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    [McpServerTool(Name = "test_headers", ReadOnly = true)]
    [Description("Has an argument that clients mirror into a header.")]
    public string Mirrored([McpHeader("Region")] string region = "") => "Region: " + region;

    [McpServerTool(Name = "caller", ReadOnly = true)]
    [Description("Answers with the subject of the assertion that was verified.")]
    public string Caller(ClaimsPrincipal? user = null) => user?.FindFirstValue(ClaimTypes.NameIdentifier) ?? "nobody";
}
