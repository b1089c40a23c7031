namespace GatewayStack.Limits.Tests.Reservations;

/// <summary>Limits as plainly as they can be said: a list of requests, summed anew at every question. Per user; requests and tokens per minute, tokens and cost per day.</summary>
internal sealed class ReferenceLimits(long requestsPerMinute, long tokensPerMinute, long tokensPerDay, long costPerDay)
{
    public enum Stage
    {
        Open,
        Released,
        Swept,
        Settled,
    }

    public List<Entry> Entries { get; } = [];

    public bool Reserve(Entry entry, Entry? parent)
    {
        var released = parent is { Stage: Stage.Open };
        if (released)
        {
            parent!.Stage = Stage.Released;
        }

        var minute = State(entry.User, entry.At, SameMinute);
        var day = State(entry.User, entry.At, SameDay);
        var fits = Fits(minute.Requests, entry.Counts ? 1 : 0, requestsPerMinute)
            && Fits(minute.Tokens + minute.HeldTokens, entry.HoldTokens, tokensPerMinute)
            && Fits(day.Tokens + day.HeldTokens, entry.HoldTokens, tokensPerDay)
            && Fits(day.Cost + day.HeldCost, entry.HoldCost, costPerDay);
        if (fits)
        {
            Entries.Add(entry);
        }
        else if (released)
        {
            parent!.Stage = Stage.Open;
        }

        return fits;
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var entry in Entries.Where(e => e.Stage == Stage.Open && e.LeaseEnds <= now))
        {
            (entry.Stage, entry.Tokens, entry.Cost) = (Stage.Swept, entry.HoldTokens, entry.HoldCost);
        }
    }

    /// <summary>The process died: whatever has not settled is charged its hold, unless a child has taken it over.</summary>
    public void Interrupt()
    {
        foreach (var entry in Entries.Where(e => e.Stage != Stage.Settled))
        {
            var charged = entry.Stage != Stage.Released;
            (entry.Stage, entry.Tokens, entry.Cost) = (Stage.Settled, charged ? entry.HoldTokens : 0, charged ? entry.HoldCost : 0);
        }
    }

    public Sums State(string user, DateTimeOffset at, Func<DateTimeOffset, DateTimeOffset, bool> sameWindow)
    {
        var inWindow = Entries.Where(e => e.User == user && sameWindow(e.At, at)).ToList();
        var open = inWindow.Where(e => e.Stage == Stage.Open).ToList();
        return new Sums(
            inWindow.Count(e => e.Counts),
            inWindow.Sum(e => e.Tokens),
            inWindow.Sum(e => e.Cost),
            open.Sum(e => e.HoldTokens),
            open.Sum(e => e.HoldCost));
    }

    public static bool SameMinute(DateTimeOffset a, DateTimeOffset b) => SameDay(a, b) && a.Hour == b.Hour && a.Minute == b.Minute;

    public static bool SameDay(DateTimeOffset a, DateTimeOffset b) => a.UtcDateTime.Date == b.UtcDateTime.Date;

    private static bool Fits(long spent, long asked, long limit) => asked == 0 || spent + asked <= limit;

    internal sealed record Sums(long Requests, long Tokens, long Cost, long HeldTokens, long HeldCost);

    internal sealed class Entry
    {
        public required string Id { get; init; }

        public required string User { get; init; }

        public required DateTimeOffset At { get; init; }

        public required DateTimeOffset LeaseEnds { get; init; }

        public required long HoldTokens { get; init; }

        public required long HoldCost { get; init; }

        public required bool Counts { get; init; }

        public Stage Stage { get; set; }

        public long Tokens { get; set; }

        public long Cost { get; set; }
    }
}
