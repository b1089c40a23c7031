namespace GatewayStack.Router.Modules;

/// <summary>Counts calls and failures of the last while, and whose they were. Not safe for concurrent use.</summary>
internal sealed class FailureWindow
{
    /// <summary>A breaker opens on the failures of so many people at least.</summary>
    public const int FewestPeople = 3;

    // Enough to see that there are several people; who comes later adds nothing.
    private const int MostPeople = 1024;

    private Half _current = new(TimeSpan.Zero);
    private Half _previous = new(TimeSpan.Zero);

    public void Answered(TimeSpan now, TimeSpan sampling)
    {
        Turn(now, sampling);
        _current.Calls++;
    }

    public void Failed(string sender, TimeSpan now, TimeSpan sampling)
    {
        Turn(now, sampling);
        _current.Calls++;
        if (_current.Failures.Count < MostPeople || _current.Failures.ContainsKey(sender))
        {
            _current.Failures[sender] = _current.Failures.GetValueOrDefault(sender) + 1;
        }
    }

    /// <summary>True when the module is at fault. The worst sender's failures do not count: what is left must say so by itself.</summary>
    public bool Says(double failureRatio, int minimumThroughput)
    {
        var failures = new Dictionary<string, int>(_current.Failures, StringComparer.Ordinal);
        foreach (var (sender, count) in _previous.Failures)
        {
            failures[sender] = failures.GetValueOrDefault(sender) + count;
        }

        var calls = _current.Calls + _previous.Calls;
        if (failures.Count < FewestPeople || calls < minimumThroughput)
        {
            return false;
        }

        var worst = failures.Values.Max();
        return failures.Values.Sum() - worst >= failureRatio * (calls - worst);
    }

    public void Clear() => (_current, _previous) = (new Half(_current.Since), new Half(_current.Since));

    private void Turn(TimeSpan now, TimeSpan sampling)
    {
        if (now - _current.Since < sampling / 2)
        {
            return;
        }

        _previous = now - _current.Since < sampling ? _current : new Half(now);
        _current = new Half(now);
    }

    /// <summary>Half of the sampling time.</summary>
    private sealed class Half(TimeSpan since)
    {
        public TimeSpan Since => since;

        public long Calls { get; set; }

        public Dictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);
    }
}
