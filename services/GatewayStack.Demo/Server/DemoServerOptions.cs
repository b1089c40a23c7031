using GatewayStack.Demo.Issuer.Clients;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Server;

/// <summary>What the demo parts need to know of their surroundings.</summary>
public sealed record DemoServerOptions
{
    /// <summary>The secret by which the clinic proves itself to the gateway unless another is set. Known to everyone, like all of the demo.</summary>
    public const string DefaultClinicSecret = "demo-clinic-secret";

    /// <summary>Port on 127.0.0.1 for <see cref="DemoServer.StartAsync"/>; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// The issuer's URL as it stands in tokens, such as <c>http://127.0.0.1:8080/demo/</c>; it ends in a slash. Null means the demo server's own address and
    /// <c>/demo/</c>.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>The audience of the tokens.</summary>
    public string Audience { get; init; } = "gatewaystack";

    /// <summary>
    /// The gateway's public URL: issuer of its assertions, home of its key set, and where the clinic calls back. May be given later, at
    /// <see cref="DemoServer.GatewayUrl"/>.
    /// </summary>
    public Uri? GatewayUrl { get; init; }

    /// <summary>The names of the gateway's MCP routes at the moment, for which alone there are tokens; null where nobody here knows them, and any name may be one.</summary>
    public Func<IEnumerable<string>>? McpRoutes { get; init; }

    /// <summary>How long an access token is good for; ten minutes unless set.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Folder that keeps the issuer's keys, clients and grants, so that they survive a restart; null makes new ones at each start.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>The secret by which the clinic proves itself to the gateway.</summary>
    public string ClinicSecret { get; init; } = DefaultClinicSecret;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How client id metadata documents are reached.</summary>
    internal DocumentTransport DocumentTransport { get; init; } = new();

    /// <summary>How many registrations and documents the issuer takes.</summary>
    internal ClientBounds ClientBounds { get; init; } = new();

    /// <summary>Where a server started in process logs to; null means nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"DemoServerOptions {{ Port = {Port}, Issuer = {Issuer}, GatewayUrl = {GatewayUrl} }}";
}
