using System.Diagnostics;

namespace GatewayStack.Events.Kafka;

/// <summary>Spans of the transport: each event's way over the log belongs to the trace of its request.</summary>
internal static class KafkaTracing
{
    public const string SourceName = "GatewayStack.Events.Kafka";

    // Links cost bytes at every hop of the exporter; a batch may have thousands of traces.
    private const int MostTraces = 100;

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of an event that is sent; null where its request is not traced.</summary>
    public static Activity? Send(string topic, string? traceParent)
    {
        if (!Source.HasListeners() || !ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent))
        {
            return null;
        }

        var activity = Source.CreateActivity($"send {topic}", ActivityKind.Producer, parent);
        if (activity is not null)
        {
            // It must not become the current one of whoever ships: the next event belongs to another request.
            var current = Activity.Current;
            activity.SetTag("messaging.system", "kafka").SetTag("messaging.operation.type", "send").SetTag("messaging.destination.name", topic).Start();
            Activity.Current = current;
        }

        return activity;
    }

    /// <summary>Begins the spans of a batch: one in the trace of each request in it. The first is the current one, and has the store's own spans.</summary>
    public static BatchSpans Process(string consumer, string topic, int messages, IEnumerable<string> traceParents)
    {
        var spans = new List<Activity>();
        if (Source.HasListeners())
        {
            var traces = new HashSet<ActivityTraceId>();
            foreach (var traceParent in traceParents)
            {
                if (!ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent) || !traces.Add(parent.TraceId))
                {
                    continue;
                }

                IEnumerable<ActivityLink>? links = spans.Count > 0 ? [new ActivityLink(spans[0].Context)] : null;
                if (Source.CreateActivity($"process {topic}", ActivityKind.Consumer, parent, links: links) is { } activity)
                {
                    spans.Add(activity);
                    activity.SetTag("messaging.system", "kafka").SetTag("messaging.operation.type", "process").SetTag("messaging.destination.name", topic)
                        .SetTag("messaging.consumer.group.name", consumer).SetTag("messaging.batch.message_count", messages).Start();
                }

                if (traces.Count == MostTraces)
                {
                    break;
                }
            }

            Activity.Current = spans.Count > 0 ? spans[0] : null;
        }

        return new BatchSpans(spans);
    }
}

/// <summary>The spans of one batch; they end together.</summary>
internal readonly struct BatchSpans(List<Activity> spans) : IDisposable
{
    public void Failed(string reason) => spans.ForEach(s => s.SetStatus(ActivityStatusCode.Error, reason));

    public void Dispose()
    {
        foreach (var span in spans)
        {
            span.Dispose();
        }
    }
}
