using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GatewayStack.Audit.Consumption;
using GatewayStack.Audit.Embedded;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Audit.Tests;

/// <summary>The audit over a store in a folder of its own, fed as the spool feeds it.</summary>
internal sealed class AuditHarness : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<AuditMetrics>().BuildServiceProvider();
    private readonly EventKeys _keys;
    private SqliteAuditStore _store;
    private long _sequence;

    public AuditHarness()
    {
        _keys = new EventKeys(Keys);
        _keys.RefreshAsync(CancellationToken.None).GetAwaiter().GetResult();
        _store = new SqliteAuditStore(Folder);
        Module = NewModule();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("audit-").FullName;

    public TestKeys Keys { get; } = new();

    public FakeTimeProvider Time { get; } = new(Samples.Noon);

    public IAuditModule Module { get; private set; }

    public IAuditStore Store => _store;

    public AuditSink Sink() => new(_store, _keys, Keys, Time, _services.GetRequiredService<AuditMetrics>(), NullLogger<AuditSink>.Instance);

    /// <summary>Goes on with the events in a new process, as it were.</summary>
    public void Restart()
    {
        _store.Dispose();
        _store = new SqliteAuditStore(Folder);
        Module = NewModule();
    }

    public StoredEvent Stored(GatewayEvent e, long? sequence = null, string producer = "p")
    {
        var number = sequence ?? ++_sequence;
        return new StoredEvent
        {
            Epoch = 1,
            Sequence = number,
            Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = producer, Epoch = 1, Sequence = number }, _keys.Current)],
        };
    }

    public Task<EventAcknowledgement> ShipAsync(params IEnumerable<StoredEvent> events) =>
        Sink().AppendAsync(new EventBatch { Producer = "p", Events = [.. events] }, TestContext.Current.CancellationToken);

    public async Task AddAsync(params IEnumerable<GatewayEvent> events)
    {
        var batch = events.Select(e => Stored(e)).ToList();
        (await ShipAsync(batch)).Stored.ShouldBe(batch.Count);
    }

    public async Task RotateAsync(string key)
    {
        Keys.Current = key;
        await _keys.RefreshAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<JsonElement>> QueryAsync(AuditQuery query)
    {
        var found = new List<JsonElement>();
        await foreach (var record in Module.QueryAsync(query, TestContext.Current.CancellationToken))
        {
            found.Add(JsonElement.Parse(record.Json.AsSpan()));
        }

        return found;
    }

    public async Task<string[]> RequestsAsync(AuditQuery query) => [.. (await QueryAsync(query)).Select(e => e.GetProperty("request_id").GetString()!)];

    /// <summary>True when a text stands in any of the store's files.</summary>
    public bool Contains(string text) => Directory.EnumerateFiles(Folder).Any(f =>
    {
        using var stream = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    });

    public void Dispose()
    {
        _store.Dispose();
        _keys.Dispose();
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private AuditModule NewModule() => new(_store, _keys, Keys, _services.GetRequiredService<AuditMetrics>());
}
