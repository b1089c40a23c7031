using System.Collections.Concurrent;
using System.Text;
using GatewayStack.EndToEnd.Tests.Gateway;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>Takes what a service sends by OTLP over HTTP, as a collector does: keeps its sums, and looks into everything for what should not be there.</summary>
/// <remarks>
/// The fields it reads, of opentelemetry/proto/collector/metrics/v1: request { resource_metrics 1 { scope_metrics 2 { metrics 2 { name 1, sum 7 { data_points 1 {
/// start 2, time 3, as_int 6, attributes 7 { key 1, value 2 { string 1 } } } } } } } }. Sums add up over each run of a process, which has a start of its own.
/// </remarks>
internal sealed class MetricsReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Series, long> _sums = new();
    private readonly ConcurrentQueue<string> _found = new();
    private readonly byte[][] _forbidden;
    private LocalServer? _server;
    private long _latest;

    private MetricsReceiver(IEnumerable<string> content) => _forbidden = [.. content.Select(Encoding.UTF8.GetBytes)];

    public string Endpoint => _server!.Origin;

    /// <summary>Where something stood that belongs into no metric and no log.</summary>
    public IReadOnlyCollection<string> Content => [.. _found];

    /// <param name="content">What every prompt and every token has in it.</param>
    public static async Task<MetricsReceiver> StartAsync(params string[] content)
    {
        var receiver = new MetricsReceiver(content);
        receiver._server = await LocalServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    /// <summary>A counter's sums by the values of its labels, once everything has arrived that was counted until now.</summary>
    public async Task<IReadOnlyDictionary<string, long>> SumsAsync(string metric)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        (await Eventually.GetAsync(() => Task.FromResult(Interlocked.Read(ref _latest)), latest => latest > now)).ShouldBeGreaterThan(now, "no metrics arrive");
        return _sums
            .Where(s => s.Key.Metric == metric)
            .GroupBy(s => s.Key.Labels, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(s => s.Value), StringComparer.Ordinal);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var content in _forbidden.Where(c => body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(c) >= 0))
        {
            _found.Enqueue($"{context.Request.Path}: {Encoding.UTF8.GetString(content)}");
        }

        if (context.Request.Path == "/v1/metrics")
        {
            Take(ByteString.CopyFrom(body.GetBuffer(), 0, (int)body.Length));
        }
    }

    private void Take(ByteString request)
    {
        var time = 0L;
        foreach (var metric in Messages(request, 1).SelectMany(r => Messages(r, 2)).SelectMany(s => Messages(s, 2)))
        {
            var name = Text(metric, 1);
            foreach (var point in Messages(metric, 7).SelectMany(s => Messages(s, 1)))
            {
                var labels = string.Join(',', Messages(point, 7).Select(l => Text(Messages(l, 2).First(), 1)));
                _sums[new Series(name, labels, Number(point, 2))] = Number(point, 6);
                time = Math.Max(time, Number(point, 3));
            }
        }

        if (time > Interlocked.Read(ref _latest))
        {
            Interlocked.Exchange(ref _latest, time);
        }
    }

    private static IEnumerable<ByteString> Messages(ByteString message, int field) => Fields(message).Where(f => f.Field == field).Select(f => f.Bytes);

    private static string Text(ByteString message, int field) => Messages(message, field).FirstOrDefault(ByteString.Empty).ToStringUtf8();

    private static long Number(ByteString message, int field) => Fields(message).FirstOrDefault(f => f.Field == field).Number;

    private static IEnumerable<(int Field, ByteString Bytes, long Number)> Fields(ByteString message)
    {
        var input = message.CreateCodedInput();
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    yield return (field, input.ReadBytes(), 0);
                    break;
                case WireFormat.WireType.Fixed64:
                    yield return (field, ByteString.Empty, input.ReadSFixed64());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }

    private readonly record struct Series(string Metric, string Labels, long Start);
}
