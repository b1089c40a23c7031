using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Npgsql;
using NpgsqlTypes;

namespace GatewayStack.Limits.Postgres;

/// <summary>The tables of one batch: read ahead in one query, written in three statements, however many rows there are.</summary>
internal sealed class PostgresTables : IBatchTables
{
    /// <summary>Columns of a request, in the order that <see cref="Read"/> takes them in.</summary>
    public const string Columns =
        "r.request_id, r.parent_request_id, r.tenant, r.person_id, r.kind, r.org_id, r.team, r.plan, r.roles, r.action, "
        + "r.reserved_at, r.counts, r.state, r.hold_tokens, r.hold_cost, r.lease_ends_at, r.server, r.tool";

    private const string InsertRequests =
        "INSERT INTO requests SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) "
        + "ON CONFLICT (request_id) DO NOTHING";

    private const string SetStates =
        "UPDATE requests r SET state = s.state FROM unnest($1, $2) AS s(request_id, state) WHERE r.request_id = s.request_id";

    private const string InsertRows =
        "INSERT INTO ledger SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (request_id, attempt) DO NOTHING";

    private readonly Dictionary<string, LedgerRequest> _found = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (LedgerRequest Row, LedgerState State)> _inserted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LedgerState> _states = new(StringComparer.Ordinal);
    private readonly List<Row> _rows = [];

    /// <summary>How many requests the batch adds. Fewer may be inserted where another process was faster; then the batch must be read and written again.</summary>
    public int NewRequests => _inserted.Count;

    /// <summary>The requests that entries are about: what has to be read ahead.</summary>
    public static string[] RequestsOf(IEnumerable<LedgerEntry> entries)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case OpenEntry open:
                    ids.Add(open.RequestId);
                    if (open.ParentRequestId is { } parent)
                    {
                        ids.Add(parent);
                    }

                    break;
                case CloseEntry close:
                    ids.Add(close.RequestId);
                    break;
            }
        }

        return [.. ids];
    }

    /// <summary>Takes a row that was read ahead, and locked.</summary>
    public void Take(LedgerRequest row) => _found[row.RequestId] = row;

    public LedgerRequest? Find(string requestId) => _found.GetValueOrDefault(requestId);

    public bool Insert(LedgerRequest row, LedgerState state) => !_found.ContainsKey(row.RequestId) && _inserted.TryAdd(row.RequestId, (row, state));

    public void SetState(string requestId, LedgerState state)
    {
        if (_inserted.TryGetValue(requestId, out var inserted))
        {
            _inserted[requestId] = inserted with { State = state };
            return;
        }

        _states[requestId] = state;
    }

    public void Charge(LedgerRequest request, AttemptUsage attempt, string? priceTable, DateTimeOffset at) => _rows.Add(new Row(
        request,
        attempt.Attempt,
        PostgresText.Storable(attempt.Provider),
        PostgresText.Storable(attempt.Model),
        Amount.Of(attempt).Tokens,
        Amount.Bound(attempt.Tokens?.InputTokens ?? 0),
        Amount.Bound(attempt.Tokens?.OutputTokens ?? 0),
        Amount.Bound(attempt.Tokens?.CachedInputTokens ?? 0),
        attempt.CostMicros is { } cost ? Amount.Bound(cost) : null,
        attempt.Estimated,
        PostgresText.Storable(priceTable),
        at));

    public void ChargeHold(LedgerRequest request, Amount hold, string? priceTable, DateTimeOffset at) =>
        _rows.Add(new Row(request, 0, null, null, hold.Tokens, 0, 0, 0, hold.CostMicros, Estimated: true, PostgresText.Storable(priceTable), at));

    /// <summary>The statements that write what the batch came to. The first inserts the new requests.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        var requests = _inserted.Values.ToArray();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertRequests)
        {
            Parameters =
            {
                Texts(requests, r => r.Row.RequestId),
                Texts(requests, r => r.Row.ParentRequestId),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Tenant)),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.PersonId)),
                Values(requests, NpgsqlDbType.Smallint, r => (short)r.Row.Facts.Kind),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.OrgId)),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Team)),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Plan)),
                Texts(requests, r => r.Row.Facts.Roles.IsDefaultOrEmpty ? "[]" : JsonSerializer.Serialize(r.Row.Facts.Roles, LedgerJson.Default.ImmutableArrayString)),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Action)),
                Values(requests, NpgsqlDbType.TimestampTz, r => r.Row.ReservedAt.ToUniversalTime()),
                Values(requests, NpgsqlDbType.Boolean, r => r.Row.Counts),
                Values(requests, NpgsqlDbType.Smallint, r => (short)r.State),
                Values(requests, NpgsqlDbType.Bigint, r => r.Row.Hold.Tokens),
                Values(requests, NpgsqlDbType.Bigint, r => r.Row.Hold.CostMicros),
                Values(requests, NpgsqlDbType.TimestampTz, r => r.Row.LeaseEndsAt.ToUniversalTime()),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Server)),
                Texts(requests, r => PostgresText.Storable(r.Row.Facts.Tool)),
            },
        });
        if (_states.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(SetStates)
            {
                Parameters = { Texts(_states.Keys.ToArray(), id => id), Values(_states.Values.ToArray(), NpgsqlDbType.Smallint, s => (short)s) },
            });
        }

        if (_rows.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertRows)
            {
                Parameters =
                {
                    Texts(_rows, r => r.Request.RequestId),
                    Values(_rows, NpgsqlDbType.Integer, r => r.Attempt),
                    Texts(_rows, r => PostgresText.Storable(r.Request.Facts.Tenant)),
                    Texts(_rows, r => r.Provider),
                    Texts(_rows, r => r.Model),
                    Values(_rows, NpgsqlDbType.Bigint, r => r.Tokens),
                    Values(_rows, NpgsqlDbType.Bigint, r => r.InputTokens),
                    Values(_rows, NpgsqlDbType.Bigint, r => r.OutputTokens),
                    Values(_rows, NpgsqlDbType.Bigint, r => r.CachedInputTokens),
                    Values(_rows, NpgsqlDbType.Bigint, r => r.Cost),
                    Values(_rows, NpgsqlDbType.Boolean, r => r.Estimated),
                    Texts(_rows, r => r.PriceTable),
                    Values(_rows, NpgsqlDbType.TimestampTz, r => r.At.ToUniversalTime()),
                },
            });
        }
    }

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public static LedgerRequest Read(NpgsqlDataReader row) => new()
    {
        RequestId = row.GetString(0),
        ParentRequestId = Text(row, 1),
        Facts = new RequestFacts
        {
            Tenant = row.GetString(2),
            PersonId = row.GetString(3),
            Kind = (IdentityKind)row.GetInt16(4),
            OrgId = Text(row, 5),
            Team = Text(row, 6),
            Plan = Text(row, 7),
            Roles = JsonSerializer.Deserialize(row.GetString(8), LedgerJson.Default.ImmutableArrayString),
            Action = Text(row, 9),
            Server = Text(row, 16),
            Tool = Text(row, 17),
        },
        ReservedAt = row.GetFieldValue<DateTimeOffset>(10),
        Counts = row.GetBoolean(11),
        State = (LedgerState)row.GetInt16(12),
        Hold = new Amount(row.GetInt64(13), row.GetInt64(14)),
        LeaseEndsAt = row.GetFieldValue<DateTimeOffset>(15),
        Charged = Amount.None,
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NpgsqlParameter<string?[]> Texts<T>(IReadOnlyCollection<T> rows, Func<T, string?> value) => Values(rows, NpgsqlDbType.Text, value);

    private static NpgsqlParameter<TValue[]> Values<T, TValue>(IReadOnlyCollection<T> rows, NpgsqlDbType type, Func<T, TValue> value)
    {
        var values = new TValue[rows.Count];
        var at = 0;
        foreach (var row in rows)
        {
            values[at++] = value(row);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private sealed record Row(
        LedgerRequest Request,
        int Attempt,
        string? Provider,
        string? Model,
        long Tokens,
        long InputTokens,
        long OutputTokens,
        long CachedInputTokens,
        long? Cost,
        bool Estimated,
        string? PriceTable,
        DateTimeOffset At);
}
