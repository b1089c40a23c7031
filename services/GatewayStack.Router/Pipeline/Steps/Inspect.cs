using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline.Messages;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>What is in it? Finds and labels; changes nothing.</summary>
internal sealed class Inspect(ITransformModule transform, StageInvoker stages, RouterSnapshotStore settings, RouterMetrics metrics, ILogger<Inspect> logger) : IPipelineStep
{
    private static readonly ContentMetadata Off = new() { Status = ContentStatus.Off };
    private static readonly ContentMetadata Unavailable = new() { Status = ContentStatus.Unavailable };

    /// <summary>Documents are read in two seconds at most, which is the time of as much text.</summary>
    private const int SizeOfReading = 1000 * 1024;

    public string Name => "inspect";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Mcp is null && await ReadAsync(exchange, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var result = await InspectAsync(exchange, cancellationToken);
        MessageGate.Report(exchange);
        return result;
    }

    private async ValueTask<Refusal?> InspectAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var context = exchange.Context;
        if (exchange.Mcp is { } mcp && context.Modes.Transform != ModuleMode.Off && mcp.Server.Treatment != ContentTreatment.Off && context.Content.IsEmpty
            && exchange.Unscanned.IsEmpty)
        {
            // A message without texts has nothing in it, which is something else than not having been looked at.
            context.Metadata = ContentMetadata.Clean;
            return null;
        }

        if (context.Modes.Transform == ModuleMode.Off || exchange.Treatment == ContentTreatment.Off)
        {
            context.Metadata = Off;
            return null;
        }

        var request = new InspectionRequest
        {
            RequestId = context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            PersonId = context.Identity?.PersonId,
            Segments = context.Content,
            Unscanned = exchange.Unscanned,
            Attachments = exchange.Attachments,
        };
        var size = exchange.Body.Length + (request.Attachments.IsEmpty ? 0 : SizeOfReading);
        var (call, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Transform, Name, size), (transform, request), static (s, ct) => s.transform.InspectAsync(s.request, ct), cancellationToken);
        return call == StageCall.Answered ? Judge(exchange, result!) : WithoutAnswer(exchange, call);
    }

    private Refusal? WithoutAnswer(Exchange exchange, StageCall call)
    {
        var observes = exchange.Context.Modes.Transform == ModuleMode.Observe;
        if (call != StageCall.NeverReached && !observes)
        {
            return Refusal.Of(Name, call);
        }

        exchange.Context.Metadata = Unavailable;
        exchange.Degrade(ModuleNames.Transform, metrics);
        if (observes)
        {
            logger.ObservedWithout(exchange.Context.RequestId, ModuleNames.Transform);
            return null;
        }

        return settings.Options.OnUnavailable.Transform == "allow" ? null : Refusal.Of(Name, call);
    }

    private Refusal? Judge(Exchange exchange, InspectionResult result)
    {
        exchange.Inspection = result;
        exchange.Context.Metadata = result.Metadata;
        if (result.Status == InspectionStatus.Inspected)
        {
            exchange.Context.NewMetadata = exchange.Chat is { AnsweredMessages: > 0 } chat ? NewTurns.Facts(chat, result) : null;
            return null;
        }

        if (exchange.Context.Modes.Transform == ModuleMode.Observe)
        {
            logger.OnlyObserved(exchange.Context.RequestId, "transform", "content_not_scannable");
            exchange.Context.Metadata = Unavailable;
            exchange.Inspection = null;
            return null;
        }

        return ContentRefusals.NotInspected(result.Reason);
    }

    private static string? RefusedMember(Exchange exchange)
    {
        var refused = (exchange.Model?.Targets ?? []).Select(t => t.Provider.RefusedMembers).Where(m => m.Count > 0).ToList();
        return refused.Count == 0 ? null : exchange.Chat!.Root.EnumerateObject().Select(m => m.Name).FirstOrDefault(n => refused.Any(r => r.Contains(n)));
    }

    private static async ValueTask<Refusal?> ReadAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var request = exchange.Http.Request;
        if (exchange.Backend is { } backend)
        {
            return await BackendContentReader.ReadAsync(exchange, backend, cancellationToken);
        }

        (exchange.Body, var refusal) = await BodyReader.ReadJsonAsync(request, exchange.Snapshot.MaxBodyBytes, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (ChatRequestReader.TryRead(exchange.Body, out var chat, cancellationToken) is { } wrong)
        {
            return Refusal.BadRequest("invalid_request", wrong.Message, wrong.Param);
        }

        exchange.Chat = chat;
        exchange.Context.ModelRequest = chat!.Model;
        exchange.Model = exchange.Snapshot.Models.GetValueOrDefault(chat.Model.Model);
        exchange.Treatment = exchange.Model?.Treatment ?? ContentTreatment.Detect;
        if (RefusedMember(exchange) is { } member)
        {
            return Refusal.BadRequest("invalid_request", $"'{member}' may not be sent to this model.", member);
        }

        if (MessageGate.Judge(exchange) is { } notAllowed)
        {
            return notAllowed;
        }

        exchange.Context.Content = exchange.Chat!.Segments;
        return null;
    }
}
