using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Settings;

/// <summary>The module was used with settings that its check refuses.</summary>
internal sealed class IdentitySettingsException(ImmutableArray<SettingsError> errors)
    : Exception(string.Join(Environment.NewLine, errors.Select(error => $"{error.Key}: {error.Problem}; {error.Remedy}").Prepend("The settings of Identity are wrong:")))
{
    public ImmutableArray<SettingsError> Errors { get; } = errors;
}
