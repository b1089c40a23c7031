using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Normalisation;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Transform;

/// <summary>What Transform logs: counts and kinds, never content.</summary>
internal static partial class TransformLog
{
    [LoggerMessage(2000, LogLevel.Information, "Transform has {Rows} recognisers, {Own} of them the operator's; a request may have {MaxChars} characters.")]
    public static partial void Ready(ILogger logger, int rows, int own, int maxChars);

    [LoggerMessage(2001, LogLevel.Warning, "Request {RequestId}: the content was refused: {Reason}.")]
    public static partial void Refused(ILogger logger, string requestId, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Request {RequestId}: a redaction was asked for that cannot be made: {Reason}.")]
    public static partial void NotEditable(ILogger logger, string requestId, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Request {RequestId}: the rest of a channel of the answer was withheld: it could not be scanned in its time.")]
    public static partial void ChannelWithheld(ILogger logger, string requestId);

    [LoggerMessage(2004, LogLevel.Information, "Request {RequestId}: blocked, it has {Types}.")]
    public static partial void Blocked(ILogger logger, string requestId, string types);

    [LoggerMessage(2005, LogLevel.Debug, "Request {RequestId}: {Type} in text {Segment} at {Start}-{End}, score {Score}: {Action}.")]
    public static partial void Transformed(ILogger logger, string requestId, string type, int segment, int start, int end, double score, ContentAction action);

    [LoggerMessage(2006, LogLevel.Information, "Request {RequestId}: a channel of the answer was blocked, it has {Type}.")]
    public static partial void AnswerBlocked(ILogger logger, string requestId, string type);

    [LoggerMessage(2030, LogLevel.Information, "Request {RequestId}: {Count} hidden characters in text {Segment}, {Kind} among them.")]
    public static partial void HiddenCharacters(ILogger logger, string requestId, int count, int segment, HiddenKind kind);

    [LoggerMessage(2031, LogLevel.Information, "Request {RequestId}: document {Document} was read to {Chars} characters; not read: {Reason}.")]
    public static partial void DocumentRead(ILogger logger, string requestId, int document, int chars, string reason);
}
