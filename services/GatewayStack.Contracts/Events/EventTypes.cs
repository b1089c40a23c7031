namespace GatewayStack.Contracts.Events;

/// <summary>Types of events.</summary>
public static class EventTypes
{
    /// <summary>A request was allowed; written before it is sent on. Its outcome follows.</summary>
    public const string Decision = "decision";

    /// <summary>How an allowed request ended, with its usage.</summary>
    public const string Outcome = "outcome";

    /// <summary>A request was refused: decision and outcome in one.</summary>
    public const string Refusal = "refusal";

    /// <summary>A credential was refused.</summary>
    public const string SignInFailed = "sign_in_failed";

    /// <summary>Configuration was changed or read by an administrator.</summary>
    public const string Administration = "administration";

    /// <summary>The audit was read.</summary>
    public const string AuditRead = "audit_read";

    /// <summary>A call to one of our own account endpoints.</summary>
    public const string AccountRead = "account_read";

    /// <summary>Events were lost: says how many.</summary>
    public const string Gap = "gap";
}
