using GatewayStack.Postgres;
using Npgsql;

namespace GatewayStack.Identity.Keys.Postgres;

/// <summary>A ring in the database of Identity, shared by its replicas and wrapped by the master key.</summary>
/// <remarks>Without asynchrony: rings are read while the host is built, and written by an administrator or in the background, never on a request's path.</remarks>
internal sealed class PostgresKeyStore<T>(OwnerDatabase database, KeySeal<T> seal) : IKeyStore<T>
    where T : class
{
    public bool IsShared => true;

    public StoredRing<T>? Read() => Ask(() =>
    {
        using var command = database.DataSource.CreateCommand("SELECT version, content FROM key_rings WHERE name = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = seal.Name });
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var content = reader.GetFieldValue<byte[]>(1);
        var place = $"the ring {seal.Name} in {database.Name}";
        return new StoredRing<T>(seal.Open(content, place), reader.GetInt64(0));
    });

    public bool TryWrite(T content, long replaces) => Ask(() =>
    {
        using var command = database.DataSource.CreateCommand(replaces == 0
            ? "INSERT INTO key_rings(name, version, content, changed_by) VALUES($1, $2 + 1, $3, $4) ON CONFLICT (name) DO NOTHING"
            : "UPDATE key_rings SET version = $2 + 1, content = $3, changed_by = $4, changed_at = now() WHERE name = $1 AND version = $2");
        command.Parameters.Add(new NpgsqlParameter { Value = seal.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = replaces });
        command.Parameters.Add(new NpgsqlParameter { Value = seal.Seal(content) });
        command.Parameters.Add(new NpgsqlParameter { Value = Environment.MachineName });
        return command.ExecuteNonQuery() == 1;
    });

    public bool NeedsWrapping() => false;

    private TResult Ask<TResult>(Func<TResult> ask)
    {
        // The rings are read before any hosted service starts, the one that opens the database included. Opened already, this returns at once.
        database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        try
        {
            return ask();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new IOException($"The key rings in {database.Name} cannot be reached: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
