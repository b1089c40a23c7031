using System.Text.Json;
using GatewayStack.AppHost.Infrastructure;
using GatewayStack.AppHost.Tests.Stacks;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Infrastructure;

public sealed class StackFolderTests : IDisposable
{
    private static readonly FormChoice Installed = new(InfrastructureForm.Installed, "a test");
    private static readonly FormChoice Embedded = new(InfrastructureForm.Embedded, "a test");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gatewaystack-folder-");

    private string Path => System.IO.Path.Combine(_root.FullName, "below", "stack");

    [Fact]
    public void Secrets_are_kept_and_differ_and_are_nobody_elses()
    {
        string redis, postgres;
        using (var first = Open(Installed))
        {
            redis = first.Secret("redis");
            postgres = first.Secret("postgres");
        }

        using var second = Open(Installed);
        second.Secret("redis").ShouldBe(redis);
        second.Knows("postgres").ShouldBeTrue();
        second.Knows("kafka").ShouldBeFalse();
        redis.ShouldNotBe(postgres);
        redis.ShouldMatch("^[0-9a-f]{64}$");
        if (!OperatingSystem.IsWindows())
        {
            (File.GetUnixFileMode(System.IO.Path.Combine(Path, "stack.json")) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(UnixFileMode.None);
            foreach (var folder in new[] { Path, second.Folder("services"), System.IO.Path.GetDirectoryName(Path)! })
            {
                File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    [Fact]
    public void One_AppHost_at_a_time_has_it()
    {
        using (var first = Open(Installed))
        {
            Refused(Installed).ShouldContain("another AppHost runs on " + Path);
        }

        Open(Installed).Dispose();
    }

    [Fact]
    public void A_folder_of_somebody_elses_files_is_not_touched()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, "thesis.txt"), "mine");
        Refused(Installed).ShouldContain("no stack's data folder");
        Directory.EnumerateFileSystemEntries(Path).ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_forms_folder_is_refused()
    {
        using (var made = Open(Installed))
        {
            made.Secret("redis");
        }

        Refused(Embedded).ShouldContain("was made by Infrastructure=installed and this is embedded");
        Open(Installed).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"form\":1}")]
    public void A_marker_that_cannot_be_read_is_refused_and_left_as_it_is(string text)
    {
        Directory.CreateDirectory(Path);
        var marker = System.IO.Path.Combine(Path, "stack.json");
        File.WriteAllText(marker, text);
        Refused(Installed).ShouldContain("cannot be read");
        File.ReadAllText(marker).ShouldBe(text);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "not a folder");
        Refused(Installed).ShouldContain(Path);
    }

    [Fact]
    public async Task A_cluster_whose_password_is_lost_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No installed servers on Windows.");
        using var stack = Open(Installed);
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "postgres"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "postgres", "PG_VERSION"), "15\n", TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // Skipped above.
        (await Should.ThrowAsync<StackRefusedException>(() => PostgresCluster.OpenAsync(new KnownTools(), stack))).Message.ShouldContain("does not know");
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_refused()
    {
        StackTools.RequireInstalled();
        using var stack = Open(Installed);
        stack.Secret("postgres");
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "postgres"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "postgres", "PG_VERSION"), "9\n", TestContext.Current.CancellationToken);
        var tools = new Tools(new ConfigurationBuilder().AddEnvironmentVariables().Build());
#pragma warning disable CA1416 // Skipped above.
        (await Should.ThrowAsync<StackRefusedException>(() => PostgresCluster.OpenAsync(tools, stack))).Message.ShouldMatch(@"was made by Postgres 9 and \d+ is installed: ");
#pragma warning restore CA1416
    }

    [Fact]
    public void Secrets_survive_as_plain_json()
    {
        using (var made = Open(Installed))
        {
            made.Secret("redis");
        }

        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(System.IO.Path.Combine(Path, "stack.json")))!.Keys.ShouldBe(["form", "redis"], ignoreOrder: true);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private StackFolder Open(FormChoice choice) =>
        StackFolder.Open(new ConfigurationBuilder().AddInMemoryCollection([new("Infrastructure:Data", Path)]).Build(), choice);

    private string Refused(FormChoice choice)
    {
        var message = Should.Throw<StackRefusedException>(() => Open(choice)).Message;
        message.ShouldNotContain("\n");
        return message;
    }
}
