namespace GatewayStack.TestServers;

/// <summary>Settings of a gateway that shares few cores with its tests, and often with other stacks: how long a stage may take is judged elsewhere.</summary>
internal static class Patience
{
    private static readonly string[] Stages = ["identify", "inspect", "decide", "apply", "reserve", "settle"];

    public static IEnumerable<KeyValuePair<string, string>> Settings => Stages.Select(s => KeyValuePair.Create("Router:Deadlines:" + s, "10000"));

    /// <summary>The same, as on a command line.</summary>
    public static IEnumerable<string> Arguments => Settings.Select(s => $"--{s.Key}={s.Value}");
}
