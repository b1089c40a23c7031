using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>Where the consumer stands in each partition of a log, and under which claim.</summary>
internal sealed class SqliteOffsets(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _move = connection.Prepare(
        "UPDATE offsets SET next = $next WHERE topic = $topic AND partition = $partition AND next = $from AND claim = $claim",
        "$next", "$topic", "$partition", "$from", "$claim");

    /// <summary>Takes a step, within the caller's transaction. False where the partition does not stand at its beginning, or was claimed since.</summary>
    public bool Move(LogPosition step) => _move.With(step.Next, step.Topic, step.Partition, step.From, step.Claim).ExecuteNonQuery() == 1;

    /// <summary>Raises the claims of partitions in a transaction of its own.</summary>
    public static ImmutableArray<LogClaim> Claim(SqliteConnection connection, string topic, ImmutableArray<int> partitions)
    {
        using var transaction = connection.BeginTransaction();
        using var claim = connection.Prepare(
            "INSERT INTO offsets VALUES($topic, $partition, 0, 1) ON CONFLICT(topic, partition) DO UPDATE SET claim = claim + 1 RETURNING next, claim",
            "$topic", "$partition");
        claim.Transaction = transaction;
        var claims = ImmutableArray.CreateBuilder<LogClaim>(partitions.Length);
        foreach (var partition in partitions)
        {
            using var reader = claim.With(topic, partition).ExecuteReader();
            reader.Read();
            claims.Add(new LogClaim { Partition = partition, Next = reader.GetInt64(0), Claim = reader.GetInt64(1) });
        }

        transaction.Commit();
        return claims.MoveToImmutable();
    }

    public void Dispose() => _move.Dispose();
}
