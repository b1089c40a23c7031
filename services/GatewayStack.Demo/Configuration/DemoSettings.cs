using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Configuration;

/// <summary>What the gateway's demo configuration is made from.</summary>
public sealed record DemoSettings
{
    /// <summary>Where the demo parts listen; the gateway reaches them there.</summary>
    public required Uri DemoServerAddress { get; init; }

    /// <summary>The demo issuer's URL as it stands in tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>Audience of the demo issuer's tokens.</summary>
    public string Audience { get; init; } = "gatewaystack";

    /// <summary>The secret by which the clinic proves itself.</summary>
    public string ClinicSecret { get; init; } = DemoServerOptions.DefaultClinicSecret;

    /// <summary>The policy document; the one shipped beside the program unless another is named.</summary>
    public string PolicyFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "demo-policy.yaml");

    /// <summary>True sends <c>gpt-4o-mini</c>, and nothing else, to OpenAI with the key in OPENAI_API_KEY. The default is whether that variable is set.</summary>
    public bool UseOpenAI { get; init; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OPENAI_API_KEY"));

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"DemoSettings {{ DemoServerAddress = {DemoServerAddress}, Issuer = {Issuer} }}";
}
