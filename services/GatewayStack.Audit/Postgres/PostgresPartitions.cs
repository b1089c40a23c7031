using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayStack.Audit.Storage;
using GatewayStack.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>Makes the partitions that rows are about to need. What has none goes to the default, and moves when its partition is made.</summary>
/// <remarks>Safe for concurrent use; of several instances that make the same partition one does.</remarks>
internal sealed class PostgresPartitions(OwnerDatabase database, TimeProvider time, ILogger<PostgresPartitions> logger)
{
    // A clock that is wrong must not make partitions for centuries.
    private const int MonthsBehind = 24;
    private const int MonthsAhead = 2;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Retention, DateOnly Month), DateTimeOffset> _known = new();

    /// <summary>Makes the partitions of a batch, so far as they are not there. Where it cannot now, the default takes the rows.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task EnsureAsync(ImmutableArray<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var last = default((string Retention, DateOnly Month));
        foreach (var entry in entries)
        {
            var wanted = (entry.Event.Retention, PostgresTimes.MonthOf(entry.Time));
            if (wanted != last)
            {
                last = wanted;
                await EnsureAsync(wanted.Retention, wanted.Item2, cancellationToken);
            }
        }
    }

    /// <summary>Makes the partitions of the next months of every class that has rows, and of the usual one.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task EnsureAheadAsync(CancellationToken cancellationToken)
    {
        var classes = new SortedSet<string>(StringComparer.Ordinal) { "standard" };
        await using (var command = database.DataSource.CreateCommand("SELECT retention FROM audit_class"))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                classes.Add(reader.GetString(0));
            }
        }

        var month = PostgresTimes.MonthOf(time.GetUtcNow().UtcDateTime);
        foreach (var retention in classes)
        {
            for (var ahead = 0; ahead <= MonthsAhead; ahead++)
            {
                await EnsureAsync(retention, month.AddMonths(ahead), cancellationToken);
            }
        }
    }

    /// <summary>Forgets a partition that was dropped.</summary>
    public void Forget(string retention, DateOnly month) => _known.TryRemove((retention, month), out _);

    private async Task EnsureAsync(string retention, DateOnly month, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var current = PostgresTimes.MonthOf(now.UtcDateTime);
        if (month < current.AddMonths(-MonthsBehind) || month > current.AddMonths(MonthsAhead) || (_known.TryGetValue((retention, month), out var until) && now < until))
        {
            return;
        }

        var next = DateTimeOffset.MaxValue;
        try
        {
            await using var command = database.DataSource.CreateCommand("SELECT audit_add_partition($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Of(retention) });
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = month });
            if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            {
                next = now + TimeSpan.FromHours(1);
                logger.TooManyClasses(retention);
            }
        }
        catch (PostgresException e)
        {
            // Somebody reads for long, or another instance is at it.
            next = now + TryAgainAfter;
            logger.PartitionNotMade(e, retention, month);
        }

        _known[(retention, month)] = next;
    }
}
