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
        + "r.reserved_at, r.counts, r.state, r.hold_tokens, r.hold_cost, r.lease_ends_at";

    private const string Sums =
        "(SELECT COALESCE(SUM(l.tokens), 0) FROM ledger l WHERE l.request_id = r.request_id), "
        + "(SELECT COALESCE(SUM(l.cost), 0) FROM ledger l WHERE l.request_id = r.request_id)";

    private readonly SqliteCommand _find;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _setState;

    public SqliteRequests(SqliteConnection connection)
    {
        _find = connection.Prepare($"SELECT {Columns}, {Sums} FROM requests r WHERE r.request_id = $id", "$id");
        _insert = connection.Prepare(
            "INSERT INTO requests VALUES($id, $parent, $tenant, $person, $kind, $org, $team, $plan, $roles, $action, $at, $counts, $state, $tokens, $cost, $lease)",
            "$id", "$parent", "$tenant", "$person", "$kind", "$org", "$team", "$plan", "$roles", "$action", "$at", "$counts", "$state", "$tokens", "$cost", "$lease");
        _setState = connection.Prepare("UPDATE requests SET state = $state WHERE request_id = $id", "$state", "$id");
    }

    public LedgerRequest? Find(string requestId)
    {
        using var reader = _find.With(requestId).ExecuteReader();
        return reader.Read() ? Row(reader) : null;
    }

    public void Insert(LedgerRequest row) => _insert.With(
        row.RequestId,
        row.ParentRequestId,
        row.Facts.Tenant,
        row.Facts.PersonId,
        (long)row.Facts.Kind,
        row.Facts.OrgId,
        row.Facts.Team,
        row.Facts.Plan,
        JsonSerializer.Serialize(row.Facts.Roles, RolesJson.Default.ImmutableArrayString),
        row.Facts.Action,
        SqliteExtensions.Micros(row.ReservedAt),
        row.Counts ? 1L : 0L,
        (long)row.State,
        row.Hold.Tokens,
        row.Hold.CostMicros,
        SqliteExtensions.Micros(row.LeaseEndsAt)).ExecuteNonQuery();

    public void SetState(string requestId, LedgerState state) => _setState.With((long)state, requestId).ExecuteNonQuery();

    public static IEnumerable<LedgerRequest> Since(SqliteConnection connection, DateTimeOffset since)
    {
        using var command = connection.Prepare($"SELECT {Columns}, {Sums} FROM requests r WHERE r.reserved_at >= $since", "$since");
        using var reader = command.With(SqliteExtensions.Micros(since)).ExecuteReader();
        while (reader.Read())
        {
            yield return Row(reader);
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _setState.Dispose();
    }

    private static LedgerRequest Row(SqliteDataReader reader) => new()
    {
        RequestId = reader.GetString(0),
        ParentRequestId = reader.Text(1),
        Facts = new RequestFacts
        {
            Tenant = reader.GetString(2),
            PersonId = reader.GetString(3),
            Kind = (IdentityKind)reader.GetInt32(4),
            OrgId = reader.Text(5),
            Team = reader.Text(6),
            Plan = reader.Text(7),
            Roles = JsonSerializer.Deserialize(reader.GetString(8), RolesJson.Default.ImmutableArrayString),
            Action = reader.Text(9),
        },
        ReservedAt = reader.Time(10),
        Counts = reader.GetInt64(11) != 0,
        State = (LedgerState)reader.GetInt32(12),
        Hold = new Amount(reader.GetInt64(13), reader.GetInt64(14)),
        LeaseEndsAt = reader.Time(15),
        Charged = new Amount(Amount.Bound(reader.GetInt64(16)), Amount.Bound(reader.GetInt64(17))),
    };

    [JsonSerializable(typeof(ImmutableArray<string>))]
    private sealed partial class RolesJson : JsonSerializerContext;
}
