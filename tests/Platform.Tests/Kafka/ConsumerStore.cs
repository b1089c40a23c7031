using System.Globalization;
using GatewayStack.Contracts.Events;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>A consumer's store as the contract wants it, in a database that several processes may open: rows, watermarks, dead letters and positions in one transaction.</summary>
/// <remarks>A row that is there already is an error: only watermarks may keep an event from having a second effect.</remarks>
internal sealed class ConsumerStore : IEventSink, IEventOffsets
{
    private readonly string _connection;

    public ConsumerStore(string file, string name = "limits")
    {
        Name = name;
        _connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        using var connection = Open();
        Execute(connection, null, "PRAGMA journal_mode = WAL");
        foreach (var table in (string[])
        [
            "event (producer TEXT, epoch INTEGER, seq INTEGER, feed TEXT, bytes BLOB, PRIMARY KEY (producer, epoch, seq))",
            "watermark (producer TEXT, feed TEXT, epoch INTEGER, seq INTEGER, PRIMARY KEY (producer, feed))",
            "dead_letter (topic TEXT, part INTEGER, off INTEGER, error TEXT, bytes BLOB, PRIMARY KEY (topic, part, off))",
            "position (topic TEXT, part INTEGER, next INTEGER, claim INTEGER, PRIMARY KEY (topic, part))",
        ])
        {
            Execute(connection, null, "CREATE TABLE IF NOT EXISTS " + table);
        }
    }

    public string Name { get; }

    /// <summary>Called at the beginning of a batch; what it throws is the store's failure.</summary>
    public Func<EventBatch, Task>? Before { get; set; }

    /// <summary>Called when a batch is written and not committed.</summary>
    public Func<EventBatch, Task>? InTheMiddle { get; set; }

    public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await (Before?.Invoke(batch) ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await using var connection = Open();
        await using var transaction = connection.BeginTransaction();
        if (batch.Position is { } position && Execute(
            connection, transaction, "UPDATE position SET next = $2 WHERE topic = $0 AND part = $1 AND next = $3 AND claim = $4",
            position.Topic, position.Partition, position.Next, position.From, position.Claim) == 0)
        {
            return new EventAcknowledgement { Stored = 0, Fenced = true, Reason = "the position is another" };
        }

        foreach (var stored in batch.Events.Where(e => !Covers(connection, transaction, batch, e)))
        {
            Execute(connection, transaction, "INSERT INTO event VALUES ($0, $1, $2, $3, $4)", batch.Producer, stored.Epoch, stored.Sequence, batch.Feed, stored.Bytes.ToArray());
            Execute(connection, transaction, "REPLACE INTO watermark VALUES ($0, $1, $2, $3)", batch.Producer, batch.Feed, stored.Epoch, stored.Sequence);
        }

        foreach (var message in batch.Unreadable)
        {
            Execute(connection, transaction, "INSERT INTO dead_letter VALUES ($0, $1, $2, $3, $4)", message.Topic, message.Partition, message.Offset, message.Error, message.Bytes.ToArray());
        }

        await (InTheMiddle?.Invoke(batch) ?? Task.CompletedTask).WaitAsync(cancellationToken);
        transaction.Commit();
        return new EventAcknowledgement { Stored = batch.Events.Length };
    }

    public Task<System.Collections.Immutable.ImmutableArray<LogClaim>> ClaimAsync(
        string topic, System.Collections.Immutable.ImmutableArray<int> partitions, CancellationToken cancellationToken)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var partition in partitions)
        {
            Execute(connection, transaction, "INSERT INTO position VALUES ($0, $1, 0, 1) ON CONFLICT DO UPDATE SET claim = claim + 1", topic, partition);
        }

        var claims = partitions.Select(p =>
        {
            var row = Query(connection, transaction, "SELECT next, claim FROM position WHERE topic = $0 AND part = $1", r => (r.GetInt64(0), r.GetInt64(1)), topic, p).Single();
            return new LogClaim { Partition = p, Next = row.Item1, Claim = row.Item2 };
        });
        System.Collections.Immutable.ImmutableArray<LogClaim> result = [.. claims];
        transaction.Commit();
        return Task.FromResult(result);
    }

    /// <summary>Everything stored, in the order of storing.</summary>
    public List<(string Producer, long Epoch, long Sequence, string Feed)> Events() =>
        Read("SELECT producer, epoch, seq, feed FROM event ORDER BY rowid", r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3)));

    public List<byte[]> Bytes() => Read("SELECT bytes FROM event ORDER BY rowid", r => (byte[])r.GetValue(0));

    public long Count() => Read("SELECT count(*) FROM event", r => r.GetInt64(0)).Single();

    public List<(string Topic, long Offset, string Error, byte[] Bytes)> DeadLetters() =>
        Read("SELECT topic, off, error, bytes FROM dead_letter ORDER BY topic, part, off", r => (r.GetString(0), r.GetInt64(1), r.GetString(2), (byte[])r.GetValue(3)));

    public List<(string Topic, long Partition, long Next, long Claim)> Positions() =>
        Read("SELECT topic, part, next, claim FROM position ORDER BY topic, part", r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)));

    /// <summary>Waits until so many events are stored.</summary>
    public Task ReachedAsync(long count) => TestServers.Eventually.Succeeds(() =>
    {
        Count().ShouldBeGreaterThanOrEqualTo(count);
        return Task.CompletedTask;
    });

    private static bool Covers(SqliteConnection connection, SqliteTransaction transaction, EventBatch batch, StoredEvent stored) => Query(
        connection, transaction, "SELECT epoch, seq FROM watermark WHERE producer = $0 AND feed = $1", r => (r.GetInt64(0), r.GetInt64(1)), batch.Producer, batch.Feed)
        .Any(w => w.CompareTo((stored.Epoch, stored.Sequence)) >= 0);

    private static int Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static List<T> Query<T>(SqliteConnection connection, SqliteTransaction? transaction, string sql, Func<SqliteDataReader, T> row, params object[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction? transaction, string sql, object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _ = command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i]);
        }

        return command;
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> row)
    {
        using var connection = Open();
        return Query(connection, null, sql, row);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
