using Microsoft.Extensions.Logging;

namespace GatewayStack.Documents;

internal static partial class DocumentLog
{
    [LoggerMessage(7500, LogLevel.Information, "Document {Document} is in force: revision {Revision} from {Source}")]
    public static partial void Loaded(ILogger logger, string document, string revision, string source);

    [LoggerMessage(7501, LogLevel.Information, "Document {Document} changed from revision {Before} to {After} ({Source})")]
    public static partial void Changed(ILogger logger, string document, string before, string after, string source);

    [LoggerMessage(7502, LogLevel.Error, "Document {Document} from {Source} is bad, revision {Revision} stays in force. {Count} errors: {Errors}")]
    public static partial void Rejected(ILogger logger, string document, string source, string revision, int count, string errors);

    [LoggerMessage(7503, LogLevel.Warning, "The folder of {Source} cannot be watched; document {Document} is only polled")]
    public static partial void NotWatched(ILogger logger, Exception exception, string document, string source);

    [LoggerMessage(7504, LogLevel.Error, "A listener of document {Document} failed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception, string document);

    [LoggerMessage(7505, LogLevel.Error, "Document {Document} could not be compiled; the version in force stays")]
    public static partial void ReloadFailed(ILogger logger, Exception exception, string document);

    [LoggerMessage(7506, LogLevel.Information, "Document {Document} of {Source} was stored in {Database} as version {Version}, revision {Revision}")]
    public static partial void Imported(ILogger logger, string document, string source, string database, long version, string revision);

    [LoggerMessage(7507, LogLevel.Debug, "Document {Document} is only polled for a while: {Database} cannot be listened to")]
    public static partial void NotListening(ILogger logger, Exception exception, string document, string database);
}
