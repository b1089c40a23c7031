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

    [Fact]
    public async Task A_database_of_the_first_version_is_brought_up_with_its_rows_watermarks_and_gaps()
    {
        await using var opened = await OpenAsync();
        var folder = ((Opened)opened).Folder;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "audit.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant, and rows made here.
            command.CommandText = AuditSchema.Tables + string.Concat(new[] { 1, 2, 3, 6, 7 }.Select(i =>
                $"INSERT INTO audit_event (idx, producer, epoch, seq, tenant, time, type, request_id, retention, bytes) VALUES ({(i > 3 ? i - 2 : i)}, 'p', 1, {i}, 'mercy', 1, 'outcome', 'r{i}', 'standard', x'00');"))
                + "INSERT INTO dead_letter VALUES ('p', 1, 4, x'00', 'garbage', 1); INSERT INTO watermark VALUES ('p', 1, 7)";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        var status = await opened.Store.GetStatusAsync(TestContext.Current.CancellationToken);
        (status.Rows, status.DeadLetters).ShouldBe((5, 1));
        status.Watermarks.ShouldBe([new("p", "", 1, 7)]);
        status.Gaps.ShouldBe([new("p", 1, 5, 5, 0)]);
        var more = StoreSamples.Batch([StoreSamples.Entry(4), StoreSamples.Entry(5), StoreSamples.Entry(7), StoreSamples.Entry(8)]);
        (await opened.Store.AppendAsync(more, TestContext.Current.CancellationToken)).Stored.ShouldBe(2);
        (await (await opened.ReopenAsync()).GetStatusAsync(TestContext.Current.CancellationToken)).Gaps.ShouldBeEmpty();
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
