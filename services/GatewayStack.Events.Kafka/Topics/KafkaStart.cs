using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Events.Kafka.Topics;

/// <summary>Looks at the topics before the host starts, so that wrong ones stop it. Brokers that are away do not: requests are served, and events wait in the spool.</summary>
internal sealed class KafkaStart(KafkaTopics topics, KafkaConnection connection, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await topics.EnsureAsync(either.Token);
        }
        catch (KafkaException e)
        {
            connection.Lost(e.Error.Reason);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            connection.Lost("no answer");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
