using GatewayStack.Documents;
using GatewayStack.Documents.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Documents;

public sealed class DocumentStoreTests : IDisposable
{
    private readonly DocumentFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_file_the_built_in_text_is_in_force()
    {
        using var provider = Provider(null);
        var current = provider.GetRequiredService<IDocumentStore<TextDocument>>().Current;
        current.Value.Text.ShouldBe("built in");
        current.Source.ShouldBe("built-in");
        current.Revision.ShouldBe(System.Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"text":"built in"}"""u8)));
    }

    [Fact]
    public async Task A_bad_document_keeps_the_good_one_and_says_why()
    {
        var path = _folder.Write("d.yaml", "text: one");
        using var provider = Provider(path);
        var store = provider.GetRequiredService<IDocumentStore<TextDocument>>();
        _folder.Write("d.yaml", "txt: two\nother: 1");
        var reload = await store.ReloadAsync(TestContext.Current.CancellationToken);
        reload.Succeeded.ShouldBeFalse();
        reload.After.ShouldBe(reload.Before);
        reload.Errors.Select(e => e.Pointer).ShouldBe(["/txt", "/other", ""], ignoreOrder: true);
        store.LastErrors.ShouldBe(reload.Errors);
        store.Current.Value.Text.ShouldBe("one");

        File.Delete(path);
        (await store.ReloadAsync(TestContext.Current.CancellationToken)).Succeeded.ShouldBeFalse();
        store.Current.Value.Text.ShouldBe("one");

        _folder.Write("d.yaml", "text: two");
        (await store.ReloadAsync(TestContext.Current.CancellationToken)).Succeeded.ShouldBeTrue();
        store.LastErrors.ShouldBeEmpty();
        store.Current.Value.Text.ShouldBe("two");
    }

    [Fact]
    public async Task Another_spelling_is_the_same_revision_and_no_change()
    {
        var path = _folder.Write("d", "text: one");
        using var provider = Provider(path);
        var store = provider.GetRequiredService<IDocumentStore<TextDocument>>();
        var calls = 0;
        using var subscription = store.OnChange(_ => calls++);
        _folder.Write("d", "{ \"text\" : \"one\" }");
        var reload = await store.ReloadAsync(TestContext.Current.CancellationToken);
        (reload.Succeeded, reload.After, calls).ShouldBe((true, reload.Before, 0));
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_keep_the_others_from_the_change()
    {
        var path = _folder.Write("d.json", """{"text":"one"}""");
        using var provider = Provider(path);
        var store = provider.GetRequiredService<IDocumentStore<TextDocument>>();
        var seen = new List<string>();
        using var failing = store.OnChange(_ => throw new InvalidOperationException("a listener's bug"));
        var subscription = store.OnChange(v => seen.Add(v.Value.Text));
        _folder.Write("d.json", """{"text":"two"}""");
        await store.ReloadAsync(TestContext.Current.CancellationToken);
        subscription.Dispose();
        _folder.Write("d.json", """{"text":"three"}""");
        await store.ReloadAsync(TestContext.Current.CancellationToken);
        seen.ShouldBe(["two"]);
        store.Current.Value.Text.ShouldBe("three");
    }

    [Fact]
    public async Task The_timed_look_finds_a_change_that_the_file_system_did_not_tell()
    {
        var path = _folder.Write("d.json", """{"text":"one"}""");
        using var provider = Provider(path);
        var store = provider.GetRequiredService<IDocumentStore<TextDocument>>();
        var changed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = store.OnChange(v => changed.TrySetResult(v.Value.Text));
        var watcher = provider.GetServices<IHostedService>().ShouldHaveSingleItem();
        await watcher.StartAsync(TestContext.Current.CancellationToken);
        _folder.Write("d.json", """{"text":"two"}""");
        _time.Advance(DocumentWatcher<TextDocument>.PollInterval);
        (await changed.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe("two");
        await watcher.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_bad_document_at_the_start_throws_with_every_error()
    {
        using var provider = Provider(_folder.Write("d.json", """{"x":1,"y":2}"""));
        var thrown = Should.Throw<DocumentException>(provider.GetRequiredService<IDocumentStore<TextDocument>>);
        thrown.Errors.Length.ShouldBe(3);
        DocumentCheck.Check("X:File", new TextFormat(), DocumentSource.From(Path.Combine(_folder.Path, "d.json"), "{}")).Length.ShouldBe(3);
        DocumentCheck.Check("X:File", new TextFormat(), DocumentSource.From(Path.Combine(_folder.Path, "none.json"), "{}")).ShouldHaveSingleItem().Problem.ShouldContain("does not exist");
    }

    [Fact]
    public void A_document_that_is_too_large_is_refused_before_it_is_parsed()
    {
        var path = _folder.Write("d.json", new string(' ', DocumentLoader.MaxBytes + 1));
        DocumentLoader.Load(new TextFormat(), DocumentSource.From(path, "{}")).Errors.ShouldHaveSingleItem().Message.ShouldContain("4 MiB");
    }

    private ServiceProvider Provider(string? path)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddDocument("text", new TextFormat(), DocumentSource.From(path, """{"text":"built in"}"""));
        services.AddDocument("text", new TextFormat(), DocumentSource.From(path, "{}"));
        return services.BuildServiceProvider();
    }
}
