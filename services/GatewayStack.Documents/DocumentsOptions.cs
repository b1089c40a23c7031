namespace GatewayStack.Documents;

/// <summary>Documents that stand in a database, from the configuration section <c>Documents</c>.</summary>
public sealed record DocumentsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Documents";

    /// <summary>How long the version in force may go on without its database having been reached; then Policy answers no more questions and is not ready, and the health of
    /// other owners is degraded. 15 minutes by default, 10 s to 30 days.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(15);
}
