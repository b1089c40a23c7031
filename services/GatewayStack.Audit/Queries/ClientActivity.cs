using System.Collections.Immutable;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;

namespace GatewayStack.Audit.Queries;

/// <summary>What apps did for one person, as far as the log that was read goes back.</summary>
/// <param name="Since">Nothing older was read.</param>
/// <param name="IsComplete">False where there were more records than are read for one question.</param>
/// <param name="Clients">The apps, the one that was used last first.</param>
internal sealed record ClientActivity(DateTimeOffset Since, bool IsComplete, ImmutableArray<ClientUse> Clients)
{
    /// <summary>Records of the person that are read for one question.</summary>
    internal const int MostRecords = 10_000;

    /// <summary>Administrative acts of the tenant that are read for one question.</summary>
    private const int MostActs = 2_000;

    /// <summary>No measure holds longer than it may be looked for.</summary>
    private static readonly TimeSpan LongestMeasure = TimeSpan.FromDays(366);

    /// <exception cref="System.Data.Common.DbException">The store does not answer.</exception>
    public static async Task<ClientActivity> ReadAsync(IAuditStore store, EventKeys keys, CallerIdentity caller, DateTimeOffset since, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        Dictionary<string, ClientUseBuilder> clients = new(StringComparer.Ordinal);
        var read = 0;
        DateTimeOffset? oldest = null;
        var own = new AuditFilter { Tenant = caller.Tenant, Equal = [(AuditColumn.PersonId, caller.PersonId)], From = AuditTimes.Micros(since), Limit = MostRecords };
        await foreach (var row in store.QueryAsync(own, cancellationToken))
        {
            read++;
            if (EventReader.Read(row.Bytes).Event is not { Caller.ClientId: { } id } found || !IsUse(found))
            {
                continue;
            }

            oldest = found.Time;
            if (!clients.TryGetValue(id, out var client))
            {
                clients[id] = client = new ClientUseBuilder(id);
            }

            client.Add(found);
        }

        var cutOffs = await CutOffsAsync(store, keys, caller, now, cancellationToken);
        foreach (var id in cutOffs.Select(c => c.ClientId).Where(id => !clients.ContainsKey(id)))
        {
            // Cut off before it did anything that was read: it is shown all the same, or nobody could let it in again.
            clients[id] = new ClientUseBuilder(id);
        }

        var isComplete = read < MostRecords;
        return new ClientActivity(
            isComplete ? since : oldest ?? since,
            isComplete,
            [.. clients.Values.Select(c => c.Build(cutOffs.Where(m => m.ClientId == c.ClientId).MaxBy(m => m.Until))).OrderByDescending(c => c.Last).ThenBy(c => c.ClientId, StringComparer.Ordinal)]);
    }

    /// <summary>An outcome has its decision before it; both would count twice.</summary>
    private static bool IsUse(GatewayEvent e) => e.Type is EventTypes.Outcome or EventTypes.Refusal or EventTypes.AccountRead or EventTypes.AuditRead;

    /// <summary>The blocks on an app of the person's that are in force, from the acts that took and ended them.</summary>
    private static async Task<List<ClientCutOff>> CutOffsAsync(IAuditStore store, EventKeys keys, CallerIdentity caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        List<ClientCutOff> found = [];
        var acts = new AuditFilter { Tenant = caller.Tenant, Equal = [(AuditColumn.Type, EventTypes.Administration)], From = AuditTimes.Micros(now - LongestMeasure), Limit = MostActs };
        await foreach (var row in store.QueryAsync(acts, cancellationToken))
        {
            if ((await EventReader.ReadAsync(row.Bytes, keys, cancellationToken)).Event is not { Administration: { Succeeded: true, Standing: { } standing } act } e
                || !known.Add(standing.Measure))
            {
                continue;
            }

            // The newest act on a measure says how it stands. The user id is not in the subject: where there is one, it stands among the resources.
            if (act.Operation == "standing.block" && standing.Until > now && standing.Subject is { ClientId: { } client, IsOnCaller: true } subject
                && subject.Matches(caller with { ClientId = client, SessionId = null }, default) && e.Resources.All(r => r.Type != "user" || r.Id == caller.UserId))
            {
                var isOwn = subject.PersonId == caller.PersonId && e.Caller?.PersonId == caller.PersonId;
                found.Add(new ClientCutOff(client, standing.Until, isOwn ? "you" : standing.Author is null ? "administrator" : "issuer", act.Reason ?? string.Empty));
            }
        }

        return found;
    }
}

/// <summary>What one app did.</summary>
internal sealed record ClientUse
{
    public required string ClientId { get; init; }

    public string? ClientName { get; init; }

    /// <summary>When it was first seen in what was read; null where it was not.</summary>
    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }

    public required long Calls { get; init; }

    public required long Refusals { get; init; }

    public ImmutableArray<string> Models { get; init; } = [];

    /// <summary>Tools as <c>server/tool</c>.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    public ImmutableArray<string> Backends { get; init; } = [];

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    /// <summary>What is priced of it.</summary>
    public required long CostMicros { get; init; }

    public ClientCutOff? CutOff { get; init; }
}

/// <summary>A block on an app.</summary>
/// <param name="ClientId">The app.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="By">Who took it: <c>you</c>, <c>administrator</c> or <c>issuer</c>; administrators have no names here.</param>
/// <param name="Reason">Why, in their words.</param>
internal sealed record ClientCutOff(string ClientId, DateTimeOffset Until, string By, string Reason);

/// <summary>Adds up what one app did; records come newest first.</summary>
internal sealed class ClientUseBuilder(string clientId)
{
    /// <summary>Names of one kind that are told.</summary>
    private const int MostNames = 100;

    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tools = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _backends = new(StringComparer.Ordinal);
    private string? _name;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private long _calls;
    private long _refusals;
    private long _input;
    private long _output;
    private long _cost;

    public string ClientId => clientId;

    public void Add(GatewayEvent e)
    {
        _name ??= e.Caller!.ClientName;
        _first = _first is { } first && first < e.Time ? first : e.Time;
        _last = _last is { } last && last > e.Time ? last : e.Time;
        if (e.Type == EventTypes.Refusal)
        {
            _refusals++;
            return;
        }

        _calls++;
        Name(_models, e.Backend is null ? e.Model : null);
        Name(_tools, e.Mcp is { Tool: { } tool } mcp ? $"{mcp.Server}/{tool}" : null);
        Name(_backends, e.Backend);
        _input += e.Usage?.InputTokens ?? 0;
        _output += e.Usage?.OutputTokens ?? 0;
        _cost += e.Usage?.TotalCostMicros ?? 0;
    }

    public ClientUse Build(ClientCutOff? cutOff) => new()
    {
        ClientId = clientId,
        ClientName = _name,
        First = _first,
        Last = _last,
        Calls = _calls,
        Refusals = _refusals,
        Models = [.. _models],
        Tools = [.. _tools],
        Backends = [.. _backends],
        InputTokens = _input,
        OutputTokens = _output,
        CostMicros = _cost,
        CutOff = cutOff,
    };

    private static void Name(SortedSet<string> names, string? name)
    {
        if (name is not null && names.Count < MostNames)
        {
            names.Add(name);
        }
    }
}
