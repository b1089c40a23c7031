using System.Collections.Concurrent;

namespace GatewayStack.Router.Recording;

/// <summary>Which requests under way had a child: a backend that called a model through us, so that the child pays.</summary>
internal sealed class ChildRequests
{
    private readonly ConcurrentDictionary<string, bool> _parents = new(StringComparer.Ordinal);

    /// <summary>A backend is about to work on this request.</summary>
    public void Expect(string requestId) => _parents.TryAdd(requestId, false);

    /// <summary>A child goes on to its model; one whose parent is not under way here changes nothing.</summary>
    public void Arrived(string parentRequestId) => _parents.TryUpdate(parentRequestId, true, false);

    /// <summary>True when a child of this request has gone on.</summary>
    public bool HasArrived(string requestId) => _parents.TryGetValue(requestId, out var arrived) && arrived;

    /// <summary>Ends the wait and says whether a child came.</summary>
    public bool Claim(string requestId) => _parents.TryRemove(requestId, out var arrived) && arrived;
}
