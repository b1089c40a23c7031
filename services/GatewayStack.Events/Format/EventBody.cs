using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>A body as it was read, its sealed parts still closed.</summary>
internal sealed class EventBody
{
    // What was read is what the writer bound to: cut already, where it was.
    private static readonly EventBounds AsWritten = EventBounds.Steps[0];

    public string? Action { get; set; }

    public EventAdministration? Administration { get; set; }

    public ImmutableArray<AttemptUsage> Attempts { get; set; } = [];

    public string? Backend { get; set; }

    public EventCaller? Caller { get; set; }

    public bool ChargedByChild { get; set; }

    public string? ClientRequestId { get; set; }

    public EventContent? Content { get; set; }

    public EventDecision? Decision { get; set; }

    public EventLimits? Limits { get; set; }

    public long? Lost { get; set; }

    public EventMcp? Mcp { get; set; }

    public string? Model { get; set; }

    public string? Operation { get; set; }

    public string? Outcome { get; set; }

    public string? ParentRequestId { get; set; }

    /// <summary>The member as it stands; null when there are no personal values.</summary>
    public ReadOnlyMemory<byte>? Personal { get; set; }

    public string? Purpose { get; set; }

    public string? Reason { get; set; }

    public ImmutableArray<SealedResource> Resources { get; set; } = [];

    public string? Retention { get; set; }

    public string? Route { get; set; }

    public RoutingDecision? Routing { get; set; }

    public string? RunId { get; set; }

    public int? Status { get; set; }

    public bool Truncated { get; set; }

    public UsageRecord? Usage { get; set; }

    /// <summary>The event; with a key, its sealed parts are opened.</summary>
    public GatewayEvent ToEvent(EventHead head, EventKey? key, OpenedPersons? opened) => new()
    {
        Type = head.Type,
        Time = head.Time,
        Tenant = head.Tenant,
        RequestId = head.RequestId,
        TraceParent = head.TraceParent,
        Modes = head.Modes,
        Degraded = head.Degraded,
        Action = Action,
        Administration = Administration,
        Attempts = Attempts,
        Backend = Backend,
        Caller = Caller,
        ChargedByChild = ChargedByChild,
        ClientRequestId = ClientRequestId,
        Content = Content,
        Decision = Decision,
        Limits = Limits,
        Lost = Lost,
        Mcp = Mcp,
        Model = Model,
        Operation = Operation,
        Outcome = Outcome,
        ParentRequestId = ParentRequestId,
        Personal = key is not null && Personal is { } personal ? OpenPersonal(head, SealedParts.OfObject(personal), key, opened) : null,
        Purpose = Purpose,
        Reason = Reason,
        Resources = OpenResources(head, key),
        Retention = Retention ?? "standard",
        Route = Route,
        Routing = Routing,
        RunId = RunId,
        Status = Status,
        Usage = Usage,
    };

    private EventPersonal? OpenPersonal(EventHead head, ReadOnlyMemory<byte> sealedText, EventKey key, OpenedPersons? opened)
    {
        if (Caller is not { PersonId: var personId })
        {
            return PersonalOf(SealedValues.Open(key, SealedValues.EventContext(head.Type, head.RequestId, "personal", AsWritten), sealedText.Span));
        }

        if (opened?.Find(key.KeyId, head.Tenant, personId, sealedText) is { } known)
        {
            return known;
        }

        var personal = PersonalOf(SealedValues.Open(key, SealedValues.PersonContext(head.Tenant, personId, AsWritten), sealedText.Span));
        if (personal is not null)
        {
            opened?.Keep(key.KeyId, head.Tenant, personId, sealedText, personal);
        }

        return personal;
    }

    private static EventPersonal? PersonalOf(Dictionary<string, string>? values) => values is null
        ? null
        : new EventPersonal { UserId = values["user_id"], Subject = values["subject"], DisplayName = values.GetValueOrDefault("display_name") };

    private ImmutableArray<ResourceReference> OpenResources(EventHead head, EventKey? key)
    {
        if (Resources.IsEmpty)
        {
            return [];
        }

        var resources = ImmutableArray.CreateBuilder<ResourceReference>(Resources.Length);
        for (var i = 0; i < Resources.Length; i++)
        {
            var values = key is not null && Resources[i].Sealed is { } part && SealedParts.OfValue(part) is { } sealedText
                ? SealedValues.Open(key, SealedValues.EventContext(head.Type, head.RequestId, $"resource:{i}", AsWritten), sealedText.Span)
                : null;
            resources.Add(new ResourceReference { Type = Resources[i].Type, Id = values?["id"] ?? string.Empty });
        }

        return resources.MoveToImmutable();
    }
}

/// <summary>A resource whose id is sealed: the member as it stands, null when it was left out.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SealedResource(string Type, ReadOnlyMemory<byte>? Sealed);
