using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>Takes what a server answered through Transform: finds and labels it, and takes out what the route or the decision says.</summary>
internal sealed class ResultContent(ITransformModule transform, StageInvoker stages, RouterSnapshotStore settings, RouterMetrics metrics)
{
    private const string HiddenCharacters = ContentLabels.HiddenCharacters;

    /// <summary>Members of a server's answer that tell a model what it has and how that is used.</summary>
    private static readonly FrozenSet<string> SaidOfItself = FrozenSet.Create(StringComparer.Ordinal, "tools", "prompts", "resources", "resourceTemplates", "instructions");

    /// <summary>Why Transform refuses a text by rules that the operator set: they hold for results as for requests.</summary>
    private static readonly FrozenSet<string> OwnRules = FrozenSet.Create(StringComparer.Ordinal, HiddenCharacters, "hidden_not_removable", "part_too_long");

    public async ValueTask<ServerMessage> TreatErrorAsync(Exchange exchange, McpCall call, McpMessage message, BodySplices splices, CancellationToken cancellationToken)
    {
        call.Outcome.IsError ??= call.IsToolCall ? true : null;
        var collector = new SegmentCollector { Cancellation = cancellationToken };
        if (message.Root.TryGetProperty("error", out var error))
        {
            ResultWalker.Walk(collector, error, "/error");
        }

        return await TreatAsync(exchange, call, message, collector, splices, cancellationToken) ?? new ServerMessage(AnswerKind.Answer, splices.Apply(message.Bytes));
    }

    /// <summary>Treats a result; <paramref name="splices"/> has the changes that were made already.</summary>
    public async ValueTask<ServerMessage> TreatAsync(
        Exchange exchange, McpCall call, McpMessage message, JsonElement result, BodySplices splices, CancellationToken cancellationToken)
    {
        // What a server is and has is the operator's concern; what it says to a person is looked at, whatever method asked for it.
        var isAboutItself = McpMethods.IsList(call.AnsweredMethod) || call.AnsweredMethod is McpMethods.Initialize or McpMethods.Discover or McpMethods.Ping;
        if (isAboutItself)
        {
            return await LookAtItselfAsync(exchange, call, message, result, cancellationToken) ?? new ServerMessage(AnswerKind.Answer, splices.Apply(message.Bytes));
        }

        var collector = new SegmentCollector { Cancellation = cancellationToken };
        ResultWalker.Walk(collector, result, "/result");
        return await TreatAsync(exchange, call, message, collector, splices, cancellationToken) ?? new ServerMessage(AnswerKind.Answer, splices.Apply(message.Bytes));
    }

    /// <summary>Treats what a server says beside its answer: notifications, and questions to the client.</summary>
    /// <returns>The message, or null where it must not go on.</returns>
    public async ValueTask<ServerMessage?> TreatAsideAsync(Exchange exchange, McpCall call, McpMessage message, BodySplices splices, CancellationToken cancellationToken)
    {
        var collector = new SegmentCollector { Cancellation = cancellationToken };
        if (message.Params is { } parameters && !message.Method.EndsWith("/list_changed", StringComparison.Ordinal))
        {
            ResultWalker.Walk(collector, parameters, "/params");
        }

        var treated = await TreatAsync(exchange, call, message, collector, splices, cancellationToken);
        return treated is null ? new ServerMessage(AnswerKind.Passed, splices.Apply(message.Bytes)) : null;
    }

    /// <summary>
    /// What a server says of itself goes to a model with every request of its host: whether something hidden is asked for in it is a fact on record. Nothing of it is
    /// changed, and a list is held back only where hidden characters are refused.
    /// </summary>
    private async ValueTask<ServerMessage?> LookAtItselfAsync(Exchange exchange, McpCall call, McpMessage message, JsonElement result, CancellationToken cancellationToken)
    {
        if (exchange.Context.Modes.Transform == ModuleMode.Off || call.Server.Treatment == ContentTreatment.Off)
        {
            return null;
        }

        var collector = new SegmentCollector { Cancellation = cancellationToken };
        foreach (var member in result.EnumerateObject().Where(m => SaidOfItself.Contains(m.Name)))
        {
            collector.Walk(member.Value, "/result/" + member.Name, SegmentOrigin.ToolDefinition, member.Name);
        }

        if (collector.Segments.Count == 0)
        {
            return null;
        }

        var inspection = collector.TooMuch ? null
            : (await InspectAsync(exchange, collector.Segments.ToImmutable(), [], message.Bytes.Length, cancellationToken)).Result;
        if (inspection is not { Status: InspectionStatus.Inspected })
        {
            exchange.Degrade(ModuleNames.Transform, metrics);
            return exchange.Context.Modes.Transform == ModuleMode.Enforce && inspection?.Reason == HiddenCharacters
                ? Withheld("What the server says of itself has hidden characters.", "result_not_inspected")
                : null;
        }

        // What is a person's in it is the server's own business: only what it asks for counts.
        call.Outcome.ResultLabels =
            [.. call.Outcome.ResultLabels.Union(inspection.Segments.SelectMany(s => s.Labels).Select(l => l.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return null;
    }

    /// <returns>What becomes of the message where it is not simply passed on; <paramref name="splices"/> gets the edits.</returns>
    private async ValueTask<ServerMessage?> TreatAsync(Exchange exchange, McpCall call, McpMessage message, SegmentCollector collector, BodySplices splices,
        CancellationToken cancellationToken)
    {
        var demand = RedactionDemand.Of(exchange, exchange.Plan[0], call.Server.Treatment);
        var isEnforced = exchange.Context.Modes.Transform == ModuleMode.Enforce;
        var isOff = exchange.Context.Modes.Transform == ModuleMode.Off || call.Server.Treatment == ContentTreatment.Off;
        if ((collector.Segments.Count == 0 && collector.Unscanned.Count == 0) || (isOff && demand is null))
        {
            return null;
        }

        if (collector.TooMuch)
        {
            exchange.Degrade(ModuleNames.Transform, metrics);
            return demand is null ? null : Withheld("The result has too many texts to be checked.", "result_too_large");
        }

        var (end, inspection) = await InspectAsync(exchange, collector.Segments.ToImmutable(), collector.Unscanned.ToImmutable(), message.Bytes.Length, cancellationToken);
        if (inspection is not { Status: InspectionStatus.Inspected })
        {
            exchange.Degrade(ModuleNames.Transform, metrics);
            return MayPassUnseen(end, demand) && !(isEnforced && OwnRules.Contains(inspection?.Reason ?? string.Empty)) ? null : Withheld("The result could not be checked, and "
                + "may only be passed on checked.", "result_not_inspected");
        }

        call.Outcome.ResultTypes = [.. call.Outcome.ResultTypes.Union(inspection.Metadata.Types, StringComparer.Ordinal)];
        call.Outcome.ResultLabels = [.. call.Outcome.ResultLabels.Union(inspection.Metadata.Labels.Select(l => l.Name), StringComparer.Ordinal)];
        if (demand is not null && collector.Unscanned.Count > 0)
        {
            return Withheld("The result has parts that cannot be checked, such as images.", "result_unscanned");
        }

        var mustEdit = isEnforced && inspection.Segments.Any(s => s.MustEdit);
        return mustEdit || (demand is not null && inspection.Findings.Any(demand.Actions.Changes))
            ? await EditAsync(exchange, call, message, collector, inspection, demand ?? RedactionDemand.OnlyItsOwn, splices, cancellationToken)
            : null;
    }

    /// <summary>
    /// Where nothing would be changed, not having looked opens nothing. Anywhere else a fault of ours may be let through, by the setting, and never one that the result itself
    /// can cause.
    /// </summary>
    private bool MayPassUnseen(StageCall end, RedactionDemand? demand) =>
        settings.Options.OnUnavailable.Transform == "allow" && (demand is null || (end == StageCall.NeverReached && !demand.IsDemanded));

    private async ValueTask<(StageCall End, InspectionResult? Result)> InspectAsync(
        Exchange exchange, ImmutableArray<ContentSegment> segments, ImmutableArray<UnscannedPart> unscanned, int bytes, CancellationToken cancellationToken)
    {
        var request = new InspectionRequest
        {
            RequestId = exchange.Context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            PersonId = exchange.Context.Identity?.PersonId,
            Segments = segments,
            Unscanned = unscanned,
        };
        return await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Transform, "inspect", bytes), (transform, request), static (s, ct) => s.transform.InspectAsync(s.request, ct), cancellationToken);
    }

    private async ValueTask<ServerMessage?> EditAsync(
        Exchange exchange, McpCall call, McpMessage message, SegmentCollector collector, InspectionResult inspection, RedactionDemand demand, BodySplices splices,
        CancellationToken cancellationToken)
    {
        if (demand.Blocked(inspection.Findings, collector.Segments) is { IsEmpty: false } known)
        {
            return Blocked(known);
        }

        var touched = inspection.Findings.Select(f => f.SegmentId).Concat(inspection.Segments.Where(s => s.MustEdit).Select(s => s.SegmentId)).ToHashSet();
        var request = new EditRequest
        {
            RequestId = exchange.Context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            Segments = [.. collector.Segments.Where(s => touched.Contains(s.Id))],
            Findings = inspection.Findings,
            Actions = demand.Actions.ToEntries(),
            PersonId = exchange.Context.Identity?.PersonId,
        };
        var (answer, edits) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Transform, "apply", message.Bytes.Length), (transform, request), static (s, ct) => s.transform.ApplyAsync(s.request, ct), cancellationToken);
        if (answer == StageCall.Answered && edits!.Status == EditStatus.Blocked)
        {
            return Blocked(edits.BlockedTypes);
        }

        if (answer != StageCall.Answered || edits!.Status != EditStatus.Applied)
        {
            return answer == StageCall.NeverReached && !demand.IsDemanded && settings.Options.OnUnavailable.Transform == "allow"
                ? null
                : Withheld("The result may only be passed on changed, and the change cannot be made.", "result_not_editable");
        }

        SegmentSplices.Add(splices, message.Bytes.Span, collector.Segments.ToImmutable(), collector.Elements.ToImmutable(), collector.Files, edits.Edits);
        exchange.Redactions += edits.Edits.Length;
        return BreaksSchema(call, splices.Apply(message.Bytes))
            ? Withheld("The result may only be passed on changed, and changed it is not what the tool promises.", "result_breaks_schema") : null;
    }

    private static bool BreaksSchema(McpCall call, ReadOnlyMemory<byte> changed)
    {
        if (call.Definition?.Output is not { } schema)
        {
            return false;
        }

        using var document = JsonDocument.Parse(changed);
        return document.RootElement.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out var structured) && !schema.Accepts(structured);
    }

    private static ServerMessage Blocked(ImmutableArray<string> types) => Withheld("The result has data that may not be passed on.", ContentRefusals.Request(types).Reason!);

    private static ServerMessage Withheld(string message, string reason) =>
        new(AnswerKind.Bad, Reason: reason, Refusal: new Refusal { Status = 403, Code = "content_refused", Message = message, Reason = reason });
}
