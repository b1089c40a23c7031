namespace GatewayStack.TestServers;

/// <summary>How long tests wait for what is about to happen.</summary>
internal static class Waiting
{
    /// <summary>Longer than any machine keeps somebody from running, and below what requests and streams are given until they are ended for their length.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);
}
