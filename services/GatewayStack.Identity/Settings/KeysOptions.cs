namespace GatewayStack.Identity.Settings;

/// <summary>Settings of the key files, section <c>Keys</c>.</summary>
internal sealed record KeysOptions
{
    /// <summary>The key that wraps the key files: 32 bytes in base64, as a secret reference. Default: none, the files are protected by their mode.</summary>
    public string? Master { get; init; }
}
