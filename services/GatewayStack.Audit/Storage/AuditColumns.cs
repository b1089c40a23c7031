namespace GatewayStack.Audit.Storage;

/// <summary>Names of the columns, the same in every technology.</summary>
internal static class AuditColumns
{
    public static string Name(AuditColumn column) => column switch
    {
        AuditColumn.PersonId => "person_id",
        AuditColumn.Type => "type",
        AuditColumn.Action => "action",
        AuditColumn.Model => "model",
        AuditColumn.Backend => "backend",
        AuditColumn.Decision => "decision",
        AuditColumn.RequestId => "request_id",
        AuditColumn.ParentRequestId => "parent_request_id",
        AuditColumn.RunId => "run_id",
        AuditColumn.SessionId => "session_id",
        AuditColumn.Purpose => "purpose",
        AuditColumn.Actor => "actor",
        AuditColumn.Retention => "retention",
        AuditColumn.Outcome => "outcome",
        AuditColumn.Server => "server",
        AuditColumn.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "is no column"),
    };
}
