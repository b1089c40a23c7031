using System.Collections.Frozen;
using System.Globalization;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>Drops the months that are past their class' retention. That it did is an event of every tenant that had rows there, committed with the drop.</summary>
/// <remarks>Safe to run by several instances at once: one of them drops.</remarks>
internal sealed class PostgresRetention(
    OwnerDatabase database, PostgresPartitions partitions, PostgresAuditWriter writer, AuditOptions options, TimeProvider time, ILogger<PostgresRetention> logger)
{
    /// <summary>What such an event says was done.</summary>
    public const string Operation = "audit.partition.drop";

    // The tenant where no other had rows.
    private const string NoTenant = "default";

    private readonly FrozenDictionary<string, int> _days = options.Retention.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Drops what is due; a month that cannot be dropped now is left for the next run.</summary>
    /// <returns>How many months went.</returns>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var dropped = 0;
        foreach (var (retention, month, days) in await DueAsync(cancellationToken))
        {
            try
            {
                if (await DropAsync(retention, month, days, cancellationToken) is { } rows)
                {
                    logger.PartitionDropped(retention, month, rows, days);
                    dropped++;
                }

                partitions.Forget(retention, month);
            }
            catch (PostgresException e)
            {
                logger.PartitionNotDropped(e, retention, month);
            }
        }

        return dropped;
    }

    private async Task<List<(string Retention, DateOnly Month, int Days)>> DueAsync(CancellationToken cancellationToken)
    {
        var due = new List<(string, DateOnly, int)>();
        if (_days.Count == 0)
        {
            return due;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var current = PostgresTimes.MonthOf(now);
        await using var command = database.DataSource.CreateCommand(
            "SELECT retention, month FROM audit_partition UNION SELECT retention, month FROM audit_count ORDER BY retention, month");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (retention, month) = (reader.GetString(0), reader.GetFieldValue<DateOnly>(1));
            // The youngest row of the month decides.
            if (month < current && _days.TryGetValue(retention, out var days) && month.AddMonths(1).ToDateTime(TimeOnly.MinValue) <= now.AddDays(-days))
            {
                due.Add((retention, month, days));
            }
        }

        return due;
    }

    // Returns how many rows went; null where another instance was first.
    private async Task<long?> DropAsync(string retention, DateOnly month, int days, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var end = await writer.LockAsync(connection, cancellationToken);
        await using (var there = new NpgsqlCommand(
            """
            SELECT EXISTS (SELECT FROM audit_partition WHERE retention = $1 AND month = $2) OR EXISTS (SELECT FROM audit_count WHERE retention = $1 AND month = $2)
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = retention }, new NpgsqlParameter<DateOnly> { TypedValue = month } },
        })
        {
            if (await there.ExecuteScalarAsync(cancellationToken) is not true)
            {
                return null;
            }
        }

        var counts = new List<(string Tenant, long Rows)>();
        await using (var drop = new NpgsqlCommand("SELECT tenant, rows FROM audit_drop_partition($1, $2) ORDER BY tenant", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = retention }, new NpgsqlParameter<DateOnly> { TypedValue = month } },
        })
        await using (var reader = await drop.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                counts.Add((reader.GetString(0), reader.GetInt64(1)));
            }
        }

        if (counts.Count == 0)
        {
            counts.Add((NoTenant, 0));
        }

        var now = time.GetUtcNow();
        var entries = counts.Select((c, i) => Entry(end, end.Sequence + i + 1, c.Tenant, Words(c.Rows, retention, month, days), now)).ToList();
        await using (var own = new NpgsqlCommand("UPDATE audit_log SET last_seq = $1", connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = end.Sequence + entries.Count } },
        })
        {
            await own.ExecuteNonQueryAsync(cancellationToken);
        }

        var batch = new AuditBatch { Producer = end.Producer, Entries = [.. entries], HashKeyId = string.Empty, Last = (1, entries[^1].Sequence), Time = entries[0].Time };
        _ = await writer.WriteAsync(connection, batch, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return counts.Sum(c => c.Rows);
    }

    private static AuditEntry Entry(LogEnd end, long sequence, string tenant, string why, DateTimeOffset now)
    {
        var e = new GatewayEvent
        {
            Type = EventTypes.Administration,
            Time = now,
            Tenant = tenant,
            RequestId = string.Empty,
            Administration = new EventAdministration { Operation = Operation, Reason = why, Succeeded = true },
        };
        return new AuditEntry
        {
            Epoch = 1,
            Sequence = sequence,
            Event = e,
            Time = AuditTimes.Micros(now),
            Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = end.Producer, Epoch = 1, Sequence = sequence })],
        };
    }

    private static string Words(long rows, string retention, DateOnly month, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"{rows} events of {month:yyyy-MM} in the retention class {retention} were older than {days} days");
}
