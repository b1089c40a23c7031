using System.Runtime.InteropServices;
using GatewayStack.Audit.Storage;
using Npgsql;
using NpgsqlTypes;

namespace GatewayStack.Audit.Postgres;

/// <summary>The new rows of a batch, column by column, as one statement takes them. Not thread-safe.</summary>
/// <remarks>Arrays, not COPY: that is refused where row-level security holds, and a process that stops in the middle of one would hold its locks without a bound.</remarks>
internal sealed class PostgresColumns(int capacity)
{
    /// <summary>Takes what <see cref="Events"/> gives.</summary>
    public const string InsertEvents =
        """
        INSERT INTO audit_event (
            producer, idx, epoch, seq, tenant, time, type, request_id, person_id, user_hash, action, model, backend, decision, client_id, client_name,
            parent_request_id, run_id, session_id, purpose, actor, retention, outcome, server, tool, bytes)
        SELECT $1, t.* FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26) AS t
        """;

    /// <summary>Takes what <see cref="Resources"/> gives.</summary>
    public const string InsertResources = "INSERT INTO audit_resource (idx, tenant, time, retention, type, id_hash) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)";

    private const int Texts = 19;

    private readonly List<long> _indexes = new(capacity);
    private readonly List<long> _epochs = new(capacity);
    private readonly List<long> _sequences = new(capacity);
    private readonly List<DateTime> _times = new(capacity);
    private readonly List<byte[]?> _users = new(capacity);
    private readonly List<byte[]> _bytes = new(capacity);
    private readonly List<string?>[] _texts = [.. Enumerable.Range(0, Texts).Select(_ => new List<string?>(capacity))];

    private readonly List<long> _resourceIndexes = [];
    private readonly List<string> _resourceTenants = [];
    private readonly List<DateTime> _resourceTimes = [];
    private readonly List<string> _resourceRetentions = [];
    private readonly List<string> _resourceTypes = [];
    private readonly List<byte[]?> _resourceHashes = [];

    /// <summary>How many events there are.</summary>
    public int Count => _indexes.Count;

    /// <summary>Whether an event is about something.</summary>
    public bool HasResources => _resourceIndexes.Count > 0;

    public void Add(long index, AuditEntry entry)
    {
        var e = entry.Event;
        var caller = e.Caller;
        var time = PostgresTimes.Of(entry.Time);
        _indexes.Add(index);
        _epochs.Add(entry.Epoch);
        _sequences.Add(entry.Sequence);
        _times.Add(time);
        _users.Add(entry.UserHash);
        _bytes.Add(ImmutableCollectionsMarshal.AsArray(entry.Bytes)!);
        // In the order of the columns.
        ReadOnlySpan<string?> texts =
        [
            e.Tenant, e.Type, e.RequestId, caller?.PersonId, e.Action, e.Model, e.Backend, e.Decision?.Effect, caller?.ClientId, caller?.ClientName,
            e.ParentRequestId, e.RunId, caller?.SessionId, e.Purpose, caller?.Actor, e.Retention, e.Outcome, e.Mcp?.Server, e.Mcp?.Tool,
        ];
        for (var i = 0; i < texts.Length; i++)
        {
            _texts[i].Add(StoredText.OrNull(texts[i]));
        }

        foreach (var (type, hash) in entry.Resources)
        {
            _resourceIndexes.Add(index);
            _resourceTenants.Add(StoredText.Of(e.Tenant));
            _resourceTimes.Add(time);
            _resourceRetentions.Add(StoredText.Of(e.Retention));
            _resourceTypes.Add(StoredText.Of(type));
            _resourceHashes.Add(hash);
        }
    }

    public IEnumerable<NpgsqlParameter> Events(string producer)
    {
        var text = 0;
        yield return new NpgsqlParameter<string> { TypedValue = producer };
        yield return Bigints(_indexes);
        yield return Bigints(_epochs);
        yield return Bigints(_sequences);
        yield return Text(_texts[text++]);
        yield return Timestamps(_times);
        for (; text < 4; text++)
        {
            yield return Text(_texts[text]);
        }

        yield return Bytea(_users);
        for (; text < Texts; text++)
        {
            yield return Text(_texts[text]);
        }

        yield return Bytea(_bytes);
    }

    public IEnumerable<NpgsqlParameter> Resources() =>
    [
        Bigints(_resourceIndexes), Text(_resourceTenants), Timestamps(_resourceTimes), Text(_resourceRetentions), Text(_resourceTypes), Bytea(_resourceHashes),
    ];

    internal static NpgsqlParameter Bigints(List<long> values) => new NpgsqlParameter<List<long>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    internal static NpgsqlParameter Text<T>(List<T> values) => new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    internal static NpgsqlParameter Bytea<T>(List<T> values) => new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    internal static NpgsqlParameter Timestamps(List<DateTime> values) =>
        new NpgsqlParameter<List<DateTime>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}
