using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary><c>docs/reference/events.md</c> names what the writer writes.</summary>
public class EventsPageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static DocPage Page { get; } = DocPage.Read("docs/reference/events.md");

    [Fact]
    public void The_envelope_is_what_the_writer_writes()
    {
        using var written = JsonDocument.Parse(Write(Full));
        Names(written.RootElement).ShouldBe(Documented("Envelope"), ignoreOrder: true);
    }

    [Fact]
    public void The_body_is_what_the_writer_writes()
    {
        using var written = JsonDocument.Parse(Write(Full));
        using var cut = JsonDocument.Parse(Write(Full with { Purpose = new string('x', EventWriter.MaxBytes) }));
        var names = Names(written.RootElement.GetProperty("body")).Union(Names(cut.RootElement.GetProperty("body")), StringComparer.Ordinal);
        names.ShouldBe(Documented("Body"), ignoreOrder: true);
    }

    [Theory]
    [InlineData("administration")]
    [InlineData("caller")]
    [InlineData("content")]
    [InlineData("decision")]
    [InlineData("limits")]
    [InlineData("mcp")]
    [InlineData("usage")]
    public void Parts_of_the_body_are_what_the_writer_writes(string part)
    {
        using var written = JsonDocument.Parse(Write(Full));
        var cell = Page.Rows(h => h == "Body").Single(r => r.Code(0) == part).Cells[1];
        foreach (var name in Names(written.RootElement.GetProperty("body").GetProperty(part)))
        {
            cell.ShouldContain($"`{name}`");
        }

        var row = Page.Rows(h => h == "Body").Single(r => r.Code(0) == part);
        row.Codes(1).Except(AllNames(written.RootElement.GetProperty("body").GetProperty(part)), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Types_and_outcomes_are_those_of_the_code()
    {
        Page.Rows(h => h == "Envelope").Single(r => r.Code(0) == "type").Codes(1).ShouldBe(Constants(typeof(EventTypes)), ignoreOrder: true);
        Page.Rows(h => h == "Body").Single(r => r.Code(0) == "outcome").Codes(1).ShouldBe(Constants(typeof(EventOutcomes)), ignoreOrder: true);
    }

    private static IEnumerable<string> Documented(string heading) => Page.Rows(h => h == heading).Select(r => r.Code(0));

    private static IEnumerable<string> Constants(Type type) => type.GetFields().Select(f => (string)f.GetRawConstantValue()!);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(m => m.Name);

    private static IEnumerable<string> AllNames(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(m => AllNames(m.Value).Prepend(m.Name))
        : [];

    private static byte[] Write(GatewayEvent gatewayEvent)
    {
        var secret = new DataKey { KeyId = "root-1", Purpose = DataKeyPurposes.EventPersonal, Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)] };
        using var key = new EventKey(secret);
        return EventWriter.Write(gatewayEvent, new EventPosition { Producer = "p", Epoch = 1, Sequence = 1 }, key);
    }

    private static EventStanding Standing => new()
    {
        Measure = "m",
        Author = "issuer:i",
        Subject = new StandingSubject
        {
            Tenant = "t",
            Issuer = "i",
            PersonId = "p",
            ClientId = "c",
            SessionId = "s",
            SignedInUntil = Noon,
            Tool = "s/t",
            Model = "m",
            Provider = "p",
        },
        Until = Noon,
    };

    // One event with everything in it, though no real one has.
    private static GatewayEvent Full => new()
    {
        Type = EventTypes.Outcome,
        Time = Noon,
        Tenant = "t",
        RequestId = "r",
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        Degraded = ["limits"],
        Caller = new EventCaller
        {
            PersonId = "p",
            Issuer = "i",
            Kind = "person",
            OrgId = "o",
            Team = "t",
            Plan = "gold",
            Roles = ["r"],
            Scopes = ["s"],
            ClientId = "c",
            ClientName = "n",
            Actor = "a",
            Agent = "g",
            SessionId = "s",
        },
        Personal = new EventPersonal { UserId = "u", Subject = "s", DisplayName = "d" },
        Action = "model.call",
        Route = "chat.completions",
        Operation = "POST /v1/chat/completions",
        Model = "m",
        Backend = "b",
        Mcp = new EventMcp
        {
            Server = "s",
            Method = "tools/call",
            Tool = "t",
            Prompt = "p",
            ProtocolVersion = "v",
            IsError = true,
            ResultTypes = ["EMAIL"],
            ResultLabels = ["sensitive"],
        },
        Resources = [new ResourceReference { Type = "record", Id = "1" }],
        Purpose = "p",
        ParentRequestId = "q",
        ClientRequestId = "c",
        RunId = "run",
        Decision = new EventDecision { Effect = "modify", Reasons = ["x"], RuleIds = ["y"], PolicyRevision = "z", Obligations = ["redact:EMAIL"] },
        Content = new EventContent { Status = "complete", Types = ["EMAIL"], Labels = ["financial"], Risk = 1, Unscanned = 1, Redactions = 1, AnswerMasked = 1, AnswerRestored = 1 },
        Limits = new EventLimits
        {
            Effect = "ok",
            Limit = "l",
            Hold = new Hold { Tokens = 1, CostMicros = 1, ReservedAt = Noon, LeaseEndsAt = Noon },
            PriceTable = "t",
        },
        Routing = new RoutingDecision { Provider = "p", Attempts = [new RoutingAttempt { Number = 1, Target = new RouteTarget { Id = "0", Provider = "p" } }] },
        Attempts =
        [
            new AttemptUsage { Attempt = 1, Provider = "p", Tokens = new TokenUsage { InputTokens = 1, OutputTokens = 1 }, Estimated = true, CostMicros = 1 },
        ],
        Usage = new UsageRecord { InputTokens = 1, OutputTokens = 1, TotalCostMicros = 1, LatencyMicros = 1, PriceTable = "t" },
        ChargedByChild = true,
        Outcome = EventOutcomes.Completed,
        Status = 200,
        Reason = "r",
        Administration = new EventAdministration { Operation = "o", Reason = "r", Before = "b", After = "a", Succeeded = true, Standing = Standing },
        Lost = 1,
    };
}
