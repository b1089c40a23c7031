namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>One kind of fault: how it begins and ends, and what must hold of the requests that were sent and answered while it lasted.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Begin">Begins it; is given the number of the round.</param>
/// <param name="End">Ends it.</param>
internal sealed record Fault(string Name, Func<int, Task> Begin, Func<int, Task> End)
{
    /// <summary>Something that is asked while it lasts, beside the load.</summary>
    public Func<Task>? Asks { get; init; }

    public TimeSpan Lasts { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The design's row.</summary>
    public Func<Sent, bool> Row { get; init; } = Rows.MayRefuse;

    /// <summary>The mark that some request must carry; null where none needs to.</summary>
    public string? Marks { get; init; }

    /// <summary>True where some request must be refused.</summary>
    public bool Refuses { get; init; }

    /// <summary>True where every request is answered, also before and after.</summary>
    public bool NobodyNotices { get; init; }

    /// <summary>True where it stands beside the answers' path.</summary>
    public bool GoesOn => NobodyNotices || Row == Rows.GoOn;

    /// <summary>True where the answer to a reservation may be lost.</summary>
    public bool MayHold => !GoesOn;

    /// <summary>True where requests that were under way may end without an answer.</summary>
    public bool MayBreakOff { get; init; }

    /// <summary>True for a load that is sent again where it could not be handed over.</summary>
    public bool BehindBalancer { get; init; }
}

/// <summary>What a request may come to while something is away: the rows of the design's table.</summary>
internal static class Rows
{
    /// <summary>Slow or half away: it answers or refuses, and goes on without something only where that may be.</summary>
    public static bool MayRefuse(Sent sent) => sent.Status is 503 || (sent.Status is 200 && sent.Degraded is "" or "transform" or "limits" or "transform,limits") || (sent.Status is 403 && sent.Degraded.Contains("transform", StringComparison.Ordinal));

    /// <summary>Identity or Policy is away: nobody is let through.</summary>
    public static bool Deny(Sent sent) => sent.Status == 503;

    /// <summary>Transform is away: on with a warning; where a rule asks about the content, no. What was under way when it went is refused.</summary>
    public static bool GoOnUnseen(Sent sent) => sent.Ask switch
    {
        Ask.List => sent.Status == 200,
        Ask.Judged => sent.Status is 403 or 503,
        _ => sent.Status == 503 || (sent.Status == 200 && sent.Degraded == "transform"),
    };

    /// <summary>Limits are away: a few go on with a warning, the rest are refused.</summary>
    public static bool GoOnCapped(Sent sent) => sent.Ask == Ask.List ? sent.Status == 200 : sent.Status == 503 || (sent.Status == 200 && sent.Degraded == "limits");

    /// <summary>Limits may be away for some.</summary>
    public static bool MayBeCapped(Sent sent) => sent.Status == 503 || (sent.Status == 200 && sent.Degraded is "" or "limits");

    /// <summary>It stands beside the answers' path.</summary>
    public static bool GoOn(Sent sent) => sent.Status == 200 && sent.Degraded.Length == 0;
}
