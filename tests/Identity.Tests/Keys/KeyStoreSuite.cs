using GatewayStack.Identity.Keys;

namespace GatewayStack.Identity.Tests.Keys;

/// <summary>What every place for key rings must do.</summary>
public abstract class KeyStoreSuite
{
    private const string Master = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public async Task A_ring_reads_back_as_it_was_written()
    {
        var store = await CreateAsync(Key(Master));
        store.Read().ShouldBeNull();
        store.TryWrite(Ring(1), 0).ShouldBeTrue();
        var stored = store.Read().ShouldNotBeNull();
        stored.Content.Roots.ShouldHaveSingleItem().Secret.ShouldBe(Ring(1).Roots[0].Secret);
        store.TryWrite(Ring(1, 2), stored.Version).ShouldBeTrue();
        (await CreateAsync(Key(Master))).Read().ShouldNotBeNull().Content.Roots.Select(r => r.Id).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task What_another_master_key_wrapped_is_refused_and_left_alone()
    {
        var store = await CreateAsync(Key(Master));
        store.TryWrite(Ring(1), 0).ShouldBeTrue();
        var other = await CreateAsync(Key(Convert.ToBase64String(new byte[32])));
        Should.Throw<KeyFileException>(other.Read).Error.Problem.ShouldContain("is wrapped by another master key");
        store.Read().ShouldNotBeNull();
    }

    private protected abstract Task<IKeyStore<DataRootFile>> CreateAsync(MasterKey master);

    private protected static MasterKey Key(string text)
    {
        MasterKey.TryResolve(text, out var master).ShouldBeNull();
        return master!;
    }

    private protected static DataRootFile Ring(params int[] ids) => new()
    {
        Version = 1,
        Roots = [.. ids.Select(id => new StoredDataRoot { Id = $"{id}", Secret = [(byte)id, 1, 2, 3], CreatedAt = DateTimeOffset.UnixEpoch })],
    };
}

public sealed class KeyFileStoreTests : KeyStoreSuite, IDisposable
{
    private readonly Support.TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<IKeyStore<DataRootFile>> CreateAsync(MasterKey master) => Task.FromResult<IKeyStore<DataRootFile>>(KeyFile.Data(_folder.Path, master));
}
