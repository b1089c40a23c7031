using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>The tables of the embedded store.</summary>
internal static class AuditSchema
{
    private const long Version = 1;

    // The exact bytes are the record; every other column is derived from them.
    private const string Tables =
        """
        CREATE TABLE audit_event (
            idx INTEGER PRIMARY KEY, producer TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
            tenant TEXT NOT NULL, time INTEGER NOT NULL, type TEXT NOT NULL, request_id TEXT NOT NULL,
            person_id TEXT, user_hash BLOB, action TEXT, model TEXT, backend TEXT, decision TEXT, client_id TEXT, client_name TEXT,
            parent_request_id TEXT, run_id TEXT, session_id TEXT, purpose TEXT, actor TEXT, retention TEXT NOT NULL, outcome TEXT,
            bytes BLOB NOT NULL,
            UNIQUE (producer, epoch, seq)) STRICT;
        CREATE INDEX audit_event_tenant ON audit_event (tenant, idx);
        CREATE INDEX audit_event_user ON audit_event (user_hash, idx) WHERE user_hash IS NOT NULL;
        CREATE INDEX audit_event_person ON audit_event (person_id, idx) WHERE person_id IS NOT NULL;
        CREATE INDEX audit_event_request ON audit_event (request_id, idx);
        CREATE INDEX audit_event_parent ON audit_event (parent_request_id, idx) WHERE parent_request_id IS NOT NULL;
        CREATE INDEX audit_event_run ON audit_event (run_id, idx) WHERE run_id IS NOT NULL;
        CREATE TABLE audit_resource (idx INTEGER NOT NULL, type TEXT NOT NULL, id_hash BLOB) STRICT;
        CREATE INDEX audit_resource_idx ON audit_resource (idx);
        CREATE INDEX audit_resource_id ON audit_resource (id_hash, idx) WHERE id_hash IS NOT NULL;
        CREATE TABLE dead_letter (
            producer TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, error TEXT NOT NULL, time INTEGER NOT NULL,
            PRIMARY KEY (producer, epoch, seq)) STRICT;
        CREATE TABLE watermark (producer TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;
        CREATE TABLE hash_key (key_id TEXT PRIMARY KEY) STRICT;
        PRAGMA user_version = 1;
        """;

    /// <summary>Makes the tables where there are none.</summary>
    /// <exception cref="InvalidDataException">The file was made by a newer version.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        // What the sink acknowledges leaves the spool: it must be on the disk, hence FULL. Checkpoints are rare (32 MiB): each page is written once more by them.
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192;");
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        var found = (long)version.ExecuteScalar()!;
        if (found > Version)
        {
            throw new InvalidDataException($"The audit database has schema {found}, this version knows {Version}: start the newer version again.");
        }

        if (found == 0)
        {
            using var transaction = connection.BeginTransaction();
            Run(connection, Tables);
            transaction.Commit();
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }
}
