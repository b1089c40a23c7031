using System.Security.Cryptography;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Keys.Postgres;
using GatewayStack.Identity.Tests.Support;
using GatewayStack.Postgres;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GatewayStack.Identity.Tests.Keys.Postgres;

public sealed class PostgresKeyTests : KeyStoreSuite, IAsyncLifetime
{
    private readonly string _master = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private IdentityReplicas _replicas = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _replicas = await IdentityReplicas.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_replicas is not null)
        {
            await _replicas.DisposeAsync();
        }
    }

    [Fact]
    public async Task Replicas_that_start_at_once_have_the_same_keys()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => StartAsync())));
        replicas.Select(r => Signing(r).Current.KeyId).Distinct().ShouldHaveSingleItem();
        replicas.Select(r => Signing(r).Next.KeyId).Distinct().ShouldHaveSingleItem();
        var keys = await Task.WhenAll(replicas.Select(r => r.Services.GetRequiredService<IDataKeys>().GetCurrentAsync(DataKeyPurposes.Pseudonym, Cancellation)));
        keys.Select(k => Convert.ToHexString([.. k.Secret])).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_one_replica_rotates_the_others_take_over()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        var (current, next) = (Signing(one).Current.KeyId, Signing(one).Next.KeyId);
        Signing(one).Rotate().ShouldBe((current, next));
        await Eventually.Succeeds(() =>
        {
            Signing(other).Current.KeyId.ShouldBe(next);
            return Task.CompletedTask;
        });
        Signing(other).Published.Select(k => k.KeyId).ShouldBe(Signing(one).Published.Select(k => k.KeyId));
        Signing(other).Find(current).ShouldNotBeNull();
    }

    [Fact]
    public async Task Two_rotations_at_once_are_one_and_the_key_in_use_was_published_before()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        var (current, next) = (Signing(one).Current.KeyId, Signing(one).Next.KeyId);

        // The other has not looked since.
        Signing(one).Rotate().ShouldBe((current, next));
        Signing(other).Rotate().ShouldBe((current, next));
        Signing(other).Next.KeyId.ShouldBe(Signing(one).Next.KeyId);
    }

    [Fact]
    public async Task A_data_root_of_another_replica_is_found_at_once()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        Data(one).Rotate();
        var made = await Data(one).GetCurrentAsync(DataKeyPurposes.EventPersonal, Cancellation);
        await Eventually.Succeeds(async () => (await Data(other).FindAsync(DataKeyPurposes.EventPersonal, made.KeyId, Cancellation)).ShouldNotBeNull().Secret.ShouldBe(made.Secret));
        (await Data(other).FindAsync(DataKeyPurposes.EventPersonal, "unknown", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task The_database_holds_no_key_in_the_clear()
    {
        var replica = await StartAsync();
        await using var connection = new NpgsqlConnection(_replicas.Database.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT string_agg(convert_from(content, 'UTF8'), '') FROM gatewaystack.key_rings", connection);
        var stored = (string)(await command.ExecuteScalarAsync(Cancellation))!;
        stored.ShouldContain("sealed");
        stored.ShouldNotContain("created_at");
        stored.ShouldNotContain(Convert.ToBase64String(Data(replica).Roots[0].Secret));
    }

    [Fact]
    public async Task Without_the_master_key_the_settings_are_refused_and_no_key_is_made()
    {
        var replica = _replicas.Build(master: null);
        replica.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldHaveSingleItem().Key.ShouldBe("Keys:Master");
        Should.Throw<KeyFileException>(() => Signing(replica));
        await using var connection = new NpgsqlConnection(_replicas.Database.Superuser);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT to_regnamespace('gatewaystack') IS NULL", connection);
        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(true);
    }

    [Fact]
    public async Task A_database_that_is_away_stops_the_start_in_one_line_and_a_rotation_changes_nothing()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        var replica = await StartAsync(database);
        var before = Signing(replica).Current.KeyId;
        await server.KillAsync();
        Should.Throw<IOException>(() => Signing(replica).Rotate());
        Signing(replica).Current.KeyId.ShouldBe(before);
        Should.Throw<StartRefusedException>(() => Signing(_replicas.Build(_master, database))).Message.ShouldStartWith("Postgres cannot be reached at 127.0.0.1:");

        await server.StartAsync();
        await Eventually.Succeeds(() =>
        {
            Signing(replica).Rotate().Before.ShouldBe(before);
            return Task.CompletedTask;
        });
        await replica.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_write_over_a_version_that_was_replaced_writes_nothing()
    {
        var store = await CreateAsync(Key(_master));
        store.TryWrite(Ring(1), 0).ShouldBeTrue();
        store.TryWrite(Ring(2), 0).ShouldBeFalse();
        store.TryWrite(Ring(1, 2), 1).ShouldBeTrue();
        store.TryWrite(Ring(1, 3), 1).ShouldBeFalse();
        store.Read().ShouldNotBeNull().Content.Roots.Select(r => r.Id).ShouldBe(["1", "2"]);
    }

    private protected override async Task<IKeyStore<DataRootFile>> CreateAsync(MasterKey master)
    {
        var database = _replicas.Build(_master).Services.GetRequiredKeyedService<OwnerDatabase>(KeyStores.Database);
        await database.OpenAsync(Cancellation);
        return new PostgresKeyStore<DataRootFile>(database, KeyFile.DataSeal(master));
    }

    private static SigningRing Signing(IHost replica) => replica.Services.GetRequiredService<SigningRing>();

    private static DataRing Data(IHost replica) => replica.Services.GetRequiredService<DataRing>();

    private async Task<IHost> StartAsync(PostgresDatabase? database = null)
    {
        var replica = _replicas.Build(_master, database);

        // As a host does: what it serves is made before anything is started.
        Signing(replica);
        Data(replica);
        await replica.StartAsync(Cancellation);
        return replica;
    }
}
