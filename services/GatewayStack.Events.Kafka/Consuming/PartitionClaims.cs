using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Shipping;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Claims the client's partitions in the store, and brings each to where the store stands.</summary>
internal sealed class PartitionClaims(ConsumerParts parts, ConsumerClient client, ConsumerFlow flow)
{
    private const int MostFailures = 4;
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15));

    private int _failures;

    /// <summary>Claims what is due, and seeks what is claimed.</summary>
    /// <exception cref="KafkaException">The client cannot go on.</exception>
    public void Claim(CancellationToken cancellationToken)
    {
        var now = parts.Time.GetTimestamp();
        var due = client.Readers.Where(r => r.State == ReaderState.Unclaimed && r.NotBefore <= now).ToList();
        if (due.Count > 0)
        {
            var claiming = ClaimAsync(due, cancellationToken);
            flow.WaitFor(claiming);
            if (claiming.IsCompletedSuccessfully)
            {
                _failures = 0;
                Claimed(claiming.Result);
            }
            else
            {
                Failed(due, claiming.Exception?.InnerException);
            }
        }

        foreach (var reader in client.Readers.Where(r => r.State == ReaderState.Seeking))
        {
            client.Seek(reader);
        }
    }

    private async Task<List<ClaimedPartition>> ClaimAsync(List<PartitionReader> due, CancellationToken cancellationToken)
    {
        var claimed = new List<ClaimedPartition>();
        foreach (var topic in due.GroupBy(r => r.Topic))
        {
            var claims = await parts.Offsets.ClaimAsync(topic.Key.Name, [.. topic.Select(r => r.Partition.Partition.Value)], cancellationToken);
            foreach (var reader in topic)
            {
                var claim = claims.Single(c => c.Partition == reader.Partition.Partition.Value);
                claimed.Add(new ClaimedPartition(reader, claim, await Task.Run(() => client.AskForLog(reader), cancellationToken)));
            }
        }

        return claimed;
    }

    private void Failed(List<PartitionReader> due, Exception? problem)
    {
        var delay = Pauses.After(++_failures);
        due.ForEach(r => r.Wait(parts.Time, delay));
        if (problem is null)
        {
            return;
        }

        parts.Logger.NotClaimed(problem, parts.Name, delay);
        if (problem is KafkaException kafka && _failures >= MostFailures)
        {
            // After an outage a client may take its partitions for unknown until it asks for all topics again, minutes later: another one asks at once.
            throw new KafkaException(kafka.Error, kafka);
        }
    }

    private void Claimed(List<ClaimedPartition> claimed)
    {
        foreach (var (reader, claim, log) in claimed.Where(c => client.Has(c.Reader)))
        {
            var (topic, partition) = (reader.Topic.Name, reader.Partition.Partition.Value);
            if (claim.Next < log.Low.Value)
            {
                parts.Logger.Hole(topic, partition, claim.Next, log.Low.Value - 1);
            }
            else if (claim.Next > log.High.Value)
            {
                parts.Logger.LogShorter(topic, partition, log.High.Value, claim.Next);
            }

            reader.Claimed(claim, log.Low.Value, log.High.Value);
            parts.Logger.Claimed(parts.Name, topic, partition, reader.Start, claim.Claim);
        }
    }

    private sealed record ClaimedPartition(PartitionReader Reader, LogClaim Claim, WatermarkOffsets Log);
}
