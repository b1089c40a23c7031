namespace GatewayStack.Contracts.Settings;

/// <summary>The process must not start, for a reason that its operator can mend. The host prints the message as it is, without a stack trace.</summary>
public class StartRefusedException : Exception
{
    /// <summary>Says what is wrong and how to mend it.</summary>
    public StartRefusedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
