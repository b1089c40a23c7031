using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>How long it takes from the sending of a block until it holds, while others call.</summary>
internal sealed class StandingFigures(GatewayClient front, int streams, int callsPerSecond)
{
    private const int Callers = 8;

    private readonly ConcurrentQueue<double> _acts = [];
    private readonly ConcurrentQueue<double> _refused = [];
    private readonly ConcurrentBag<double> _ended = [];
    private int _calls;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task RunAsync(int rounds, Func<string> other, Func<string, JsonObject, Task<string>> block, Func<(string Token, JsonObject Subject)> person)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = Enumerable.Range(0, Callers).Select(_ => LoadAsync(other(), over.Token)).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var (token, subject) = person();
            var open = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => OpenAsync(token)));
            var sent = Stopwatch.GetTimestamp();
            var ends = open.Select(s => EndAsync(s, sent)).Append(RefusedAsync(token, sent)).ToArray();
            await block(token, subject);
            _acts.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            await Task.WhenAll(ends);
        }

        await over.CancelAsync();
        await Task.WhenAll(load);
    }

    public string ToString(string form) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {form} | {_acts.Count} | {Of(_acts, 0.5):0} | {_acts.Max():0} | {Of(_refused, 0.5):0} | {Of(_refused, 0.99):0} | {_refused.Max():0} | {_ended.Count} | {Of(_ended, 0.5):0} | {Of(_ended, 0.99):0} | {_ended.Max():0} | {_calls} |");

    /// <summary>When each block was answered and held, in the order in which they were sent: the first of a process that has just started is another one.</summary>
    public string InOrder => "answered/held: " + string.Join(' ', _acts.Zip(_refused, (act, held) => string.Create(CultureInfo.InvariantCulture, $"{act:0}/{held:0}")));

    private static double Of(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    private async Task<(HttpResponseMessage Response, StreamReader Reader)> OpenAsync(string token)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", "hello");
        body["stream"] = true;
        body["x_demo"] = new JsonObject { ["stall_after"] = 3 };
        var response = await front.OpenAsync(GatewayClient.ChatRequest(token, body.ToJsonString()));
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull().ShouldStartWith("data: {");
        return (response, reader);
    }

    private async Task EndAsync((HttpResponseMessage Response, StreamReader Reader) stream, long sent)
    {
        using (stream.Response)
        using (stream.Reader)
        {
            (await stream.Reader.ReadToEndAsync(Cancel)).ShouldContain("access_blocked");
            _ended.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }

    private async Task RefusedAsync(string token, long sent)
    {
        while (true)
        {
            var asked = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            if ((await front.GetAsync("/v1/models", token)).Status == 403)
            {
                // The call that was refused was sent then: from that time on none is let in.
                _refused.Enqueue(asked);
                return;
            }
        }
    }

    private async Task LoadAsync(string token, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)Callers / callsPerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                (await front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
                Interlocked.Increment(ref _calls);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The last block has been measured.
        }
    }
}
