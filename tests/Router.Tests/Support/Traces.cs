using System.Diagnostics;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Spans of one trace. Whoever listens in a process hears all that somebody in it records: the tests beside, too.</summary>
internal static class Traces
{
    /// <summary>Has the spans of a trace recorded until it is disposed, and those of no other.</summary>
    /// <param name="trace">The trace's id.</param>
    /// <param name="ended">Called for each of them that ended.</param>
    /// <param name="sources">Whose; of all, unless said.</param>
    public static ActivityListener Listen(string trace, Action<Activity>? ended = null, params IReadOnlyCollection<string> sources)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Count == 0 || sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId.ToHexString() == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == trace)
                {
                    ended?.Invoke(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
