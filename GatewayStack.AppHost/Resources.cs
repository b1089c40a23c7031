namespace GatewayStack.AppHost;

/// <summary>Names of the resources, shared with the tests.</summary>
internal static class Resources
{
    /// <summary>The gateway, all modules in one process.</summary>
    public const string Gateway = "gateway";

    /// <summary>The demo issuer, providers and backends.</summary>
    public const string Demo = "demo";

    /// <summary>Every resource's HTTP endpoint.</summary>
    public const string Http = "http";
}
