using GatewayStack.Contracts.Settings;
using GatewayStack.Documents;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Platform.Tests.Documents;

public sealed class PostgresDocumentStoreTests : IAsyncLifetime
{
    private readonly DocumentFolder _folder = new();
    private readonly List<IHost> _replicas = [];
    private PostgresDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.StopAsync(CancellationToken.None);
            replica.Dispose();
        }

        _folder.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Replicas_that_start_at_once_store_their_file_once_and_all_follow_a_change()
    {
        var path = _folder.Write("d.yaml", "text: one # with a remark");
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StartAsync(path)));
        stores.ShouldAllBe(s => s.Current.Value.Text == "one" && s.Current.Source == $"policydb version 1 of {path}");
        (await VersionsAsync()).ShouldBe("1");

        var seen = 0;
        using var subscription = stores[5].OnChange(_ => Interlocked.Increment(ref seen));
        _folder.Write("d.yaml", "text: two");
        await Eventually.Succeeds(() =>
        {
            stores.ShouldAllBe(s => s.Current.Value.Text == "two");
            Volatile.Read(ref seen).ShouldBeGreaterThan(0);
            return Task.CompletedTask;
        });
        (await VersionsAsync()).ShouldBe("1 2");
        seen.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_file_the_built_in_text_counts_until_there_is_a_version_and_then_that_one()
    {
        var store = await StartAsync(file: null);
        (store.Current.Value.Text, store.Current.Source).ShouldBe(("built in", "built-in"));
        (await VersionsAsync()).ShouldBe(string.Empty);

        await StartAsync(_folder.Write("d.yaml", "text: one"));
        await InForceAsync(store, "one");
        (await StartAsync(file: null)).Current.Value.Text.ShouldBe("one");
    }

    [Fact]
    public async Task What_was_in_force_before_comes_back_as_a_new_version()
    {
        var path = _folder.Write("d.yaml", "text: one");
        var store = await StartAsync(path);
        foreach (var text in new[] { "two", "one" })
        {
            _folder.Write("d.yaml", $"text: {text}");
            (await store.ReloadAsync(Cancellation)).Succeeded.ShouldBeTrue();
            store.Current.Value.Text.ShouldBe(text);
        }

        (await VersionsAsync()).ShouldBe("1 2 3");
        (await store.ReloadAsync(Cancellation)).Succeeded.ShouldBeTrue();
        (await VersionsAsync()).ShouldBe("1 2 3");
    }

    [Fact]
    public async Task A_bad_file_keeps_the_good_version_and_does_not_keep_out_the_next_one()
    {
        var store = await StartAsync(_folder.Write("mine.yaml", "text: one"));
        _folder.Write("mine.yaml", "txt: two");
        var reload = await store.ReloadAsync(Cancellation);
        reload.Succeeded.ShouldBeFalse();
        reload.Errors.Select(e => e.Pointer).ShouldBe(["/txt", ""], ignoreOrder: true);
        store.LastErrors.ShouldBe(reload.Errors);
        store.Current.Value.Text.ShouldBe("one");

        await StartAsync(_folder.Write("theirs.yaml", "text: three"));
        await InForceAsync(store, "three");
        store.LastErrors.ShouldBe(reload.Errors);
        _folder.Write("mine.yaml", "text: four");
        (await store.ReloadAsync(Cancellation)).Succeeded.ShouldBeTrue();
        (store.Current.Value.Text, store.LastErrors.Length).ShouldBe(("four", 0));
    }

    [Fact]
    public async Task A_version_that_this_program_cannot_read_keeps_the_one_in_force_and_stops_a_start()
    {
        var store = await StartAsync(_folder.Write("d.yaml", "text: one"));
        await ExecuteAsync("""INSERT INTO gatewaystack.documents VALUES('text', 2, 'r', '{"newer":1}', 'a newer version', 'somebody')""");
        await ExecuteAsync("UPDATE gatewaystack.active_documents SET version = 2");
        await ExecuteAsync("NOTIFY gateway_documents, 'text'");
        await Eventually.Succeeds(() =>
        {
            store.LastErrors.ShouldNotBeEmpty();
            return Task.CompletedTask;
        });
        store.Current.Value.Text.ShouldBe("one");
        var refused = await Should.ThrowAsync<StartRefusedException>(() => StartAsync(file: null));
        refused.Message.ShouldStartWith("The document text (policydb version 2 of a newer version) cannot be put in force: ");
    }

    [Fact]
    public async Task A_version_is_never_changed()
    {
        await StartAsync(_folder.Write("d.yaml", "text: one"));
        await using var connection = new NpgsqlConnection(_database.Runtime + ";Search Path=gatewaystack");
        await connection.OpenAsync(Cancellation);
        foreach (var text in new[] { "UPDATE documents SET content = ''", "DELETE FROM documents", "DELETE FROM active_documents" })
        {
#pragma warning disable CA2100 // The texts stand above.
            await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, text);
        }
    }

    [Fact]
    public async Task A_database_that_goes_away_leaves_the_version_in_force_until_it_is_stale()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        var time = new LaterTimeProvider();
        var path = _folder.Write("d.yaml", "text: one");
        var store = await StartAsync(path, database, time);
        var health = _replicas[^1].Services.GetRequiredService<HealthCheckService>();

        await server.KillAsync();
        _folder.Write("d.yaml", "text: two");
        var reload = await store.ReloadAsync(Cancellation);
        (reload.Succeeded, reload.Errors.Single().Message).ShouldBe((false, "the database policydb does not answer"));
        (store.Current.Value.Text, store.IsStale).ShouldBe(("one", false));
        time.Later = TimeSpan.FromMinutes(15);
        store.IsStale.ShouldBeTrue();
        (await health.CheckHealthAsync(Cancellation)).Entries["document-text"].Status.ShouldBe(HealthStatus.Degraded);

        await server.StartAsync();
        await Eventually.Succeeds(async () =>
        {
            (await store.ReloadAsync(Cancellation)).Succeeded.ShouldBeTrue();
            (store.Current.Value.Text, store.IsStale).ShouldBe(("two", false));
        });
        (await health.CheckHealthAsync(Cancellation)).Entries["document-text"].Status.ShouldBe(HealthStatus.Healthy);
        await _replicas[^1].StopAsync(Cancellation);
        _replicas.RemoveAt(_replicas.Count - 1);
    }

    [Theory]
    [InlineData("Documents:MaxStaleness", "00:00:01", "Documents:MaxStaleness")]
    [InlineData("Documents:MaxStaleness", "soon", "Documents:MaxStaleness")]
    [InlineData("Documents:MaxStale", "00:10:00", "Documents:MaxStale")]
    public void Bad_settings_are_told(string key, string value, string told) =>
        new DocumentsSettingsCheck(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()).Check().ShouldHaveSingleItem().Key.ShouldBe(told);

    private static Task InForceAsync(IDocumentStore<TextDocument> store, string text) => Eventually.Succeeds(() =>
    {
        store.Current.Value.Text.ShouldBe(text);
        return Task.CompletedTask;
    });

    private async Task<IDocumentStore<TextDocument>> StartAsync(string? file, PostgresDatabase? database = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection((database ?? _database).Settings("policydb"));
        builder.Configuration["Postgres:Breaker:BreakDuration"] = "00:00:00.500";
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddDocument("text", new TextFormat(), DocumentSource.From(file, """{"text":"built in"}"""), builder.Configuration, "policydb");
        var replica = builder.Build();
        lock (_replicas)
        {
            _replicas.Add(replica);
        }

        await replica.StartAsync(Cancellation);
        return replica.Services.GetRequiredService<IDocumentStore<TextDocument>>();
    }

    private async Task<string> VersionsAsync()
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT coalesce(string_agg(version::text, ' ' ORDER BY version), '') FROM gatewaystack.documents", connection);
        return (string)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task ExecuteAsync(string text)
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync(Cancellation);
#pragma warning disable CA2100 // The texts are this class's own.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>The system's clock, but for how long ago things were.</summary>
    private sealed class LaterTimeProvider : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);
    }
}
