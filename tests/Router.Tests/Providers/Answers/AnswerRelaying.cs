using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers.Answers;

/// <summary>An answer of a provider on its way to the caller, with a session in between.</summary>
internal sealed class AnswerRelaying : IDisposable
{
    public static ImmutableArray<Pseudonym> Pseudonyms { get; } =
    [
        new Pseudonym { Token = "EMAIL_7Q2", Value = "al\"ice@example.com" },
        new Pseudonym { Token = "PERSON_X", Value = "Zoë 😀\nB" },
    ];

    private readonly MemoryStream _answer = new();

    public AnswerRelaying(ContentAction card = ContentAction.Redact, bool pseudonyms = true, bool asksForUsage = false, int choices = 1, bool asksForJson = false)
    {
        Exchange = Exchanges.Chat(_answer, asksForUsage, choices: choices, more: asksForJson ? ",\"response_format\":{\"type\":\"json_object\"}" : string.Empty);
        Exchange.Plan = [Exchange.Plan[0] with { Pseudonyms = pseudonyms ? Pseudonyms : [] }];
        Exchange.AnswerActions = ContentActions.Of([new TypeAction { Type = "CARD", Action = card }]);
    }

    public Exchange Exchange { get; }

    public TransformDouble Transform { get; } = new(new Journal());

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ends when the caller goes.</summary>
    public CancellationToken Caller { get; init; }

    /// <summary>Called before each read of the provider's bytes, with what the caller has so far.</summary>
    public Action<string>? BeforeRead { get; init; }

    /// <summary>What the caller has got so far.</summary>
    public string Body => Texts.Text(_answer.ToArray());

    /// <summary>All that the session does to a text in one piece.</summary>
    public string Whole(string text, bool isJson = false) =>
        AnswerDouble.Whole(new ResponseSession { RequestId = "r", Tenant = "t", Actions = Exchange.AnswerActions.ToEntries(), Pseudonyms = Exchange.Plan[0].Pseudonyms }, text, isJson);

    public Task<bool> StreamAsync(string sse) => StreamAsync([Texts.Utf8(sse)]);

    public Task<bool> StreamAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, PieceStream.Ending ending = PieceStream.Ending.Ends) =>
        RelayAsync(new ChatStreamRelay(Exchanges.Sessions(Transform, Time)), pieces, ending, Caller);

    public Task<bool> AnswerAsync(string json, PieceStream.Ending ending = PieceStream.Ending.Ends) => AnswerAsync([Texts.Utf8(json)], ending);

    public Task<bool> AnswerAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, PieceStream.Ending ending = PieceStream.Ending.Ends) =>
        RelayAsync(new JsonAnswerRelay(Exchanges.Sessions(Transform, Time)), pieces, ending, CancellationToken.None);

    /// <summary>Lets the end of the answer go, and returns all of it.</summary>
    public async Task<string> ReleaseAsync()
    {
        await Exchange.HeldBack!.ReleaseAsync(CancellationToken.None);
        return Body;
    }

    public void Dispose()
    {
        Exchange.Dispose();
        _answer.Dispose();
    }

    /// <summary>The data of the events, without <c>[DONE]</c>.</summary>
    public static IReadOnlyList<JsonElement> Events(string body) =>
    [
        .. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).SelectMany(e => e.Split('\n')).Where(l => l.StartsWith("data:", StringComparison.Ordinal) && !l.Contains("[DONE]", StringComparison.Ordinal))
            .Select(l => JsonDocument.Parse(l[5..]).RootElement),
    ];

    /// <summary>The texts of a stream as a client puts them together, by choice and member.</summary>
    public static SortedDictionary<string, string> Channels(string body)
    {
        var texts = new SortedDictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var sse in Events(body).Where(e => e.TryGetProperty("choices", out _)))
        {
            foreach (var choice in sse.GetProperty("choices").EnumerateArray().Where(c => c.TryGetProperty("delta", out _)))
            {
                Collect(texts, choice.GetProperty("index").GetInt32() + "", choice.GetProperty("delta"));
            }
        }

        return new SortedDictionary<string, string>(texts.ToDictionary(t => t.Key, t => t.Value.ToString(), StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static void Collect(SortedDictionary<string, StringBuilder> texts, string place, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject().Where(m => m.Name is not ("index" or "role" or "id" or "type" or "name")))
                {
                    Collect(texts, place + "." + member.Name, member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(texts, place + "#" + (item.TryGetProperty("index", out var index) ? index.GetInt32() : 0), item);
                }

                break;
            case JsonValueKind.String:
                (texts.TryGetValue(place, out var text) ? text : texts[place] = new StringBuilder()).Append(element.GetString());
                break;
            default:
                break;
        }
    }

    private async Task<bool> RelayAsync(IAnswerRelay relay, IEnumerable<ReadOnlyMemory<byte>> pieces, PieceStream.Ending ending, CancellationToken cancellationToken)
    {
        var run = new AttemptRun(Exchange);
        run.Begin(Exchange.Plan[0]);
        var stream = new PieceStream(pieces, ending) { BeforeRead = () => BeforeRead?.Invoke(Body) };
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(stream) };
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await relay.RelayAsync(Exchange, run, response, TimeSpan.FromMinutes(1), idle, cancellationToken);
    }
}
