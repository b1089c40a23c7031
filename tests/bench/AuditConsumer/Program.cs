using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using GatewayStack.AuditConsumer;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// How many events a second the audit's consumer takes into Postgres: read, checked, hashed, stored, committed. The whole consumer, one batch after another.
if (args is not [var server, .. var rest])
{
    Console.Error.WriteLine("AuditConsumer 'Host=..;Port=..;Username=(a superuser);Password=..' [events a batch, 1000] [seconds, 10]: makes a database of its own and drops it.");
    return 2;
}

var batchSize = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 1000;
var seconds = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 10;
await using var database = await BenchDatabase.CreateAsync(server);
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddInMemoryCollection(database.Settings);
builder.Services.AddLogging();
builder.Services.AddSingleton<IDataKeys, BenchKeys>();
builder.AddAuditModule();
using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<EventKeys>().RefreshAsync(CancellationToken.None);
var sink = host.Services.GetServices<IEventSink>().Single();
var key = host.Services.GetRequiredService<EventKeys>().Current;

// Some seconds first, so that the code is compiled as it stays.
var sequence = 0L;
var warm = Stopwatch.StartNew();
while (warm.Elapsed < TimeSpan.FromSeconds(5))
{
    await StoreAsync(NextBatch());
}

// The clock stands while events are made: their making is the producer's cost.
var taken = new List<double>();
var cpu = TimeSpan.Zero;
var total = Stopwatch.StartNew();
while (taken.Sum() < seconds && total.Elapsed < TimeSpan.FromSeconds(seconds * 5))
{
    var batch = NextBatch();
    var cpuBefore = Environment.CpuUsage.TotalTime;
    var began = Stopwatch.GetTimestamp();
    await StoreAsync(batch);
    taken.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
    cpu += Environment.CpuUsage.TotalTime - cpuBefore;
}

var rows = await database.CountAsync();
await host.StopAsync();
var stored = (long)taken.Count * batchSize;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{stored} events in batches of {batchSize}: {stored / taken.Sum():F0} events/s; a batch takes {taken.Order().ElementAt(taken.Count / 2) * 1000:F1} ms (median), {taken.Order().ElementAt(taken.Count * 99 / 100) * 1000:F1} ms (p99); the consumer's own CPU {cpu.TotalMicroseconds / stored:F1} us an event; {database.BytesPerEvent} bytes an event"));
return rows == sequence ? 0 : throw new InvalidOperationException($"{sequence} events were sent, {rows} are stored.");

EventBatch NextBatch()
{
    var events = ImmutableArray.CreateBuilder<StoredEvent>(batchSize);
    for (var i = 0; i < batchSize; i++)
    {
        var number = ++sequence;
        var position = new EventPosition { Producer = "bench", Epoch = 1, Sequence = number };
        events.Add(new StoredEvent { Epoch = 1, Sequence = number, Bytes = [.. EventWriter.Write(BenchEvents.At(number), position, key)] });
    }

    return new EventBatch { Producer = "bench", Feed = "usage", Events = events.MoveToImmutable() };
}

async Task StoreAsync(EventBatch batch)
{
    var answer = await sink.AppendAsync(batch, CancellationToken.None);
    if (answer.Stored != batch.Events.Length)
    {
        throw new InvalidOperationException(answer.Reason);
    }
}
