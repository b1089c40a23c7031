using System.Collections.Immutable;
using GatewayStack.Documents;

namespace GatewayStack.Limits.Administration;

/// <summary>Body of <c>GET /admin/limits</c>.</summary>
internal sealed record AdminLimitsAnswer
{
    public required string Mode { get; init; }

    public required DocumentAnswer Limits { get; init; }

    public required DocumentAnswer Prices { get; init; }

    public required string Currency { get; init; }

    public required DateOnly PricesAsOf { get; init; }

    public required string CounterStore { get; init; }

    /// <summary>What is wrong with the counter store; missing where it serves.</summary>
    public string? CounterStoreTrouble { get; init; }

    /// <summary>Missing while the store is away, as are the holds.</summary>
    public int? Counters { get; init; }

    public int? OpenHolds { get; init; }

    public required LedgerAnswer Ledger { get; init; }
}

/// <summary>A document in force, and why the last try to replace it failed.</summary>
internal sealed record DocumentAnswer(string Revision, string Source, DateTimeOffset LoadedAt, int Entries, ImmutableArray<ErrorAnswer> LastErrors)
{
    public static DocumentAnswer Of<T>(IDocumentStore<T> store, Func<T, int> entries)
        where T : class
    {
        var version = store.Current;
        return new DocumentAnswer(version.Revision, version.Source, version.LoadedAt, entries(version.Value), ErrorAnswer.Of(store.LastErrors));
    }
}

/// <summary>One thing wrong with a document.</summary>
internal sealed record ErrorAnswer(string Pointer, string Message)
{
    public static ImmutableArray<ErrorAnswer> Of(ImmutableArray<DocumentError> errors) => [.. errors.Select(e => new ErrorAnswer(e.Pointer, e.Message))];
}

/// <summary>The ledger's size and how far it has followed each producer of events.</summary>
internal sealed record LedgerAnswer(string Store, long Requests, long OpenRequests, long Rows, ImmutableArray<WatermarkAnswer> Watermarks);

/// <summary>The last event stored of one producer.</summary>
internal sealed record WatermarkAnswer(string Producer, long Epoch, long Seq);
