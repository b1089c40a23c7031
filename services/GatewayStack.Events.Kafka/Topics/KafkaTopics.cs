using System.Collections.Immutable;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Kafka.Settings;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka.Topics;

/// <summary>The two topics: made where they are missing, compared where they are there.</summary>
/// <remarks>Safe for concurrent use, by several processes too.</remarks>
internal sealed class KafkaTopics(KafkaConnection connection, KafkaOptions options, TimeProvider time, ILogger<KafkaTopics> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _there;

    public KafkaTopic Usage { get; } = KafkaTopic.Usage(options);

    public KafkaTopic Audit { get; } = KafkaTopic.Audit(options);

    /// <summary>Makes what is missing, and compares what is there; returns at once where that was done before.</summary>
    /// <exception cref="StartRefusedException">A topic is not what it must be, or the brokers refuse us.</exception>
    /// <exception cref="KafkaException">The brokers were not reached, or could not do it.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_there)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_there)
            {
                await new TopicWork(connection, options, logger).RunAsync([Usage, Audit], Patience, cancellationToken);
                _there = true;
                connection.Works();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits until the topics are there, for as long as it takes.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!_there)
        {
            try
            {
                await EnsureAsync(cancellationToken);
            }
            catch (StartRefusedException e)
            {
                logger.TopicRefused(e.Message);
                await Task.Delay(BetweenRefusals, time, cancellationToken);
            }
            catch (KafkaException e)
            {
                connection.Lost(e.Error.Reason);
                await Task.Delay(Between, time, cancellationToken);
            }
        }
    }

    /// <summary>Looks again before the next use: a topic was gone.</summary>
    public void Forget() => _there = false;

    public void Dispose() => _gate.Dispose();

    /// <summary>One look at the brokers.</summary>
    private sealed class TopicWork(KafkaConnection connection, KafkaOptions options, ILogger logger)
    {
        private const int FailedHandshakes = 3;

        private readonly TaskCompletionSource<Error> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _handshakes;

        public async Task RunAsync(ImmutableArray<KafkaTopic> topics, TimeSpan patience, CancellationToken cancellationToken)
        {
            using var admin = new AdminClientBuilder(connection.Configure(new AdminClientConfig { SocketTimeoutMs = (int)patience.TotalMilliseconds }))
                .SetLogHandler((_, message) => connection.Log(message))
                .SetErrorHandler((_, error) => Note(error))
                .Build();
            var found = await DescribeAsync(admin, topics, patience, cancellationToken);
            var missing = topics.Where(t => !found.ContainsKey(t.Name)).ToImmutableArray();
            if (!missing.IsEmpty)
            {
                await CreateAsync(admin, missing, patience, cancellationToken);
            }

            // Another instance may make them at the same time, with other settings: they are compared as they came out.
            while (found.Count < topics.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                found = await DescribeAsync(admin, topics, patience, cancellationToken);
            }

            var settings = await ReadSettingsAsync(admin, topics, patience, cancellationToken);
            foreach (var topic in topics)
            {
                var there = found[topic.Name];
                var (refusals, warnings) = TopicCheck.Compare(
                    topic, options, there.Partitions.Count, there.Partitions.Select(p => p.Replicas.Count).DefaultIfEmpty(0).Min(), settings[topic.Name]);
                if (!refusals.IsEmpty)
                {
                    throw new StartRefusedException(
                        $"The Kafka topic {topic.Name} {string.Join(", and ", refusals)}. Change the setting or the topic; it is never changed or removed by the stack.");
                }

                foreach (var warning in warnings)
                {
                    logger.TopicDiffers($"The Kafka topic {topic.Name} {warning}.");
                }
            }
        }

        private void Note(Error error)
        {
            connection.Report(error);

            // One handshake that is cut short may be a broker that stops; several are one that speaks no TLS.
            var noTls = error.Code == ErrorCode.Local_Transport && error.Reason.Contains("SSL handshake failed", StringComparison.Ordinal)
                && Interlocked.Increment(ref _handshakes) >= FailedHandshakes;
            if (noTls || error.Code is ErrorCode.Local_Ssl or ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed)
            {
                _refused.TrySetResult(error);
            }
        }

        // The client goes on trying a wrong password or a broker without TLS until its patience ends: those are told at once.
        private async Task<T> FinishAsync<T>(Task<T> task, CancellationToken cancellationToken)
        {
            if (await Task.WhenAny(task, _refused.Task).WaitAsync(cancellationToken) == _refused.Task)
            {
                var error = await _refused.Task;
                throw new StartRefusedException(error.Code is ErrorCode.Local_Ssl or ErrorCode.Local_Transport
                    ? $"Kafka at {connection.Servers} was not reached over TLS, which Service:Tls:Enabled asks for: {error.Reason}"
                    : $"Kafka at {connection.Servers} refused the user of {KafkaOptions.Section}:{nameof(options.Username)}: {error.Reason}");
            }

            return await task;
        }

        private async Task<Dictionary<string, TopicDescription>> DescribeAsync(
            IAdminClient admin, ImmutableArray<KafkaTopic> topics, TimeSpan patience, CancellationToken cancellationToken)
        {
            List<TopicDescription> found;
            try
            {
                var names = TopicCollection.OfTopicNames(topics.Select(t => t.Name));
                found = (await FinishAsync(admin.DescribeTopicsAsync(names, new DescribeTopicsOptions { RequestTimeout = patience }), cancellationToken)).TopicDescriptions;
            }
            catch (DescribeTopicsException e)
            {
                found = e.Results.TopicDescriptions;
            }

            if (found.FirstOrDefault(t => t.Error.IsError && t.Error.Code != ErrorCode.UnknownTopicOrPart) is { } failed)
            {
                throw new KafkaException(failed.Error);
            }

            return found.Where(t => !t.Error.IsError).ToDictionary(t => t.Name, StringComparer.Ordinal);
        }

        private async Task CreateAsync(IAdminClient admin, ImmutableArray<KafkaTopic> topics, TimeSpan patience, CancellationToken cancellationToken)
        {
            try
            {
                _ = await FinishAsync(MakeAsync(), cancellationToken);
            }
            catch (CreateTopicsException e)
            {
                if (e.Results.FirstOrDefault(r => r.Error.IsError && r.Error.Code != ErrorCode.TopicAlreadyExists) is { } failed)
                {
                    throw failed.Error.Code is ErrorCode.InvalidReplicationFactor or ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or ErrorCode.PolicyViolation
                        ? new StartRefusedException($"Kafka at {connection.Servers} does not make the topic {failed.Topic}: {failed.Error.Reason}", e)
                        : new KafkaException(failed.Error);
                }

                return;
            }

            foreach (var topic in topics)
            {
                logger.TopicMade(topic.Name, topic.Partitions, options.RetentionHours);
            }

            async Task<bool> MakeAsync()
            {
                await admin.CreateTopicsAsync(topics.Select(SpecificationOf), new CreateTopicsOptions { RequestTimeout = patience, OperationTimeout = patience });
                return true;
            }
        }

        private TopicSpecification SpecificationOf(KafkaTopic topic)
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["cleanup.policy"] = "delete",
                ["retention.ms"] = ((long)TimeSpan.FromHours(options.RetentionHours).TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
                ["retention.bytes"] = "-1",
            };
            if (options.ReplicationFactor >= 3)
            {
                settings["min.insync.replicas"] = "2";
                settings["unclean.leader.election.enable"] = "false";
            }

            return new TopicSpecification
            {
                Name = topic.Name,
                NumPartitions = topic.Partitions,
                ReplicationFactor = (short)(options.ReplicationFactor == 0 ? -1 : options.ReplicationFactor),
                Configs = settings,
            };
        }

        private async Task<Dictionary<string, Dictionary<string, string>>> ReadSettingsAsync(
            IAdminClient admin, ImmutableArray<KafkaTopic> topics, TimeSpan patience, CancellationToken cancellationToken)
        {
            var resources = topics.Select(t => new ConfigResource { Type = ResourceType.Topic, Name = t.Name });
            try
            {
                var read = await FinishAsync(admin.DescribeConfigsAsync(resources, new DescribeConfigsOptions { RequestTimeout = patience }), cancellationToken);
                return read.ToDictionary(
                    r => r.ConfigResource.Name,
                    r => r.Entries.Values.Where(e => e.Value is not null).ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal),
                    StringComparer.Ordinal);
            }
            catch (DescribeConfigsException e) when (e.Results.All(r => !r.Error.IsError || r.Error.Code is ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed))
            {
                logger.TopicDiffers("The settings of the Kafka topics may not be read, so that they are not compared.");
                return topics.ToDictionary(t => t.Name, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
            }
        }
    }
}
