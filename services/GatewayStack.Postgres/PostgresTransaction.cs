using Npgsql;

namespace GatewayStack.Postgres;

/// <summary>A transaction on a connection of its own. Disposed without a commit, it is rolled back. One thread at a time.</summary>
public sealed class PostgresTransaction : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    internal PostgresTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        _transaction = transaction;
    }

    /// <summary>The connection; commands need no transaction set.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>A command of this transaction; parameters are positional: <c>$1</c>, <c>$2</c>, ...</summary>
    /// <param name="text">A constant: values go in as parameters.</param>
    /// <param name="values">The parameters; null is NULL, of no stated type.</param>
    public NpgsqlCommand Command(string text, params ReadOnlySpan<object?> values)
    {
#pragma warning disable CA2100 // The callers' texts are constants.
        var command = new NpgsqlCommand(text, Connection, _transaction);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>Commits. A failure leaves open whether it took effect: what is done again has to be idempotent.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
