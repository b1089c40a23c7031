using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Standings.Embedded;

/// <summary>The measures in a file of this process's own: mode 0600, replaced in one step at every change.</summary>
internal sealed class StandingFile(string folder) : IStandingStore, IDisposable
{
    public const string Name = "standings.json";

    // The file is written as a whole: what is past must not make every change slower and slower.
    private const int MostEnded = 10_000;

    private readonly string _path = Path.Combine(folder, Name);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Book? _book;

    /// <summary>Finds out whether the file can be used, and changes nothing.</summary>
    public static SettingsError? Check(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            Load(path);
            return null;
        }
        catch (InvalidDataException)
        {
            return new SettingsError(path, "is damaged", "restore it from a backup, or remove it: whoever is cut off is let in again then");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SettingsError("Data:Path", $"{path} cannot be read", "give the gateway's user access to it, or set another Data:Path");
        }
    }

    public Task<StandingReading> ReadAsync(long known, CancellationToken cancellationToken) => LookAsync(
        book => new StandingReading(book.Revision == known ? null : new StandingState(book.Revision, [.. book.All.Where(m => m.Ended is null)])), cancellationToken);

    public Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken) => AskAsync(
        book =>
        {
            if (measure.RequestKey is not null && book.All.FirstOrDefault(m => m.RequestKey == measure.RequestKey) is { } before)
            {
                return StandingAddition.Of(before, measure);
            }

            if (measure.Origin == StandingOrigin.Issuer)
            {
                return SignOff(book, measure, bounds.OfAuthor);
            }

            var alike = book.All.Where(m => m.Ended is null && m.Origin == measure.Origin).ToList();
            if (alike.Count >= bounds.OfOrigin || alike.Count(m => m.AuthorPersonId == measure.AuthorPersonId) >= bounds.OfAuthor
                || (measure.AuthorTenant is { } tenant && alike.Count(m => m.AuthorTenant == tenant) >= bounds.OfTenant))
            {
                return StandingAddition.Full;
            }

            Save(book.All.Add(measure), book.Revision + 1);
            return new StandingAddition(StandingAdditionOutcome.Added, measure);
        },
        cancellationToken);

    public Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken) => AskAsync<(StoredMeasure, bool)?>(
        book =>
        {
            if (book.All.FirstOrDefault(m => m.Measure.Id == id) is not { } found)
            {
                return null;
            }

            if (found.Ended is not null)
            {
                return (found, false);
            }

            var ended = found with { Ended = ending };
            Save(book.All.Replace(found, ended), book.Revision + 1);
            return (ended, true);
        },
        cancellationToken);

    public Task<ImmutableArray<StoredMeasure>> EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => AskAsync(
        book =>
        {
            ImmutableArray<StoredMeasure> ended = [.. book.All.Where(m => IsDue(m, now)).Select(m => EndedBy(m))];
            if (!ended.IsEmpty)
            {
                Save([.. book.All.Select(m => IsDue(m, now) ? EndedBy(m) : m)], book.Revision + 1);
            }

            return ended;
        },
        cancellationToken);

    public Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken) => LookAsync<ImmutableArray<StoredMeasure>>(
        book =>
        [
            .. book.All.Where(m => (query.Tenant is null || m.Measure.Subject.Tenant == query.Tenant) && (query.Origin is null || m.Origin == query.Origin))
                .Reverse().Take(query.Limit),
        ],
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => AskAsync(
        book =>
        {
            var kept = book.All.RemoveAll(m => m.Ended is { } ended && ended.At < endedBefore);
            if (kept.Length < book.All.Length)
            {
                Save(kept, book.Revision);
            }

            return book.All.Length - kept.Length;
        },
        cancellationToken);

    public void Dispose() => _gate.Dispose();

    private StandingAddition SignOff(Book book, StoredMeasure measure, int most)
    {
        var subject = measure.Measure.Subject;
        var others = book.All.Where(m => m.Ended is null && m.Origin == StandingOrigin.Issuer && m.Measure.Subject.Issuer == subject.Issuer).ToList();
        var endings = new Dictionary<string, StandingEnding>(StringComparer.Ordinal);
        var added = measure;
        foreach (var same in others.Where(m => SignOut.IsOnSame(m.Measure.Subject, subject)))
        {
            added = SignOut.Renew(same, added);
            endings[same.Measure.Id] = SignOut.Renewed(measure);
        }

        var displaced = SignOut.Displacing([.. others.Where(m => !endings.ContainsKey(m.Measure.Id))], measure, most).ToList();
        foreach (var old in displaced)
        {
            endings[old.Measure.Id] = SignOut.Displaced(measure);
        }

        Save([.. book.All.Select(m => endings.TryGetValue(m.Measure.Id, out var ending) ? m with { Ended = ending } : m), added], book.Revision + 1);
        return new StandingAddition(StandingAdditionOutcome.Added, added, displaced.Count);
    }

    private static bool IsDue(StoredMeasure measure, DateTimeOffset now) => measure.Ended is null && measure.Measure.Until <= now;

    private static StoredMeasure EndedBy(StoredMeasure measure) => measure with { Ended = new StandingEnding { At = measure.Measure.Until } };

    private static Book Load(string path)
    {
        if (!File.Exists(path))
        {
            return new Book([], 1);
        }

        try
        {
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(path), StandingJson.Default.StandingFileContent);
            return content is { Version: 1 } ? new Book([.. content.Measures], content.Revision) : throw new InvalidDataException($"{path} is of a version that is not known.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is damaged.", e);
        }
    }

    /// <summary>Asks for what needs no change: who is cut off is not waited for while a disk takes its time.</summary>
    private Task<T> LookAsync<T>(Func<Book, T> ask, CancellationToken cancellationToken) => _book is { } book ? Task.FromResult(ask(book)) : AskAsync(ask, cancellationToken);

    private async Task<T> AskAsync<T>(Func<Book, T> ask, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return ask(_book ??= Load(_path));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or InvalidDataException)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Save(ImmutableArray<StoredMeasure> all, long revision)
    {
        var past = all.Count(m => m.Ended is not null) - MostEnded;
        ImmutableArray<StoredMeasure> kept = past <= 0 ? all : [.. all.Where(m => m.Ended is null || past-- <= 0)];
        var content = new StandingFileContent { Version = 1, Revision = revision, Measures = kept };
        PrivateFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(content, StandingJson.Default.StandingFileContent));
        _book = new Book(kept, revision);
    }

    private sealed record Book(ImmutableArray<StoredMeasure> All, long Revision);
}
