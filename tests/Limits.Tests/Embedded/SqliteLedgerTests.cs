using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Ledger;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Tests.Embedded;

public sealed class SqliteLedgerTests : LedgerSuite
{
    private readonly TestFolder _folder = new();
    private readonly List<SqliteLedger> _opened = [];

    private protected override ILedger Create()
    {
        var ledger = new SqliteLedger(_folder.File("limits/ledger.db"));
        _opened.Add(ledger);
        return ledger;
    }

    private protected override void Destroy()
    {
        _opened.ForEach(l => l.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task The_folder_is_the_owners_alone()
    {
        await Create().OpenAsync(TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_folder.File("limits")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_file_of_the_first_schema_keeps_what_it_holds()
    {
        Directory.CreateDirectory(_folder.File("limits"));
        using (var connection = new SqliteConnection($"Data Source={_folder.File("limits/ledger.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE requests(request_id TEXT PRIMARY KEY, parent_request_id TEXT, tenant TEXT NOT NULL, person_id TEXT NOT NULL, kind INTEGER NOT NULL, org_id TEXT,
                  team TEXT, plan TEXT, roles TEXT NOT NULL, action TEXT, reserved_at INTEGER NOT NULL, counts INTEGER NOT NULL, state INTEGER NOT NULL,
                  hold_tokens INTEGER NOT NULL, hold_cost INTEGER NOT NULL, lease_ends_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                CREATE TABLE ledger(request_id TEXT NOT NULL, attempt INTEGER NOT NULL, provider TEXT, model TEXT, tokens INTEGER NOT NULL, input_tokens INTEGER NOT NULL,
                  output_tokens INTEGER NOT NULL, cached_input_tokens INTEGER NOT NULL, cost INTEGER, estimated INTEGER NOT NULL, price_table TEXT, recorded_at INTEGER NOT NULL,
                  PRIMARY KEY(request_id, attempt)) STRICT, WITHOUT ROWID;
                CREATE TABLE watermarks(producer TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                INSERT INTO requests VALUES('r', NULL, 'mercy', 'p', 1, NULL, NULL, NULL, '[]', NULL, 1, 1, 2, 0, 0, 1);
                INSERT INTO ledger VALUES('r', 1, 'cloud', 'm', 7, 3, 4, 0, 5, 0, NULL, 1);
                INSERT INTO watermarks VALUES('p1', 3, 9);
                PRAGMA user_version = 1;
                """;
            command.ExecuteNonQuery();
        }

        var ledger = Create();
        await ledger.OpenAsync(TestContext.Current.CancellationToken);
        var statistics = await ledger.GetStatisticsAsync(TestContext.Current.CancellationToken);
        (statistics.Requests, statistics.Rows).ShouldBe((1, 1));
        statistics.Watermarks.ShouldBe([new LedgerWatermark("p1", 3, 9)]);
        await ledger.AppendAsync(new LedgerBatch("p1", [Call(10)]), TestContext.Current.CancellationToken);
        var rows = new List<LedgerRequest>();
        await foreach (var row in ledger.ReadAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        rows.Select(r => (r.RequestId, r.Facts.Tool, r.Charged.Tokens)).ShouldBe([("called", "list", 0), ("r", null, 7)]);
        (await ((SqliteLedger)ledger).ClaimAsync("usage", [0], TestContext.Current.CancellationToken)).ShouldHaveSingleItem().Next.ShouldBe(0);
    }

    private static OpenEntry Call(long sequence) => new()
    {
        Epoch = 3,
        Sequence = sequence,
        RequestId = "called",
        Facts = new RequestFacts { Tenant = "mercy", PersonId = "p", Kind = IdentityKind.Person, Action = "tool.call", Server = "calendar", Tool = "list" },
        Hold = new Hold { Tokens = 0, CostMicros = 0, ReservedAt = LimitsFixture.Noon, LeaseEndsAt = LimitsFixture.Noon.AddMinutes(1) },
    };

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        using (var connection = new SqliteConnection($"Data Source={_folder.File("newer.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        using var ledger = new SqliteLedger(_folder.File("newer.db"));
        (await Should.ThrowAsync<InvalidOperationException>(() => ledger.OpenAsync(CancellationToken.None))).Message.ShouldContain("schema 99");
    }
}
