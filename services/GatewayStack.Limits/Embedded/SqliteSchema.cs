namespace GatewayStack.Limits.Embedded;

/// <summary>Tables of the embedded ledger. A newer schema than this one is refused.</summary>
internal static class SqliteSchema
{
    public const long Version = 3;

    /// <summary>Version 2 knew no MCP servers.</summary>
    public const string UpgradeFrom2 = """
        ALTER TABLE requests ADD COLUMN server TEXT;
        ALTER TABLE requests ADD COLUMN tool TEXT;
        """;

    /// <summary>Version 1 knew one feed of each producer and no log.</summary>
    public const string UpgradeFrom1 = """
        ALTER TABLE watermarks RENAME TO watermarks1;
        """ + Consumption + """
        INSERT INTO watermarks SELECT producer, '', epoch, seq FROM watermarks1;
        DROP TABLE watermarks1;

        """ + UpgradeFrom2;

    /// <summary>Times are microseconds since 1970 (UTC), money micro-units.</summary>
    public const string Create = """
        CREATE TABLE requests(
          request_id TEXT PRIMARY KEY,
          parent_request_id TEXT,
          tenant TEXT NOT NULL,
          person_id TEXT NOT NULL,
          kind INTEGER NOT NULL,
          org_id TEXT,
          team TEXT,
          plan TEXT,
          roles TEXT NOT NULL,
          action TEXT,
          reserved_at INTEGER NOT NULL,
          counts INTEGER NOT NULL,
          state INTEGER NOT NULL,
          hold_tokens INTEGER NOT NULL,
          hold_cost INTEGER NOT NULL,
          lease_ends_at INTEGER NOT NULL,
          server TEXT,
          tool TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX requests_by_time ON requests(reserved_at);
        CREATE INDEX requests_open ON requests(state) WHERE state < 2;
        CREATE TABLE ledger(
          request_id TEXT NOT NULL,
          attempt INTEGER NOT NULL,
          provider TEXT,
          model TEXT,
          tokens INTEGER NOT NULL,
          input_tokens INTEGER NOT NULL,
          output_tokens INTEGER NOT NULL,
          cached_input_tokens INTEGER NOT NULL,
          cost INTEGER,
          estimated INTEGER NOT NULL,
          price_table TEXT,
          recorded_at INTEGER NOT NULL,
          PRIMARY KEY(request_id, attempt)
        ) STRICT, WITHOUT ROWID;
        """ + Consumption;

    private const string Consumption = """

        CREATE TABLE watermarks(
          producer TEXT NOT NULL,
          feed TEXT NOT NULL,
          epoch INTEGER NOT NULL,
          seq INTEGER NOT NULL,
          PRIMARY KEY(producer, feed)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE offsets(
          topic TEXT NOT NULL,
          partition INTEGER NOT NULL,
          next INTEGER NOT NULL,
          claim INTEGER NOT NULL,
          PRIMARY KEY(topic, partition)
        ) STRICT, WITHOUT ROWID;

        """;
}
