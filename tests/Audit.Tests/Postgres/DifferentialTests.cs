using System.Collections.Immutable;
using GatewayStack.Audit.Embedded;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

/// <summary>The same random events in SQLite and in Postgres, asked the same random questions, give the same answers.</summary>
public sealed class DifferentialTests(PostgresAudit audit) : IClassFixture<PostgresAudit>
{
    private static readonly string[] Tenants = ["mercy", "acme", "Acme", "ac\0me", "é" + new string('x', 400), "é" + new string('x', 401)];
    private static readonly string?[] Texts = [null, "", "a", "A", "a ", "a\0b", "%", "it's", "😀", new string('n', 255) + "😀", new string('n', 300), new string('n', 301)];

    [Fact]
    public async Task Both_stores_answer_alike()
    {
        await audit.ResetAsync();
        using var instance = audit.Open();
        var folder = Directory.CreateTempSubdirectory("audit-").FullName;
        var random = new Random(20261127);
        try
        {
            using var sqlite = new SqliteAuditStore(folder);
            var events = Campaign.Rounds(2_000);
            var sequence = 1;
            while (sequence <= events)
            {
                var count = Math.Min(random.Next(1, 400), events - sequence + 1);
                var batch = Batch([.. Enumerable.Range(sequence, count).Select(i => Random(random, i))]);
                (await sqlite.AppendAsync(batch, Token)).ShouldBe(await instance.Store.AppendAsync(batch, Token));
                sequence += count;
            }

            var found = 0;
            for (var question = 0; question < 400; question++)
            {
                var filter = Filter(random, events);
                var rows = await ReadAsync(instance.Store, filter);
                rows.Select(r => r.Index).ShouldBe((await ReadAsync(sqlite, filter)).Select(r => r.Index), filter.ToString());
                found += rows.Count > 0 ? 1 : 0;
            }

            found.ShouldBeGreaterThan(100);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AuditEntry Random(Random random, long sequence)
    {
        var e = Samples.Event($"req_{random.Next(50)}", Pick(random, Tenants)) with
        {
            Time = Samples.Noon.AddSeconds(random.Next(100_000) - 50_000).AddMicroseconds(random.Next(1_000_000)),
            Type = Pick(random, [EventTypes.Decision, EventTypes.Outcome, EventTypes.Refusal]),
            Caller = random.Next(5) == 0 ? null : Samples.Event().Caller! with
            {
                PersonId = $"p{random.Next(8)}",
                ClientId = Pick(random, Texts),
                ClientName = Pick(random, Texts),
                SessionId = Pick(random, Texts),
                Actor = Pick(random, Texts),
            },
            Personal = null,
            Action = Pick(random, Texts),
            Model = Pick(random, Texts),
            Backend = Pick(random, Texts),
            Mcp = random.Next(3) == 0 ? new EventMcp { Server = Pick(random, Texts) ?? "s", Method = "tools/call", Tool = Pick(random, Texts) } : null,
            Purpose = Pick(random, Texts),
            RunId = Pick(random, Texts),
            ParentRequestId = Pick(random, Texts),
            Outcome = Pick(random, Texts),
            Retention = Pick(random, ["standard", "long", "short"]),
            Decision = random.Next(3) == 0 ? null : new EventDecision { Effect = Pick(random, ["allow", "deny"]) },
        };
        return Entry(sequence, e: e) with
        {
            UserHash = random.Next(4) == 0 ? null : [(byte)random.Next(6)],
            Resources = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Pick(random, Texts) ?? "record", random.Next(3) == 0 ? null : new[] { (byte)random.Next(5) }))],
        };
    }

    private static AuditFilter Filter(Random random, int events)
    {
        bool Some() => random.Next(6) == 0;
        long? When() => Some() ? AuditTimes.Micros(Samples.Noon.AddSeconds(random.Next(100_000) - 50_000)) : null;
        ImmutableArray<byte[]> Hashes() => [.. Enumerable.Range(0, random.Next(3)).Select(_ => new[] { (byte)random.Next(6) })];
        var equal = ImmutableArray.CreateBuilder<(AuditColumn, string)>();
        foreach (var column in Enum.GetValues<AuditColumn>().Where(_ => random.Next(14) == 0))
        {
            equal.Add((column, column switch
            {
                AuditColumn.RequestId => $"req_{random.Next(50)}",
                AuditColumn.PersonId => $"p{random.Next(8)}",
                AuditColumn.Retention => "long",
                AuditColumn.Decision => "deny",
                AuditColumn.Type => EventTypes.Outcome,
                _ => Pick(random, Texts) ?? "a",
            }));
        }

        return new AuditFilter
        {
            Tenant = Pick(random, Tenants),
            Equal = equal.ToImmutable(),
            Client = Some() ? Pick(random, Texts) ?? "a" : null,
            UserHashes = Some() ? Hashes() : null,
            ResourceType = Some() ? Pick(random, Texts) ?? "record" : null,
            ResourceHashes = Some() ? Hashes() : null,
            From = When(),
            Until = When(),
            Before = Some() ? random.Next(events) : null,
            Limit = Pick(random, [1, 7, 200, 201, 450, 1000]),
        };
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
