using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GatewayStack.Limits.Embedded;

/// <summary>A statement prepared once for the life of its connection, bound by position and by type.</summary>
/// <remarks>The ledger writes a few rows for every request of the gateway. A <see cref="SqliteCommand"/> looks every parameter up by name, boxes its value
/// and makes a binder for it at each execution; this does none of it. One thread at a time.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[256];

    /// <summary>Prepares a text of this folder; values go in as parameters, numbered from 1.</summary>
    public SqliteStatement(SqliteConnection connection, string text)
    {
        _connection = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_connection, text, out _statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, long? value) => Check(value is { } known
        ? raw.sqlite3_bind_int64(_statement, parameter, known)
        : raw.sqlite3_bind_null(_statement, parameter));

    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(_statement, parameter));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        Bind(parameter, _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text)));
    }

    /// <summary>Binds a text that is UTF-8 already.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(value.IsEmpty
        ? raw.sqlite3_bind_text(_statement, parameter, string.Empty) // An empty span has no address, and no address means NULL.
        : raw.sqlite3_bind_text(_statement, parameter, value));

    /// <summary>Runs a statement that has no rows. Says how many it changed.</summary>
    public int Execute()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            Check(result);
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Moves to the first or next row. Whoever stops before there is none has to <see cref="Reset"/>.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            Check(result);
        }

        return false;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public DateTimeOffset Time(int column) => SqliteExtensions.Time(Integer(column));

    /// <summary>Null where the column is.</summary>
    public string? Text(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Required(column);

    public string Required(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The bytes of a text, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
