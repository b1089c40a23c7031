using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Ledger;
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
