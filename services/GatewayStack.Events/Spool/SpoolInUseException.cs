namespace GatewayStack.Events.Spool;

/// <summary>Another process has the spool's folder. The message is one line for the operator.</summary>
public sealed class SpoolInUseException(string message, Exception innerException) : IOException(message, innerException);
