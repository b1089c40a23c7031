namespace GatewayStack.Router.Recording;

/// <summary>Lets twenty failed sign-ins a second onto the record, and counts the rest into the next one: a sender without a token must not fill the disk.</summary>
internal sealed class FailedSignIns(TimeProvider time)
{
    private const int PerSecond = 20;

    private readonly Lock _gate = new();
    private long _second;
    private int _taken;
    private long _suppressed;

    /// <param name="suppressed">How many were kept off the record since the last one that was not.</param>
    public bool TryTake(out long suppressed)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            if (now != _second)
            {
                (_second, _taken) = (now, 0);
            }

            if (_taken >= PerSecond)
            {
                suppressed = ++_suppressed;
                return false;
            }

            _taken++;
            (suppressed, _suppressed) = (_suppressed, 0);
            return true;
        }
    }
}
