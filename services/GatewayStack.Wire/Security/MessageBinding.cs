using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GatewayStack.Wire.Security;

/// <summary>
/// Binds what a message says about a person to what their assertion says: whoever it names must be the same, and what else it says of
/// them is replaced by what Identity vouched for. Works on any message, by its descriptor: one that is added tomorrow is bound too.
/// </summary>
internal sealed class MessageBinding
{
    private readonly ConcurrentDictionary<MessageDescriptor, Plan> _plans = new();

    /// <summary>Binds a message.</summary>
    /// <returns>What contradicts the assertion, or null.</returns>
    public string? Bind(IMessage message, VerifiedPerson person)
    {
        var plan = PlanOf(message.Descriptor);
        foreach (var field in plan.Identities)
        {
            if (field.Accessor.GetValue(message) is not Common.V1.CallerIdentity said)
            {
                continue;
            }

            if (said.PersonId != person.Identity.PersonId || said.Tenant != person.Identity.Tenant)
            {
                return "identity_differs";
            }

            field.Accessor.SetValue(message, person.Message);
        }

        if (plan.Tenants.Any(f => (string)f.Accessor.GetValue(message) != person.Identity.Tenant))
        {
            return "tenant_differs";
        }

        // Who may be left out and is, is nobody else.
        if (plan.Persons.Any(f => !(f.HasPresence && !f.Accessor.HasValue(message)) && (string)f.Accessor.GetValue(message) != person.Identity.PersonId))
        {
            return "person_differs";
        }

        foreach (var part in plan.Parts.SelectMany(f => PartsOf(f, message)))
        {
            if (Bind(part, person) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>True where a message of this kind can say who it is about.</summary>
    public bool Concerns(MessageDescriptor descriptor) => PlanOf(descriptor).Any;

    private Plan PlanOf(MessageDescriptor descriptor) => _plans.GetOrAdd(descriptor, static d => Make(d, []));

    private static Plan Make(MessageDescriptor descriptor, ImmutableHashSet<MessageDescriptor> above)
    {
        var inside = above.Add(descriptor);
        var fields = descriptor.Fields.InDeclarationOrder();
        var messages = fields.Where(f => f.FieldType == FieldType.Message && !f.IsMap).ToList();
        return new Plan(
            [.. messages.Where(f => IsIdentity(f) && !f.IsRepeated)],
            [.. fields.Where(f => IsText(f, "tenant"))],
            [.. fields.Where(f => IsText(f, "person_id"))],
            [.. messages.Where(f => !IsIdentity(f) && !inside.Contains(f.MessageType) && Make(f.MessageType, inside).Any)]);
    }

    private static bool IsIdentity(FieldDescriptor field) => field.MessageType.FullName == Common.V1.CallerIdentity.Descriptor.FullName;

    private static bool IsText(FieldDescriptor field, string name) => field is { FieldType: FieldType.String, IsRepeated: false } && field.Name == name;

    private static IEnumerable<IMessage> PartsOf(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        IList list => list.OfType<IMessage>(),
        IMessage part => [part],
        _ => [],
    };

    private sealed record Plan(ImmutableArray<FieldDescriptor> Identities, ImmutableArray<FieldDescriptor> Tenants, ImmutableArray<FieldDescriptor> Persons,
        ImmutableArray<FieldDescriptor> Parts)
    {
        public bool Any => !(Identities.IsEmpty && Tenants.IsEmpty && Persons.IsEmpty && Parts.IsEmpty);
    }
}
