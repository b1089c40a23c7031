using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Platform.Tests.Events;

/// <summary>Events to test with: plain ones, and hostile ones made from a seed.</summary>
internal static class EventSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Pieces =
    [
        "alice", "\0", "\u0001\u001f", "\"", "\\", "/", "\b\t\n\f\r", "\u007f", "\u0080", "\u2028\u2029", "é", "日本語", "😀", "\ud800", "\udc00", "<script>", " ", "",
        "\ue000", "\ufffd", "\ufeff",
    ];

    public static GatewayEvent Decision(string requestId = "req_1") => new()
    {
        Type = EventTypes.Decision,
        Time = Noon,
        Tenant = "mercy",
        RequestId = requestId,
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        Caller = new EventCaller
        {
            PersonId = "k3Jx",
            Issuer = "demo",
            Kind = "person",
            Roles = ["doctor"],
            Scopes = ["chat:write", "medical:write"],
            ClientId = "demo",
            ClientName = "demo",
        },
        Personal = new EventPersonal { UserId = "alice", Subject = "alice-sub", DisplayName = "Dr. Alice Smith" },
        Action = "model.call",
        Route = "chat.completions",
        Operation = "POST /v1/chat/completions",
        Model = "gpt-4-medical",
        Resources = [new ResourceReference { Type = "record", Id = "patient-17" }],
        Decision = new EventDecision { Effect = "allow", RuleIds = ["model:gpt-4-medical"], PolicyRevision = "abc" },
        Limits = new EventLimits
        {
            Effect = "ok",
            Hold = new Hold { Tokens = 1200, CostMicros = 34, ReservedAt = Noon, LeaseEndsAt = Noon.AddMinutes(10) },
            PriceTable = "2026-03",
        },
    };

    public static GatewayEvent Outcome(string requestId = "req_1") => Decision(requestId) with
    {
        Type = EventTypes.Outcome,
        Outcome = EventOutcomes.Completed,
        Status = 200,
        Attempts = [new AttemptUsage { Attempt = 1, Provider = "cloud", Model = "gpt-4-medical", Tokens = new TokenUsage { InputTokens = 9, OutputTokens = 12 }, CostMicros = 5 }],
        Usage = new UsageRecord { InputTokens = 9, OutputTokens = 12, TotalCostMicros = 5, LatencyMicros = 1234, PriceTable = "2026-03" },
    };

    /// <summary>Any event at all: every member there or not, texts of everything that has ever broken a JSON writer.</summary>
    public static GatewayEvent Hostile(int seed, int size = 3)
    {
        var random = new Random(seed);
        return new GatewayEvent
        {
            Type = Text(random, size),
            Time = DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-1L << 40, 1L << 52)),
            Tenant = Text(random, size),
            RequestId = Text(random, size),
            TraceParent = Maybe(random, () => Text(random, size)),
            Modes = new ModuleModes { Limits = (ModuleMode)random.Next(4), Policy = (ModuleMode)random.Next(4), Transform = (ModuleMode)random.Next(4) },
            Degraded = Texts(random, size),
            Caller = Maybe(random, () => new EventCaller
            {
                PersonId = Text(random, size),
                Issuer = Text(random, size),
                Kind = Text(random, size),
                OrgId = Maybe(random, () => Text(random, size)),
                Team = Maybe(random, () => Text(random, size)),
                Roles = Texts(random, size),
                Scopes = Texts(random, size),
                ClientId = Maybe(random, () => Text(random, size)),
                ClientName = Maybe(random, () => Text(random, size)),
                Actor = Maybe(random, () => Text(random, size)),
                Agent = Maybe(random, () => Text(random, size)),
                SessionId = Maybe(random, () => Text(random, size)),
            }),
            Personal = Maybe(random, () => new EventPersonal { UserId = Text(random, size), Subject = Text(random, size), DisplayName = Maybe(random, () => Text(random, size)) }),
            Action = Maybe(random, () => Text(random, size)),
            Route = Maybe(random, () => Text(random, size)),
            Operation = Maybe(random, () => Text(random, size)),
            Model = Maybe(random, () => Text(random, size)),
            Backend = Maybe(random, () => Text(random, size)),
            Mcp = Maybe(random, () => new EventMcp
            {
                Server = Text(random, size),
                Method = Text(random, size),
                Tool = Maybe(random, () => Text(random, size)),
                Prompt = Maybe(random, () => Text(random, size)),
                ProtocolVersion = Maybe(random, () => Text(random, size)),
                IsError = Maybe(random, () => (bool?)(random.Next(2) == 0)),
                ResultTypes = Texts(random, size),
                ResultLabels = Texts(random, size),
            }),
            Resources = List(random, size, () => new ResourceReference { Type = Text(random, size), Id = Text(random, size) }),
            Purpose = Maybe(random, () => Text(random, size)),
            ParentRequestId = Maybe(random, () => Text(random, size)),
            ClientRequestId = Maybe(random, () => Text(random, size)),
            RunId = Maybe(random, () => Text(random, size)),
            Retention = Text(random, size),
            Decision = Maybe(random, () => new EventDecision
            {
                Effect = Text(random, size),
                Reasons = Texts(random, size),
                RuleIds = Texts(random, size),
                PolicyRevision = Maybe(random, () => Text(random, size)),
                Obligations = Texts(random, size),
            }),
            Content = Maybe(random, () => new EventContent
            {
                Status = Text(random, size),
                Types = Texts(random, size),
                Labels = Texts(random, size),
                Risk = random.Next(),
                Unscanned = random.Next(),
                Redactions = random.Next(),
                AnswerMasked = random.Next(2) * random.Next(),
                AnswerRestored = random.Next(2) * random.Next(),
            }),
            Limits = Maybe(random, () => new EventLimits
            {
                Effect = Text(random, size),
                Limit = Maybe(random, () => Text(random, size)),
                PriceTable = Maybe(random, () => Text(random, size)),
                Hold = Maybe(random, () => new Hold { Tokens = Number(random), CostMicros = Number(random), ReservedAt = Noon, LeaseEndsAt = Noon.AddMicroseconds(random.Next()) }),
            }),
            Routing = Maybe(random, () => new RoutingDecision
            {
                Provider = Text(random, size),
                Model = Maybe(random, () => Text(random, size)),
                Region = Maybe(random, () => Text(random, size)),
                Class = Maybe(random, () => Text(random, size)),
                Alias = Maybe(random, () => Text(random, size)),
                Attempts = List(random, size, () => new RoutingAttempt
                {
                    Number = random.Next(),
                    Status = Maybe(random, () => (int?)random.Next()),
                    Error = Maybe(random, () => Text(random, size)),
                    Target = new RouteTarget
                    {
                        Id = Text(random, size),
                        Provider = Text(random, size),
                        Model = Maybe(random, () => Text(random, size)),
                        Region = Maybe(random, () => Text(random, size)),
                        Class = Maybe(random, () => Text(random, size)),
                        MaxOutputTokens = Number(random),
                    },
                }),
            }),
            Attempts = List(random, size, () => new AttemptUsage
            {
                Attempt = random.Next(),
                Provider = Text(random, size),
                Model = Maybe(random, () => Text(random, size)),
                Estimated = random.Next(2) == 0,
                CostMicros = Maybe(random, () => (long?)Number(random)),
                Tokens = Maybe(random, () => new TokenUsage { InputTokens = Number(random), OutputTokens = Number(random), CachedInputTokens = Number(random) }),
            }),
            Usage = Maybe(random, () => new UsageRecord
            {
                InputTokens = Number(random),
                OutputTokens = Number(random),
                CachedInputTokens = Number(random),
                LatencyMicros = Number(random),
                TotalCostMicros = Maybe(random, () => (long?)Number(random)),
                PriceTable = Maybe(random, () => Text(random, size)),
            }),
            ChargedByChild = random.Next(2) == 0,
            Outcome = Maybe(random, () => Text(random, size)),
            Status = Maybe(random, () => (int?)random.Next(-1, int.MaxValue)),
            Reason = Maybe(random, () => Text(random, size)),
            Administration = Maybe(random, () => new EventAdministration
            {
                Operation = Text(random, size),
                Reason = Maybe(random, () => Text(random, size)),
                Before = Maybe(random, () => Text(random, size)),
                After = Maybe(random, () => Text(random, size)),
                Succeeded = random.Next(2) == 0,
                Standing = Maybe(random, () => new EventStanding
                {
                    Measure = Text(random, size),
                    Author = Maybe(random, () => Text(random, size)),
                    Subject = new StandingSubject
                    {
                        Tenant = Maybe(random, () => Text(random, size)),
                        Issuer = Maybe(random, () => Text(random, size)),
                        PersonId = Maybe(random, () => Text(random, size)),
                        ClientId = Maybe(random, () => Text(random, size)),
                        SessionId = Maybe(random, () => Text(random, size)),
                        SignedInUntil = random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-1L << 40, 1L << 52)),
                        Tool = Maybe(random, () => Text(random, size)),
                        Model = Maybe(random, () => Text(random, size)),
                        Provider = Maybe(random, () => Text(random, size)),
                    },
                    Until = DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-1L << 40, 1L << 52)),
                }),
            }),
            Lost = Maybe(random, () => (long?)Number(random)),
        };
    }

    private static string Text(Random random, int size) => string.Concat(Enumerable.Range(0, random.Next(size + 1)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static ImmutableArray<string> Texts(Random random, int size) => List(random, size, () => Text(random, size));

    private static ImmutableArray<T> List<T>(Random random, int size, Func<T> item) => [.. Enumerable.Range(0, random.Next(size + 1)).Select(_ => item())];

    private static T? Maybe<T>(Random random, Func<T> value) => random.Next(4) == 0 ? default : value();

    private static long Number(Random random) => random.Next(4) switch
    {
        0 => long.MaxValue - random.Next(3),
        1 => random.Next(),
        2 => (1L << 53) + random.Next(-2, 3),
        _ => long.MinValue + random.Next(3),
    };
}
