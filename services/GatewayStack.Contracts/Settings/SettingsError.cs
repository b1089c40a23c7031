using System.Collections.Immutable;

namespace GatewayStack.Contracts.Settings;

/// <summary>One thing wrong with the configuration.</summary>
/// <param name="Key">The configuration key, such as <c>Router:Models:0:Targets</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record SettingsError(string Key, string Problem, string Remedy);

/// <summary>A module's check of its own settings; the host runs all of them before it starts and reports every error in one message.</summary>
public interface ISettingsCheck
{
    /// <summary>All errors; empty when the settings are good.</summary>
    ImmutableArray<SettingsError> Check();
}
