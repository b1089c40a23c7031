namespace GatewayStack.Wire.Security;

/// <summary>How services know each other, from the section <c>Service</c>.</summary>
internal sealed record ServiceOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Service";

    /// <summary>Secret by which this service proves itself to others, at least 32 characters; may be <c>env:NAME</c> or <c>file:PATH</c>.</summary>
    public string? Credential { get; init; }

    /// <summary>The services that may call this one, by name, each with the SHA-256 of its secret (<c>sha256:</c> and 64 hexadecimal digits), or the secret; two with a blank
    /// between while it is being changed.</summary>
    public IReadOnlyDictionary<string, string> Callers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>TLS between services.</summary>
    public ServiceTlsOptions Tls { get; init; } = new();

    /// <summary>Leaves the secrets out.</summary>
    public override string ToString() => $"ServiceOptions {{ Callers = {string.Join(' ', Callers.Keys)}, Tls = {Tls.Enabled} }}";
}

/// <summary>TLS between services.</summary>
internal sealed record ServiceTlsOptions
{
    /// <summary>True serves both endpoints with TLS and reaches other services by it alone.</summary>
    public bool Enabled { get; init; }

    /// <summary>PEM file of this service's certificate, with those between it and the authority.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of the certificate's key.</summary>
    public string? Key { get; init; }

    /// <summary>PEM file of the authorities whose certificates are believed. The system's are not.</summary>
    public string? Authority { get; init; }
}
