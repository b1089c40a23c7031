using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GatewayStack.Audit.Embedded;

/// <summary>A statement that is prepared once and run for every row, its values bound by place.</summary>
/// <remarks>
/// An ADO.NET command looks each parameter up by its name and boxes each value, again for every row: with 24 columns that costs more than the row. Not thread-safe.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _utf8 = ArrayPool<byte>.Shared.Rent(1024);
    private int _place;

    /// <summary>Prepares it on an open connection, which it must not outlive.</summary>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the next place.</summary>
    public SqliteStatement Add(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_place, value));
        return this;
    }

    /// <summary>Binds the next place; null is SQL's.</summary>
    public SqliteStatement Add(string? value)
    {
        if (value is null)
        {
            return AddNull();
        }

        if (value.Length == 0)
        {
            // An empty span has no address, which would bind NULL.
            Check(raw.sqlite3_bind_text(_statement, ++_place, string.Empty));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_utf8.Length < most)
        {
            ArrayPool<byte>.Shared.Return(_utf8);
            _utf8 = ArrayPool<byte>.Shared.Rent(most);
        }

        var length = Encoding.UTF8.GetBytes(value, _utf8);
        Check(raw.sqlite3_bind_text(_statement, ++_place, _utf8.AsSpan(0, length)));
        return this;
    }

    /// <summary>Binds the next place; null is SQL's.</summary>
    public SqliteStatement Add(byte[]? value) => value is null ? AddNull() : AddBlob(value);

    /// <summary>Binds the next place.</summary>
    public SqliteStatement AddBlob(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_place, 0) : raw.sqlite3_bind_blob(_statement, ++_place, value));
        return this;
    }

    /// <summary>Runs it with what was bound, and is ready for the next row.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public void Run()
    {
        var result = raw.sqlite3_step(_statement);
        Begin();
        Check(result);
    }

    /// <summary>Forgets what was bound.</summary>
    public SqliteStatement Begin()
    {
        // Its result repeats that of the step before.
        _ = raw.sqlite3_reset(_statement);
        _place = 0;
        return this;
    }

    public void Dispose()
    {
        _statement.Dispose();
        ArrayPool<byte>.Shared.Return(_utf8);
        _utf8 = [];
    }

    private SqliteStatement AddNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_place));
        return this;
    }

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
