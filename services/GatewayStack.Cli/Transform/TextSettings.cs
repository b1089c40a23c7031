using System.CommandLine;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Cli.Transform;

/// <summary>What a text is taken for.</summary>
/// <param name="Origin">Who wrote it.</param>
/// <param name="Media"><c>text</c>, <c>json</c> or <c>auto</c>.</param>
internal sealed record TextSettings(SegmentOrigin Origin, string Media)
{
    private static readonly Dictionary<string, SegmentOrigin> Origins = new(StringComparer.Ordinal)
    {
        ["user"] = SegmentOrigin.User,
        ["system"] = SegmentOrigin.System,
        ["assistant"] = SegmentOrigin.Assistant,
        ["tool"] = SegmentOrigin.ToolResult,
        ["document"] = SegmentOrigin.Document,
    };

    /// <summary>Adds the two options to a command.</summary>
    /// <returns>Reads them.</returns>
    public static Func<ParseResult, TextSettings> AddTo(Command command)
    {
        var origin = new Option<string>("--origin") { Description = "Who wrote the text.", DefaultValueFactory = _ => "user", HelpName = "user|system|assistant|tool|document" };
        origin.AcceptOnlyFromAmong([.. Origins.Keys]);
        var media = new Option<string>("--media")
        {
            Description = "What the text is. auto: JSON where it is a JSON object or array, in which escapes are read as what they stand for.",
            DefaultValueFactory = _ => "auto",
            HelpName = "auto|text|json",
        };
        media.AcceptOnlyFromAmong("auto", "text", "json");
        command.Add(origin);
        command.Add(media);
        return parsed => new TextSettings(Origins[parsed.GetRequiredValue(origin)], parsed.GetRequiredValue(media));
    }

    /// <summary>The media type of a text.</summary>
    public string MediaTypeOf(string text) => Media == "json" || (Media == "auto" && JsonContent.IsObjectOrArray(text)) ? "application/json" : "text/plain";
}
