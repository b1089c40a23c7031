using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Keys;

public sealed class KeyRingTests : IAsyncLifetime
{
    private static readonly CallingBackend Clinic = new() { Name = "clinic", Audience = "clinic-api" };

    private readonly TestFolder _folder = new();
    private TestIssuer _issuer = null!;

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await TestIssuer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_restart_invalidates_nothing()
    {
        string given;
        DataKey key;
        await using (var before = Start())
        {
            given = await GiveToClinic(before);
            key = await before.Get<IDataKeys>().GetCurrentAsync(DataKeyPurposes.Pseudonym, Cancellation);
        }

        await using var after = Start();
        (await after.AuthenticateAsync(given, Clinic)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await after.Get<IDataKeys>().GetCurrentAsync(DataKeyPurposes.Pseudonym, Cancellation)).Secret.ShouldBe(key.Secret);
    }

    [Fact]
    public async Task The_next_key_is_published_before_it_is_used_and_a_retired_one_while_its_assertions_live()
    {
        await using var identity = Start();
        var ring = identity.Get<SigningRing>();
        var given = await GiveToClinic(identity);
        var (current, next) = (ring.Current.KeyId, ring.Next.KeyId);
        ring.Published.Select(key => key.KeyId).ShouldBe([current, next]);

        ring.Rotate().ShouldBe((current, next));
        ring.Published.Select(key => key.KeyId).ShouldBe([next, ring.Next.KeyId, current]);
        (await identity.AuthenticateAsync(given, Clinic)).Status.ShouldBe(AuthenticationStatus.Authenticated);

        identity.Clock.Advance(SigningRing.KeepRetired);
        ring.Published.Select(key => key.KeyId).ShouldBe([next, ring.Next.KeyId]);
        await using var restarted = Start(identity);
        restarted.Get<SigningRing>().Current.KeyId.ShouldBe(next);
    }

    [Fact]
    public async Task A_key_is_replaced_when_it_is_old_enough()
    {
        await using var identity = Start();
        var ring = identity.Get<SigningRing>();
        var next = ring.Next.KeyId;
        identity.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        ring.Current.KeyId.ShouldNotBe(next);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        ring.Current.KeyId.ShouldBe(next);
    }

    [Fact]
    public async Task Purposes_have_different_keys_and_older_roots_are_found()
    {
        await using var identity = Start();
        var keys = identity.Get<IDataKeys>();
        var hash = await keys.GetCurrentAsync(DataKeyPurposes.KeyedHash, Cancellation);
        var pseudonym = await keys.GetCurrentAsync(DataKeyPurposes.Pseudonym, Cancellation);
        hash.Secret.Length.ShouldBe(32);
        hash.Secret.ShouldNotBe(pseudonym.Secret);
        hash.KeyId.ShouldBe(pseudonym.KeyId);

        identity.Get<DataRing>().Rotate();
        var renewed = await keys.GetCurrentAsync(DataKeyPurposes.KeyedHash, Cancellation);
        renewed.KeyId.ShouldNotBe(hash.KeyId);
        await using var restarted = Start(identity);
        (await restarted.Get<IDataKeys>().FindAsync(DataKeyPurposes.KeyedHash, hash.KeyId, Cancellation)).ShouldNotBeNull().Secret.ShouldBe(hash.Secret);
        (await keys.FindAsync(DataKeyPurposes.KeyedHash, "unknown", Cancellation)).ShouldBeNull();
        hash.ToString().ShouldNotContain("Secret");
    }

    [Fact]
    public async Task A_derived_key_is_frozen()
    {
        Directory.CreateDirectory(_folder.Identity);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Identity, "data-roots.json"),
            """{"version":1,"roots":[{"id":"00000000000000aa","secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","created_at":"2026-01-01T00:00:00+00:00"}]}""",
            Cancellation);
        await using var identity = Start();
        var key = await identity.Get<IDataKeys>().GetCurrentAsync(DataKeyPurposes.EventPersonal, Cancellation);
        Convert.ToHexStringLower([.. key.Secret]).ShouldBe("9176c1dc88c5eae59e077fef891d4765dc6f4d9982de866baa109077c2b54d1f");
    }

    [Fact]
    public async Task The_files_are_for_their_owner_only()
    {
        await using var identity = Start();
        identity.Get<SigningRing>();
        identity.Get<DataRing>();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.GetUnixFileMode(_folder.Identity).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(_folder.Identity).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["data-roots.json", "signing-keys.json"]);
        foreach (var file in Directory.GetFiles(_folder.Identity))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task The_master_key_wraps_what_was_in_the_clear_and_opens_it_again()
    {
        string given;
        await using (var before = Start())
        {
            given = await GiveToClinic(before);
            before.Get<DataRing>();
        }

        var master = Master();
        await using (var wrapped = Start(master: master))
        {
            (await wrapped.AuthenticateAsync(given, Clinic)).Status.ShouldBe(AuthenticationStatus.Authenticated);
            wrapped.Get<DataRing>();
        }

        foreach (var file in Directory.GetFiles(_folder.Identity))
        {
            (await File.ReadAllTextAsync(file, Cancellation)).ShouldNotContain("created_at");
        }

        await using var again = Start(master: master);
        Errors(again).ShouldBeEmpty();
        (await again.AuthenticateAsync(given, Clinic)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Theory]
    [InlineData("another", "is wrapped by another master key")]
    [InlineData(null, "is wrapped by a master key and none is configured")]
    [InlineData("short", "is not 32 bytes in base64")]
    [InlineData("env:GATEWAYSTACK_NO_SUCH_VARIABLE", "is not set")]
    public async Task A_wrong_master_key_is_a_clear_error_and_changes_no_file(string? wrong, string problem)
    {
        await using (var first = Start(master: Master()))
        {
            first.Get<SigningRing>();
            first.Get<DataRing>();
        }

        var before = Content();
        await using var identity = Start(master: wrong == "another" ? Master() : wrong == "short" ? Convert.ToBase64String(Encoding.ASCII.GetBytes("short")) : wrong);
        var errors = Errors(identity);
        errors.ShouldNotBeEmpty();
        errors.ShouldAllBe(error => error.Key == "Keys:Master" && error.Problem.Contains(problem, StringComparison.Ordinal));
        Should.Throw<KeyFileException>(() => identity.Get<SigningRing>());
        Content().ShouldBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"version":1,"current":null,"next":null,"retired":[]}""")]
    public async Task A_damaged_file_is_a_clear_error_and_is_left_alone(string content)
    {
        Directory.CreateDirectory(_folder.Identity);
        var path = Path.Combine(_folder.Identity, "signing-keys.json");
        await File.WriteAllTextAsync(path, content, Cancellation);
        await using var identity = Start();

        Errors(identity).ShouldHaveSingleItem().Problem.ShouldContain("is damaged");
        (await File.ReadAllTextAsync(path, Cancellation)).ShouldBe(content);
    }

    private static string Master() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static SettingsError[] Errors(IdentityUnderTest identity) => [.. identity.Services.GetServices<ISettingsCheck>().SelectMany(check => check.Check())];

    private IdentityUnderTest Start(IdentityUnderTest? at = null, string? master = null) => new(new IdentityOptions { Issuers = [_issuer.Options()] }, _folder, at?.Clock, master);

    private async Task<string> GiveToClinic(IdentityUnderTest identity)
    {
        var alice = await identity.AuthenticateAsync(_issuer.Token().Build());
        return (await identity.MintAsync(alice.InternalAssertion!, Clinic.Audience, "req-1")).Token!;
    }

    private string Content() => string.Concat(Directory.GetFiles(_folder.Identity).Order(StringComparer.Ordinal).Select(File.ReadAllText));
}
