using System.Reflection;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>Where the build put what the tests start.</summary>
internal static class BuildOutput
{
    /// <summary>The gateway's assembly; <c>GATEWAYSTACK_GATEWAY</c> names another build of it, such as a published one.</summary>
    public static string Gateway => Environment.GetEnvironmentVariable("GATEWAYSTACK_GATEWAY") is { Length: > 0 } other ? other : Metadata("Gateway");

    /// <summary>The assembly of another host, such as <c>Policy.Service</c>.</summary>
    public static string Host(string name) => Path.Combine(Metadata("Services"), $"GatewayStack.{name}", Metadata("Output"), $"GatewayStack.{name}.dll");

    /// <summary>The folder of the Node scripts and their packages.</summary>
    public static string NodeClients => Metadata("NodeClients");

    /// <summary>The policy of the demo, as it stands beside the gateway.</summary>
    public static string DemoPolicy => Path.Combine(Path.GetDirectoryName(Gateway)!, "demo-policy.yaml");

    private static string Metadata(string key) =>
        typeof(BuildOutput).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
