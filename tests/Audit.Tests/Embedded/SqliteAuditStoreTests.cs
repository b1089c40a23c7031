using GatewayStack.Audit.Embedded;
using GatewayStack.Audit.Storage;
using GatewayStack.Audit.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Tests.Embedded;

public sealed class SqliteAuditStoreTests : AuditStoreTests
{
    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.GetStatusAsync(TestContext.Current.CancellationToken);
        var folder = ((Opened)opened).Folder;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "audit.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var again = await opened.ReopenAsync();
        await Should.ThrowAsync<InvalidDataException>(() => again.GetStatusAsync(TestContext.Current.CancellationToken));
    }

    internal override Task<OpenedStore> OpenAsync() => Task.FromResult<OpenedStore>(new Opened());

    private sealed class Opened : OpenedStore
    {
        private SqliteAuditStore _store;

        public Opened() => _store = new SqliteAuditStore(Folder);

        public string Folder { get; } = Directory.CreateTempSubdirectory("audit-").FullName;

        public override IAuditStore Store => _store;

        public override Task<IAuditStore> ReopenAsync()
        {
            _store.Dispose();
            _store = new SqliteAuditStore(Folder);
            return Task.FromResult<IAuditStore>(_store);
        }

        public override ValueTask DisposeAsync()
        {
            _store.Dispose();
            Directory.Delete(Folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
