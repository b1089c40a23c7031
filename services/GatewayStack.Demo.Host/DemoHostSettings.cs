using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Host;

/// <summary>The section <c>Demo</c> of the demo host.</summary>
internal sealed record DemoHostSettings
{
    /// <summary>Where it listens, separated by semicolons; loopback only. <c>--urls</c> goes first.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8090";

    /// <summary>The issuer's URL as it stands in tokens; the host's own address and <c>/demo/</c> unless set.</summary>
    public string? Issuer { get; init; }

    /// <summary>The gateway's public URL.</summary>
    public string GatewayUrl { get; init; } = "http://127.0.0.1:8080";

    /// <summary>How many seconds an access token is good for, 5 to 86,400.</summary>
    public int AccessTokenSeconds { get; init; } = 600;

    /// <summary>Folder of the issuer's keys, clients and grants; <c>{Data:Path}/demo</c> unless set.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>The secret by which the clinic proves itself to the gateway; may be <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string ClinicSecret { get; init; } = DemoServerOptions.DefaultClinicSecret;

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"DemoHostSettings {{ Urls = {Urls}, Issuer = {Issuer}, GatewayUrl = {GatewayUrl} }}";
}
