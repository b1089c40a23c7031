using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Keys;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using V1 = GatewayStack.Wire.Keys.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class DataKeysOverTheWireTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly KeysDouble _keys = new();

    [Fact]
    public async Task A_current_key_is_asked_for_again_after_a_while()
    {
        await using var server = await StartAsync();
        using var client = Client(server.Address);
        (await CurrentAsync(client)).KeyId.ShouldBe("1");
        _keys.Current = "2";
        (await CurrentAsync(client)).KeyId.ShouldBe("1");
        _keys.Asked.ShouldBe(1);
        _time.Advance(DataKeysClient.CurrentFor);
        var key = await CurrentAsync(client);
        RecordMaker.Json(key).ShouldBe(RecordMaker.Json(KeysDouble.Key(DataKeyPurposes.KeyedHash, "2")));
        _keys.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_was_found_is_kept_and_one_that_was_not_is_asked_for_again()
    {
        await using var server = await StartAsync();
        using var client = Client(server.Address);
        RecordMaker.Json(await FindAsync(client, "1")).ShouldBe(RecordMaker.Json(KeysDouble.Key(DataKeyPurposes.KeyedHash, "1")));
        (await FindAsync(client, "1")).ShouldNotBeNull();
        _keys.Asked.ShouldBe(1);
        (await FindAsync(client, "2")).ShouldBeNull();
        _keys.Current = "2";
        (await FindAsync(client, "2")).ShouldNotBeNull();
        _keys.Asked.ShouldBe(3);

        // What was current is found without a question.
        (await CurrentAsync(client)).KeyId.ShouldBe("2");
        (await client.Get<IDataKeys>().FindAsync(DataKeyPurposes.Pseudonym, "1", TestContext.Current.CancellationToken))!.Purpose.ShouldBe(DataKeyPurposes.Pseudonym);
        _keys.Asked.ShouldBe(5);
        (await FindAsync(client, "2")).ShouldNotBeNull();
        _keys.Asked.ShouldBe(5);
    }

    [Fact]
    public async Task While_identity_is_away_known_keys_go_on_being_used()
    {
        var server = await StartAsync();
        using var client = Client(server.Address);
        await CurrentAsync(client);
        await server.StopAsync();
        await server.DisposeAsync();
        _time.Advance(DataKeysClient.CurrentFor);
        (await WhileTimePassesAsync(CurrentAsync(client))).KeyId.ShouldBe("1");
        (await FindAsync(client, "1")).ShouldNotBeNull();
        var unknown = () => WhileTimePassesAsync(client.Get<IDataKeys>().GetCurrentAsync(DataKeyPurposes.Pseudonym, TestContext.Current.CancellationToken));
        (await Should.ThrowAsync<ModuleCallException>(unknown)).Fault.ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task A_refused_purpose_is_a_fault_of_wiring_even_where_a_key_is_known()
    {
        await using var server = await StartAsync();
        using var client = Client(server.Address);
        await CurrentAsync(client);
        _keys.Fail = new RpcException(new Status(StatusCode.PermissionDenied, "no"));
        _time.Advance(DataKeysClient.CurrentFor);
        (await Should.ThrowAsync<ModuleCallException>(() => CurrentAsync(client))).Fault.ShouldBe(ModuleFault.Wiring);
    }

    [Fact]
    public async Task A_key_that_is_none_is_not_used()
    {
        await using var server = await StartAsync();
        using var client = Client(server.Address);
        _keys.Length = 16;
        (await Should.ThrowAsync<ModuleCallException>(() => CurrentAsync(client))).Fault.ShouldBe(ModuleFault.Wiring);
        (await Should.ThrowAsync<ModuleCallException>(() => FindAsync(client, "1"))).Fault.ShouldBe(ModuleFault.Wiring);
    }

    [Fact]
    public async Task A_request_without_a_purpose_is_the_requests_fault()
    {
        await using var server = await StartAsync();
        using var client = Client(server.Address);
        var raw = new V1.DataKeys.DataKeysClient(client.Channel);
        (await Should.ThrowAsync<RpcException>(async () => await raw.GetCurrentAsync(new(), cancellationToken: TestContext.Current.CancellationToken))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await Should.ThrowAsync<RpcException>(async () => await raw.FindAsync(new() { Purpose = " " }, cancellationToken: TestContext.Current.CancellationToken))).StatusCode
            .ShouldBe(StatusCode.InvalidArgument);
    }

    private static Task<DataKey> CurrentAsync(WireClient client) => client.Get<IDataKeys>().GetCurrentAsync(DataKeyPurposes.KeyedHash, TestContext.Current.CancellationToken);

    private static Task<DataKey?> FindAsync(WireClient client, string id) => client.Get<IDataKeys>().FindAsync(DataKeyPurposes.KeyedHash, id, TestContext.Current.CancellationToken);

    // When the end of a connection is noticed, another instance is looked for until a moment has passed, and by this clock none does.
    private async Task<T> WhileTimePassesAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            _time.Advance(ModuleCaller.Look);
            await Task.Yield();
        }

        return await call;
    }

    private Task<WireServer> StartAsync() => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton<IDataKeys>(_keys);
            b.AddDataKeysGrpc();
        },
        app => app.MapDataKeysGrpc());

    private WireClient Client(string address) => new(
        "identity",
        b =>
        {
            b.Services.AddSingleton<TimeProvider>(_time);
            b.AddDataKeysClient();
        },
        address);

    private sealed class KeysDouble : IDataKeys
    {
        public string Current { get; set; } = "1";

        public int Length { get; set; } = 32;

        public Exception? Fail { get; set; }

        public int Asked { get; private set; }

        public static DataKey Key(string purpose, string id, int length = 32) => new() { KeyId = id, Purpose = purpose, Secret = [.. Enumerable.Repeat((byte)id[0], length)] };

        public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken)
        {
            Asked++;
            return Fail is null ? Task.FromResult(Key(purpose, Current, Length)) : throw Fail;
        }

        public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(string.CompareOrdinal(keyId, Current) <= 0 ? Key(purpose, keyId, Length) : null);
        }
    }
}
