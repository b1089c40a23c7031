using System.Collections.Immutable;
using GatewayStack.Limits.Ledger;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>The last stored event of each producer's feed.</summary>
internal sealed class SqliteWatermarks(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _find = connection.Prepare("SELECT epoch, seq FROM watermarks WHERE producer = $producer AND feed = $feed", "$producer", "$feed");

    private readonly SqliteCommand _set = connection.Prepare(
        "INSERT INTO watermarks VALUES($producer, $feed, $epoch, $seq) ON CONFLICT(producer, feed) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq",
        "$producer", "$feed", "$epoch", "$seq");

    /// <summary>Epoch and sequence; (0, 0) for a feed that is new.</summary>
    public (long Epoch, long Sequence) Find(string producer, string feed)
    {
        using var reader = _find.With(producer, feed).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
    }

    public void Set(string producer, string feed, (long Epoch, long Sequence) watermark) => _set.With(producer, feed, watermark.Epoch, watermark.Sequence).ExecuteNonQuery();

    public static ImmutableArray<LedgerWatermark> All(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT producer, epoch, seq, feed FROM watermarks ORDER BY producer, feed");
        using var reader = command.ExecuteReader();
        var all = ImmutableArray.CreateBuilder<LedgerWatermark>();
        while (reader.Read())
        {
            all.Add(new LedgerWatermark(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3)));
        }

        return all.ToImmutable();
    }

    public void Dispose()
    {
        _find.Dispose();
        _set.Dispose();
    }
}
