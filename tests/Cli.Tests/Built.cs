using System.Reflection;

namespace GatewayStack.Cli.Tests;

/// <summary>Where the repository and what was built of it stand.</summary>
internal static class Built
{
    public static string Repository => Metadata("Repository");

    /// <summary>The command line's assembly, for a process of its own.</summary>
    public static string CommandLine => Path.Combine(Repository, "services", "GatewayStack.Cli", Metadata("Output"), "gatewaystack.dll");

    public static string Gateway => Path.Combine(Repository, "services", "GatewayStack.Gateway", Metadata("Output"), "GatewayStack.Gateway.dll");

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
