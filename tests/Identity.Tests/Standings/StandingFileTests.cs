using System.Text.Json.Nodes;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Standings.Embedded;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Standings;

public sealed class StandingFileTests : StandingStoreSuite, IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<StandingFile> _opened = [];

    private string File => Path.Combine(_folder.Identity, StandingFile.Name);

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task The_file_is_the_users_own_and_a_draft_that_a_crash_left_is_nothing()
    {
        var store = await CreateAsync();
        await store.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        await System.IO.File.WriteAllTextAsync(File + ".new", "{half", Cancellation);
        var again = await CreateAsync();
        (await again.ReadAsync(0, Cancellation)).Changed!.InForce.Length.ShouldBe(1);
        await again.AddAsync(Measures.OnPerson("other"), Measures.Bounds, Cancellation);
        (await (await CreateAsync()).ReadAsync(0, Cancellation)).Changed!.InForce.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_measure_of_a_version_that_did_not_say_for_which_tenant_is_one_of_all_tenants()
    {
        var store = await CreateAsync();
        await store.AddAsync(Measures.OnPerson() with { AuthorTenant = "default" }, Measures.Bounds, Cancellation);
        var content = await System.IO.File.ReadAllTextAsync(File, Cancellation);
        await System.IO.File.WriteAllTextAsync(File, content.Replace(",\"author_tenant\":\"default\"", string.Empty, StringComparison.Ordinal), Cancellation);
        content.ShouldContain(",\"author_tenant\":\"default\"");
        (await (await CreateAsync()).ReadAsync(0, Cancellation)).Changed!.InForce.ShouldHaveSingleItem().AuthorTenant.ShouldBeNull();
    }

    [Theory]
    [InlineData("{half")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"version\":2,\"revision\":1,\"measures\":[]}")]
    [InlineData("{\"version\":1,\"revision\":1,\"measures\":[],\"more\":1}")]
    public async Task A_damaged_file_stops_the_start_and_is_left_alone(string content)
    {
        var store = await CreateAsync();
        Directory.CreateDirectory(_folder.Identity);
        await System.IO.File.WriteAllTextAsync(File, content, Cancellation);
        StandingFile.Check(_folder.Identity).ShouldNotBeNull().Problem.ShouldBe("is damaged");
        await Should.ThrowAsync<IOException>(() => store.ReadAsync(0, Cancellation));
        await Should.ThrowAsync<IOException>(() => store.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation));
        (await System.IO.File.ReadAllTextAsync(File, Cancellation)).ShouldBe(content);
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_has_not_happened()
    {
        var store = await CreateAsync();
        await store.AddAsync(Measures.OnPerson("a"), Measures.Bounds, Cancellation);
        var revision = (await store.ReadAsync(0, Cancellation)).Changed!.Revision;
        // Nothing can be written over a folder.
        Directory.CreateDirectory(File + ".new");
        await Should.ThrowAsync<IOException>(() => store.AddAsync(Measures.OnPerson("b"), Measures.Bounds, Cancellation));
        (await store.ReadAsync(revision, Cancellation)).Changed.ShouldBeNull();
        Directory.Delete(File + ".new");
        (await store.AddAsync(Measures.OnPerson("b"), Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Added);
    }

    [Fact]
    public async Task Nothing_but_the_measures_is_in_the_file()
    {
        var store = await CreateAsync();
        await store.AddAsync(Measures.On(Everything), Measures.Bounds, Cancellation);
        var measure = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, Cancellation))!["measures"]![0]!;
        measure["measure"]!["subject"]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal).ShouldBe(
            ["client_id", "issuer", "model", "person_id", "provider", "session_id", "signed_in_until", "tenant", "tool", "user_id"]);
    }

    private protected override Task<IStandingStore> CreateAsync()
    {
        var store = new StandingFile(_folder.Identity);
        _opened.Add(store);
        return Task.FromResult<IStandingStore>(store);
    }
}
