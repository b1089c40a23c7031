using System.Text.Json;
using Npgsql;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>What stands on record of the requests of a load.</summary>
/// <param name="Audited">Requests with the records that they must have.</param>
/// <param name="Charged">Answered requests that were charged, once.</param>
/// <param name="Marked">How many requests had to go without what, by their records.</param>
/// <param name="Reasons">Why a request was refused, by its records.</param>
/// <param name="Wrong">Everything that is not as it must be, in words.</param>
internal sealed record OnRecord(
    IReadOnlySet<string> Audited, IReadOnlySet<string> Charged, IReadOnlyDictionary<string, long> Marked, IReadOnlyDictionary<string, string> Reasons, IReadOnlyList<string> Wrong);

/// <summary>Compares what callers saw with the audit log, the ledger and the counters, past all services.</summary>
internal sealed class Ledgers(FaultStack stack)
{
    private const int MostTold = 20;

    // It may come to be while the answer does: then the record of the decision does not know it, nor do headers that have gone.
    private const string Standing = "standing";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits until everything stands as it must; after a while what is wrong is returned as it is.</summary>
    /// <param name="sent">What callers saw.</param>
    /// <param name="mayHold">True where a hold may stand whose answer was lost: it goes when its lease ends.</param>
    public async Task<OnRecord> CompareAsync(IReadOnlyList<Sent> sent, bool mayHold)
    {
        using var deadline = new CancellationTokenSource(Longest);
        while (true)
        {
            var found = await ReadAsync(sent, mayHold);
            if (found.Wrong.Count == 0 || deadline.IsCancellationRequested)
            {
                return found;
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    private async Task<OnRecord> ReadAsync(IReadOnlyList<Sent> sent, bool mayHold)
    {
        var ids = sent.Select(s => s.RequestId).Where(id => id.Length > 0).ToArray();
        var events = await EventsAsync(ids);
        var charges = await ChargesAsync(ids);
        var wrong = new List<string>();
        var (audited, charged) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var one in sent.Where(s => s.RequestId.Length > 0))
        {
            var records = events[one.RequestId].ToList();
            var types = string.Join('+', records.Select(r => r.Type).Order(StringComparer.Ordinal));
            var rows = charges[one.RequestId].ToList();
            if (!Fits(one, types))
            {
                wrong.Add($"{one}: records '{types}'");
            }
            else if (records.Exists(r => !Before(r.Degraded).SetEquals(Before(one.Marks))))
            {
                wrong.Add($"{one}: the records say that it was degraded by '{string.Join("' and '", records.Select(r => string.Join(',', r.Degraded)))}'");
            }
            else
            {
                audited.Add(one.RequestId);
            }

            if (one.IsAnswered && rows.Count == 1)
            {
                stack.Known[one.Person.Subject] = one.RequestId;
            }

            if (one.Ask == Ask.List || one.Status != 200)
            {
                wrong.AddRange(rows.Select(r => $"{one}: charged {r} tokens"));
            }
            else if (one.IsAnswered ? rows.Count == 1 && rows[0] == one.Tokens : rows.Count <= 1)
            {
                charged.Add(one.RequestId);
            }
            else
            {
                wrong.Add($"{one}: charged '{string.Join('+', rows)}' for {one.Tokens} tokens");
            }
        }

        if (wrong.Count == 0)
        {
            wrong.AddRange(await TotalsAsync());
            wrong.AddRange(await CountersAsync(mayHold));
        }

        var marked = events.SelectMany(e => e.SelectMany(r => r.Degraded).Distinct(StringComparer.Ordinal)).CountBy(d => d).ToDictionary(d => d.Key, d => (long)d.Value, StringComparer.Ordinal);
        var reasons = events.ToDictionary(e => e.Key, e => string.Join(' ', e.Select(r => r.Reason).Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);
        return new OnRecord(audited, charged, marked, reasons, [.. wrong.Take(MostTold)]);
    }

    private static HashSet<string> Before(IEnumerable<string> degraded) => degraded.Where(d => d != Standing).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a request has the records that it must have, each once.</summary>
    private static bool Fits(Sent sent, string types) => sent.Ask switch
    {
        Ask.List => sent.Status == 200 ? types is "account_read" or "decision" or "decision+outcome" : types is "refusal" or "sign_in_failed" or "",
        // Who could not be identified is nobody's record: of those, only some are written down.
        _ => sent.Status == 200 ? types == "decision+outcome" : types is "refusal" or "decision+outcome" or "sign_in_failed" || (types.Length == 0 && sent.Error == "gateway_unavailable"),
    };

    private async Task<ILookup<string, (string Type, string[] Degraded, string Reason)>> EventsAsync(string[] ids)
    {
        await using var connection = await stack.OpenAsync("auditdb");
        await using var command = new NpgsqlCommand(
            "SELECT request_id, type, e ->> 'degraded', e -> 'body' ->> 'reason' "
            + "FROM (SELECT request_id, type, convert_from(bytes, 'UTF8')::json AS e FROM audit_event WHERE request_id = ANY($1)) x",
            connection)
        {
            Parameters = { new() { Value = ids } },
        };
        var found = new List<(string Id, string Type, string[] Degraded, string Reason)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            string[] degraded = await reader.IsDBNullAsync(2) ? [] : JsonSerializer.Deserialize<string[]>(reader.GetString(2))!;
            found.Add((reader.GetString(0), reader.GetString(1), degraded, await reader.IsDBNullAsync(3) ? string.Empty : reader.GetString(3)));
        }

        return found.ToLookup(f => f.Id, f => (f.Type, f.Degraded, f.Reason), StringComparer.Ordinal);
    }

    private async Task<ILookup<string, long>> ChargesAsync(string[] ids)
    {
        await using var connection = await stack.OpenAsync("limitsdb");
        await using var command = new NpgsqlCommand("SELECT request_id, tokens FROM ledger WHERE request_id = ANY($1)", connection) { Parameters = { new() { Value = ids } } };
        var found = new List<(string Id, long Tokens)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return found.ToLookup(f => f.Id, f => f.Tokens, StringComparer.Ordinal);
    }

    /// <summary>No event twice, none missing between two others of its producer, none unreadable.</summary>
    private async Task<IReadOnlyList<string>> TotalsAsync()
    {
        await using var connection = await stack.OpenAsync("auditdb");
        var wrong = new List<string>();
        foreach (var (what, query) in new (string, string)[]
        {
            ("events twice", "SELECT count(*) - count(DISTINCT (producer, epoch, seq)) FROM audit_event"),
            ("holes between events", "SELECT coalesce(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS n FROM audit_seen GROUP BY producer, epoch) AS ranges"),
            ("events unreadable", "SELECT count(*) FROM audit_dead_letter"),
        })
        {
#pragma warning disable CA2100 // The queries stand above.
            await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
            if (await command.ExecuteScalarAsync() is long and not 0 and var count)
            {
                wrong.Add($"{count} {what}");
            }
        }

        return wrong;
    }

    /// <summary>What everybody is told that they used is what stands in the ledger, and nothing more is held than before.</summary>
    private async Task<IReadOnlyList<string>> CountersAsync(bool mayHold)
    {
        await using var connection = await stack.OpenAsync("limitsdb");
        var wrong = new List<string>();
        foreach (var person in stack.People.Where(p => stack.Known.ContainsKey(p.Subject)))
        {
            var answer = await stack.Front.GetAsync("/me/limits", stack.Issuer.Token(person));
            if (answer.Status != 200)
            {
                wrong.Add($"/me/limits says {answer.Status}");
                continue;
            }

            var limit = answer.Json.GetProperty("limits").EnumerateArray().First(l => l.GetProperty("name").GetString() == "tokens_per_month");
            var (used, held) = (limit.GetProperty("used").GetInt64(), limit.GetProperty("held").GetInt64());
            var charged = await ChargedAsync(connection, stack.Known[person.Subject]);
            if (used == charged && (mayHold || held <= stack.Held.GetValueOrDefault(person.Subject)))
            {
                stack.Held[person.Subject] = held;
            }
            else
            {
                wrong.Add($"{person.Subject}: {used} used and {held} held by the counters, {charged} charged by the ledger");
            }
        }

        return wrong;
    }

    private static async Task<long> ChargedAsync(NpgsqlConnection connection, string requestId)
    {
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(sum(l.tokens), 0)::bigint FROM ledger l JOIN requests r USING (request_id) WHERE r.person_id = (SELECT person_id FROM requests WHERE request_id = $1)", connection)
        {
            Parameters = { new() { Value = requestId } },
        };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
