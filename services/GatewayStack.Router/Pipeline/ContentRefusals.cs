using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline;

/// <summary>Refusals for what was found in a content. They name types, never a value.</summary>
internal static class ContentRefusals
{
    public const string Code = "content_blocked";

    private const int MaxCode = 64;

    /// <summary>The answer has something that may not be passed on.</summary>
    public static Refusal Answer { get; } = new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = Code,
        Message = "The model's answer has data that may not be passed on. Ask in another way, or ask your administrator.",
        Final = true,
    };

    /// <summary>What must be done with the answer cannot be done.</summary>
    public static Refusal AnswerUntreated { get; } = new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = "transform_unavailable",
        Message = "The answer may only be passed on changed, and the gateway cannot do that right now. Try again in a moment.",
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    /// <summary>The answer cannot be looked at, and may only be passed on looked at.</summary>
    public static Refusal AnswerNotReadable { get; } = new()
    {
        Status = StatusCodes.Status502BadGateway,
        Code = "answer_not_readable",
        Message = "The model provider's answer is no JSON that can be changed, and may only be passed on changed. Try again.",
    };

    /// <summary>The answer is larger than what is read whole.</summary>
    public static Refusal AnswerTooLarge { get; } = new()
    {
        Status = StatusCodes.Status502BadGateway,
        Code = "answer_too_large",
        Message = "The answer may only be passed on changed, and is too large for that. Ask for less, or for a stream.",
        Final = true,
    };

    /// <summary>A reason for the record. What a module says is taken where it is a code: a sentence may quote what somebody wrote.</summary>
    public static string? ReasonOf(string code, string? said) =>
        said is { Length: > 0 and <= MaxCode } && said.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? $"{code}:{said}" : null;

    /// <summary>The request was not inspected, or may not be as it is written.</summary>
    /// <param name="said">Why, in the module's words.</param>
    public static Refusal NotInspected(string? said) =>
        Refusal.BadRequest("content_not_scannable", NotInspectedMessage(said)) with { Reason = ReasonOf("content_not_scannable", said) };

    /// <summary>What must be changed in the request cannot be.</summary>
    /// <param name="said">Why, in the module's words.</param>
    public static Refusal NotEditable(string? said) =>
        Refusal.BadRequest("content_not_editable", NotEditableMessage(said)) with { Reason = ReasonOf("content_not_editable", said) };

    /// <summary>The request has parts that nobody looked into.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="isRedacted">True where something is to be taken out, false where it only must not be there.</param>
    public static Refusal NotScanned(ImmutableArray<UnscannedPart> parts, bool isRedacted)
    {
        var what = UnscannedParts.Describe(parts);
        var why = isRedacted ? $"The content must be redacted, and {what} cannot be" : $"Some data may not be sent there, and {what} cannot be checked for it";
        return Refusal.BadRequest("content_not_scannable", why + ": leave it out, or send what it says as text.");
    }

    /// <summary>The request has something that may not go out.</summary>
    public static Refusal Request(ImmutableArray<string> types) => new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = Code,
        Message = types.IsDefaultOrEmpty
            ? "The request has data that may not be sent there. Remove it and try again, or use another model."
            : $"The request has data that may not be sent there ({string.Join(", ", types)}). Remove it and try again, or use another model.",
        Reason = types.IsDefaultOrEmpty ? Code : Code + ":" + string.Join('+', types),
        Final = true,
    };

    private static string NotInspectedMessage(string? said) => said switch
    {
        "hidden_characters" or "hidden_not_removable" =>
            "The content has characters that nobody sees, such as zero-width blanks or marks of direction, and they may not be sent. "
                + "Write it anew without them, or paste it as plain text.",
        "part_too_long" => "A text of the request is longer than your organisation allows one to be. Shorten it, or send it in parts.",
        "too_long" => "The request has more text than may be inspected in one request. Send less of it at a time.",
        _ => "The content could not be inspected within its bounds; send less of it, in plain text.",
    };

    private static string NotEditableMessage(string? said) => said == "too_many_pseudonyms"
        ? "The request has more different values to replace than one request may have. Send less of it at a time."
        : "Something that must be redacted stands where it cannot be taken out: in a number, a member's name, a tool's name or pattern, or a document. Write such a number as a string, or remove it.";
}
