using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>The tables of the embedded store.</summary>
internal static class AuditSchema
{
    private const long Version = 3;

    /// <summary>What the first version made. The exact bytes are the record; every other column is derived from them.</summary>
    internal const string Tables =
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

    // What came is kept as ranges of numbers: an event that comes again by another way is known, and a missing one is seen.
    private const string Second =
        """
        CREATE TABLE audit_seen (
            producer TEXT NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, since INTEGER NOT NULL,
            PRIMARY KEY (producer, epoch, first)) STRICT, WITHOUT ROWID;
        INSERT INTO audit_seen (producer, epoch, first, last, since)
            SELECT producer, epoch, min(seq), max(seq), 0
            FROM (
                SELECT producer, epoch, seq, seq - row_number() OVER (PARTITION BY producer, epoch ORDER BY seq) AS island
                FROM (SELECT producer, epoch, seq FROM audit_event UNION SELECT producer, epoch, seq FROM dead_letter))
            GROUP BY producer, epoch, island;
        ALTER TABLE watermark RENAME TO watermark_1;
        CREATE TABLE watermark (
            producer TEXT NOT NULL, feed TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (producer, feed)) STRICT;
        INSERT INTO watermark (producer, feed, epoch, seq) SELECT producer, '', epoch, seq FROM watermark_1;
        DROP TABLE watermark_1;
        CREATE TABLE unreadable (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, error TEXT NOT NULL, time INTEGER NOT NULL,
            PRIMARY KEY (topic, partition, position)) STRICT;
        CREATE TABLE log_position (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (topic, partition)) STRICT;
        PRAGMA user_version = 2;
        """;

    private const string Third =
        """
        ALTER TABLE audit_event ADD COLUMN server TEXT;
        ALTER TABLE audit_event ADD COLUMN tool TEXT;
        CREATE INDEX audit_event_tool ON audit_event (tool, idx) WHERE tool IS NOT NULL;
        PRAGMA user_version = 3;
        """;

    /// <summary>Makes the tables where there are none, and brings those of an older version up to this one.</summary>
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

        if (found < Version)
        {
            using var transaction = connection.BeginTransaction();
            if (found == 0)
            {
                Run(connection, Tables);
            }

            if (found < 2)
            {
                Run(connection, Second);
            }

            Run(connection, Third);
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
