namespace GatewayStack.AppHost;

/// <summary>Names of the resources, shared with the tests.</summary>
internal static class Resources
{
    /// <summary>Who is calling.</summary>
    public const string Identity = "identity";

    /// <summary>What is in a request.</summary>
    public const string Transform = "transform";

    /// <summary>What is allowed.</summary>
    public const string Policy = "policy";

    /// <summary>How much may be used, and what it cost.</summary>
    public const string Limits = "limits";

    /// <summary>The front door.</summary>
    public const string Router = "router";

    /// <summary>What happened.</summary>
    public const string Audit = "audit";

    /// <summary>The demo issuer, providers and backends.</summary>
    public const string Demo = "demo";

    /// <summary>An issuer to sign in with, where it is asked for.</summary>
    public const string Keycloak = "keycloak";

    /// <summary>Counters and holds.</summary>
    public const string Redis = "redis";

    /// <summary>Policies, ledger, audit and keys: a database for each owner.</summary>
    public const string Postgres = "postgres";

    /// <summary>Usage and audit events.</summary>
    public const string Kafka = "kafka";

    /// <summary>Every service's HTTP endpoint.</summary>
    public const string Http = "http";

    /// <summary>The gRPC endpoint of every service but the Router.</summary>
    public const string Grpc = "grpc";

    /// <summary>A server's one endpoint.</summary>
    public const string Tcp = "tcp";
}
