using System.Diagnostics.Metrics;
using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using GatewayStack.Events.Spool;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Events;

/// <summary>A spool in a folder of its own, that can be closed and opened again.</summary>
internal sealed class SpoolHarness(string? folder = null) : IDisposable
{
    public const int SegmentBytes = 256 * 1024;

    private readonly List<WriteAheadSpool> _opened = [];

    public string Folder { get; } = folder ?? Path.Combine(Directory.CreateTempSubdirectory("spool-").FullName, "spool");

    public FakeTimeProvider Time { get; } = new(EventSamples.Noon);

    public EventKeys Keys { get; } = new(new TestKeys());

    public EventsMetrics Metrics { get; } = new(new Meters());

    public EventsOptions Options { get; set; } = new() { SegmentBytes = SegmentBytes, MaxBytes = 16 * SegmentBytes };

    public async Task<WriteAheadSpool> OpenAsync(CancellationToken? cancellationToken = null)
    {
        var spool = new WriteAheadSpool(Folder, Options, Keys, Time, Metrics, NullLogger<WriteAheadSpool>.Instance);
        _opened.Add(spool);
        await spool.OpenAsync(cancellationToken ?? TestContext.Current.CancellationToken);
        return spool;
    }

    /// <summary>Every shipped-to-be event in the spool, as (epoch, number, event).</summary>
    public List<(long Epoch, long Sequence, GatewayEvent Event)> ReadAll(WriteAheadSpool spool)
    {
        var events = new List<(long, long, GatewayEvent)>();
        var cursor = spool.OpenCursor();
        while (cursor.TryRead(out var record))
        {
            if (record.Kind is not (RecordKind.Carried or RecordKind.Hole))
            {
                var read = EventReader.Read(record.Payload.ToArray(), Keys);
                read.Error.ShouldBeNull();
                read.Position!.Sequence.ShouldBe(record.Sequence);
                events.Add((read.Position.Epoch, record.Sequence, read.Event!));
            }

            cursor.Pass(record);
        }

        return events;
    }

    /// <summary>True when a text stands in any file of the folder.</summary>
    public bool Contains(string text) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(Folder)!, "*", SearchOption.AllDirectories)
            .Any(f => ReadShared(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        Keys.Dispose();
        Metrics.Dispose();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
    }

    private static byte[] ReadShared(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException)
        {
            // The lock file lets nobody in.
            return [];
        }
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
