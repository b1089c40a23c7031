using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayStack.Contracts.Identity;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>Rows of <c>requests</c>.</summary>
internal sealed partial class SqliteRequests : IDisposable
{
    private const string Columns =
        "r.request_id, r.parent_request_id, r.tenant, r.person_id, r.kind, r.org_id, r.team, r.plan, r.roles, r.action, "
        + "r.reserved_at, r.counts, r.state, r.hold_tokens, r.hold_cost, r.lease_ends_at, r.server, r.tool";

    private const string Sums =
        "(SELECT COALESCE(SUM(l.tokens), 0) FROM ledger l WHERE l.request_id = r.request_id), "
        + "(SELECT COALESCE(SUM(l.cost), 0) FROM ledger l WHERE l.request_id = r.request_id)";

    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _setState;

    public SqliteRequests(SqliteConnection connection)
    {
        _find = new SqliteStatement(connection, $"SELECT {Columns}, 0, 0 FROM requests r WHERE r.request_id = ?1");
        _insert = new SqliteStatement(
            connection,
            "INSERT INTO requests VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT(request_id) DO NOTHING");
        _setState = new SqliteStatement(connection, "UPDATE requests SET state = ?1 WHERE request_id = ?2");
    }

    /// <summary>A request as it stands. What it was charged is not looked up: whoever ends a request charges it.</summary>
    public LedgerRequest? Find(string requestId)
    {
        _find.Bind(1, requestId);
        if (!_find.Read())
        {
            return null;
        }

        try
        {
            return Row(_find);
        }
        finally
        {
            _find.Reset();
        }
    }

    /// <summary>Says whether the request is new; one that is there stays as it is.</summary>
    /// <param name="row">The request.</param>
    /// <param name="state">The state to write, where the row is known to have come further by the end of the transaction.</param>
    public bool Insert(LedgerRequest row, LedgerState state)
    {
        _insert.Bind(1, row.RequestId);
        _insert.Bind(2, row.ParentRequestId);
        _insert.Bind(3, row.Facts.Tenant);
        _insert.Bind(4, row.Facts.PersonId);
        _insert.Bind(5, (long)row.Facts.Kind);
        _insert.Bind(6, row.Facts.OrgId);
        _insert.Bind(7, row.Facts.Team);
        _insert.Bind(8, row.Facts.Plan);
        _insert.Bind(
            9,
            row.Facts.Roles.IsDefaultOrEmpty ? "[]"u8 : JsonSerializer.SerializeToUtf8Bytes(row.Facts.Roles, RolesJson.Default.ImmutableArrayString));
        _insert.Bind(10, row.Facts.Action);
        _insert.Bind(11, SqliteExtensions.Micros(row.ReservedAt));
        _insert.Bind(12, row.Counts ? 1L : 0L);
        _insert.Bind(13, (long)state);
        _insert.Bind(14, row.Hold.Tokens);
        _insert.Bind(15, row.Hold.CostMicros);
        _insert.Bind(16, SqliteExtensions.Micros(row.LeaseEndsAt));
        _insert.Bind(17, row.Facts.Server);
        _insert.Bind(18, row.Facts.Tool);
        return _insert.Execute() > 0;
    }

    public void SetState(string requestId, LedgerState state)
    {
        _setState.Bind(1, (long)state);
        _setState.Bind(2, requestId);
        _setState.Execute();
    }

    public static IEnumerable<LedgerRequest> Since(SqliteConnection connection, DateTimeOffset since)
    {
        using var statement = new SqliteStatement(connection, $"SELECT {Columns}, {Sums} FROM requests r WHERE r.reserved_at >= ?1");
        statement.Bind(1, SqliteExtensions.Micros(since));
        while (statement.Read())
        {
            yield return Row(statement);
        }
    }

    /// <summary>Takes the oldest requests with their rows of <c>ledger</c>; within the caller's transaction.</summary>
    public static long Forget(SqliteConnection connection, DateTimeOffset before, int most)
    {
        const string Due = "(SELECT request_id FROM requests WHERE reserved_at < ?1 ORDER BY reserved_at, request_id LIMIT ?2)";
        Delete("ledger");
        return Delete("requests");

        long Delete(string table)
        {
            using var statement = new SqliteStatement(connection, $"DELETE FROM {table} WHERE request_id IN {Due}");
            statement.Bind(1, SqliteExtensions.Micros(before));
            statement.Bind(2, (long)most);
            return statement.Execute();
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _setState.Dispose();
    }

    private static LedgerRequest Row(SqliteStatement row) => new()
    {
        RequestId = row.Required(0),
        ParentRequestId = row.Text(1),
        Facts = new RequestFacts
        {
            Tenant = row.Required(2),
            PersonId = row.Required(3),
            Kind = (IdentityKind)row.Integer(4),
            OrgId = row.Text(5),
            Team = row.Text(6),
            Plan = row.Text(7),
            Roles = JsonSerializer.Deserialize(row.Utf8(8), RolesJson.Default.ImmutableArrayString),
            Action = row.Text(9),
            Server = row.Text(16),
            Tool = row.Text(17),
        },
        ReservedAt = row.Time(10),
        Counts = row.Integer(11) != 0,
        State = (LedgerState)row.Integer(12),
        Hold = new Amount(row.Integer(13), row.Integer(14)),
        LeaseEndsAt = row.Time(15),
        Charged = new Amount(Amount.Bound(row.Integer(18)), Amount.Bound(row.Integer(19))),
    };

    [JsonSerializable(typeof(ImmutableArray<string>))]
    private sealed partial class RolesJson : JsonSerializerContext;
}
