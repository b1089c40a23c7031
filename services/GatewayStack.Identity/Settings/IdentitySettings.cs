using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Settings;

/// <summary>What was read from the configuration, with what could not be read.</summary>
internal sealed record IdentitySettings
{
    public required IdentityOptions Options { get; init; }

    public required KeysOptions Keys { get; init; }

    /// <summary>The module's own folder.</summary>
    public required string Folder { get; init; }

    /// <summary>True where the key rings stand in a database that replicas share, not in the folder.</summary>
    public bool SharedKeys { get; init; }

    public ImmutableArray<SettingsError> Errors { get; init; } = [];
}
