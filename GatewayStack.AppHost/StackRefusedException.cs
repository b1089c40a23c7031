namespace GatewayStack.AppHost;

/// <summary>The stack cannot be started as asked for. The message is one line that says what to do; nothing was started, and no data touched.</summary>
internal sealed class StackRefusedException(string message) : DistributedApplicationException(message);
