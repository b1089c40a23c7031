using System.Collections.Immutable;

namespace GatewayStack.Audit;

/// <summary>How much the audit demands before an answer is given.</summary>
public enum AuditMode
{
    /// <summary>A record survives the process; the loss of power can cost one flush interval.</summary>
    Standard = 0,

    /// <summary>No record on the disk, no answer.</summary>
    Strict = 1,
}

/// <summary>The audit, from the configuration section <c>Audit</c>.</summary>
public sealed record AuditOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Audit";

    /// <summary><c>Standard</c> by default. The front door applies it.</summary>
    public AuditMode Mode { get; init; } = AuditMode.Standard;

    /// <summary>
    /// How many days events are kept, by retention class; a class that is not named is kept for ever. A month goes as a whole once its youngest event is older. Postgres only.
    /// </summary>
    public IReadOnlyDictionary<string, int> Retention { get; init; } = ImmutableDictionary<string, int>.Empty;
}
