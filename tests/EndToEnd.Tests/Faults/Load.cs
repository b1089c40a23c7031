using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>What a request of the load asks for.</summary>
internal enum Ask
{
    /// <summary>A model of which a rule asks about the content.</summary>
    Judged,

    /// <summary>A model with a target that no rule about the content stands before.</summary>
    Free,

    /// <summary>The same, as a stream.</summary>
    Streamed,

    /// <summary>The list of models.</summary>
    List,
}

/// <summary>One request of the load and what came of it.</summary>
/// <param name="Ask">What it asked for.</param>
/// <param name="Person">Who sent it.</param>
/// <param name="At">When it was sent, since the load began.</param>
internal sealed record Sent(Ask Ask, Caller Person, TimeSpan At)
{
    /// <summary>When its answer ended.</summary>
    public TimeSpan Ended { get; init; }

    /// <summary>The status; 0 where no answer came.</summary>
    public int Status { get; init; }

    /// <summary>True when the answer came to its end.</summary>
    public bool Whole { get; init; }

    public string RequestId { get; init; } = string.Empty;

    /// <summary>Value of <c>x-gateway-degraded</c>.</summary>
    public string Degraded { get; init; } = string.Empty;

    /// <summary>The tokens that the answer says were used.</summary>
    public long Tokens { get; init; }

    /// <summary>What went wrong, where no whole answer came; else the code of the refusal.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>What it was told that it had to go without.</summary>
    public IReadOnlyList<string> Marks => Degraded.Length == 0 ? [] : Degraded.Split(',');

    public bool IsAnswered => Status == 200 && Whole;

    public bool IsWell => IsAnswered && Degraded.Length == 0;

    public override string ToString() => $"{Ask} at {At.TotalSeconds:0.00} s, {(Ended - At).TotalMilliseconds:0} ms: {Status} {Error} {(Degraded.Length > 0 ? "degraded " + Degraded : "")} {RequestId}";
}

/// <summary>Forty requests a second of several people, no two alike, for as long as it runs; each sent when it is due, whatever became of those before.</summary>
internal sealed class Load : IAsyncDisposable
{
    /// <summary>How every prompt begins.</summary>
    public const string Prompt = "what about ";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(40);

    private readonly FaultStack _stack;
    private readonly HttpClient _http;
    private readonly Lock _gate = new();
    private readonly List<Sent> _results = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly bool _balanced;
    private readonly Task _sending;
    private readonly Task _asking;
    private volatile bool _mayBeSentTo = true;

    /// <param name="stack">Whom it is sent to.</param>
    /// <param name="balanced">True where it asks for health, as a load balancer does: nothing is sent where that is red, and what could not be handed over is sent again.</param>
    public Load(FaultStack stack, bool balanced)
    {
        _stack = stack;
        _balanced = balanced;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = stack.Services.Address, Timeout = LongestAnswer };
        _sending = SendAsync();
        _asking = balanced ? AskForHealthAsync() : Task.CompletedTask;
    }

    /// <summary>The stack that is asked.</summary>
    public FaultStack Stack => _stack;

    /// <summary>How long it has been running.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_begun);

    /// <summary>What was sent after a moment and has come back, in the order of the sending.</summary>
    public IReadOnlyList<Sent> SentSince(TimeSpan since)
    {
        var later = new List<Sent>();
        lock (_gate)
        {
            // They stand in the order of their ends.
            for (var i = _results.Count - 1; i >= 0 && _results[i].Ended >= since; i--)
            {
                later.Add(_results[i]);
            }
        }

        return [.. later.Where(s => s.At > since).OrderBy(s => s.At)];
    }

    /// <summary>Sends no more, and waits for what is under way.</summary>
    /// <returns>All that was sent, in the order of the sending.</returns>
    public async Task<IReadOnlyList<Sent>> EndAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        await _asking;
        return [.. _results.OrderBy(s => s.At)];
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        var underWay = new List<Task>();
        var tokens = new string[_stack.People.Count];
        using var timer = new PeriodicTimer(Interval);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            // A token of its own every other second: nobody is let in because they were known.
            var who = number % tokens.Length;
            if (number / tokens.Length % 10 == 0)
            {
                tokens[who] = _stack.Issuer.Token(_stack.People[who]);
            }

            // Each asks for everything in turn, and so do those who come one after the other: a few in a row have met every module.
            underWay.Add(SendOneAsync(Of(number + (number / tokens.Length)), _stack.People[who], tokens[who]));
            underWay.RemoveAll(t => t.IsCompleted);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(underWay);
    }

    private async Task AskForHealthAsync()
    {
        using var http = new HttpClient { BaseAddress = _stack.Services.Address, Timeout = LongestAnswer };
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync("/health");
                _mayBeSentTo = answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                _mayBeSentTo = false;
            }

            await Task.Delay(50);
        }

        _mayBeSentTo = true;
    }

    private static Ask Of(int number) => (number % 10) switch { 0 => Ask.List, 1 or 4 => Ask.Streamed, 2 or 5 or 7 => Ask.Free, _ => Ask.Judged };

    private async Task SendOneAsync(Ask ask, Caller person, string token)
    {
        await Task.Yield();
        var sent = new Sent(ask, person, Now);
        sent = await AnswerAsync(sent, token);
        lock (_gate)
        {
            _results.Add(sent with { Ended = Now });
        }
    }

    private async Task<Sent> AnswerAsync(Sent sent, string token)
    {
        while (true)
        {
            while (!_mayBeSentTo)
            {
                await Task.Delay(20);
            }

            try
            {
                using var request = Request(sent.Ask, token);
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                sent = sent with
                {
                    Status = (int)response.StatusCode,
                    RequestId = Header(response.Headers, "x-request-id"),
                    Degraded = Header(response.Headers, "x-gateway-degraded"),
                };
                return Read(sent, await response.Content.ReadAsStringAsync());
            }
            catch (HttpRequestException e) when (_balanced && e.HttpRequestError == HttpRequestError.ConnectionError && Now - sent.At < LongestAnswer)
            {
                // Nobody has it yet.
                await Task.Delay(50);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return sent with { Error = e is HttpRequestException h ? h.HttpRequestError.ToString() : e.GetType().Name };
            }
        }
    }

    private HttpRequestMessage Request(Ask ask, string token)
    {
        if (ask == Ask.List)
        {
            return GatewayClient.Request(HttpMethod.Get, "/v1/models", token);
        }

        var body = GatewayClient.Chat(ask == Ask.Judged ? "gpt-4o-mini" : "smart-model", Prompt + _stack.NextQuestion());
        if (ask == Ask.Streamed)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
            body["x_demo"] = new JsonObject { ["chunk_delay_ms"] = 20 };
        }

        return GatewayClient.ChatRequest(token, body.ToJsonString());
    }

    private static Sent Read(Sent sent, string body)
    {
        if (sent.Status != 200)
        {
            return sent with { Whole = true, Error = body.StartsWith('{') ? JsonElement.Parse(body).GetProperty("error").GetProperty("code").GetString()! : string.Empty };
        }

        switch (sent.Ask)
        {
            case Ask.List:
                return sent with { Whole = true };
            case Ask.Streamed:
                var chunks = body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..].Trim()).ToList();
                var usage = chunks.Where(c => c.StartsWith('{')).Select(c => JsonElement.Parse(c)).LastOrDefault(c => c.TryGetProperty("usage", out var u) && u.ValueKind == JsonValueKind.Object);
                return sent with
                {
                    Whole = chunks.LastOrDefault() == "[DONE]",
                    Tokens = usage.ValueKind == JsonValueKind.Object ? usage.GetProperty("usage").GetProperty("total_tokens").GetInt64() : 0,
                    Error = chunks.LastOrDefault() == "[DONE]" ? string.Empty : "no end",
                };
            default:
                return sent with { Whole = true, Tokens = JsonElement.Parse(body).GetProperty("usage").GetProperty("total_tokens").GetInt64() };
        }
    }

    private static string Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? string.Join(',', values) : string.Empty;
}
