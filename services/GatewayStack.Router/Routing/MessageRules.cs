using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayStack.Router.Routing;

/// <summary>What becomes of a message whose role is denied; the stricter the greater.</summary>
internal enum RoleAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is reported.</summary>
    Report,

    /// <summary>It is taken out.</summary>
    Remove,

    /// <summary>The request is refused.</summary>
    Refuse,
}

/// <summary>A row about roles.</summary>
/// <param name="Deny">The roles.</param>
/// <param name="Action">What becomes of their messages.</param>
/// <param name="Tenants">The tenants; empty for all.</param>
internal sealed record RoleRow(ImmutableArray<string> Deny, RoleAction Action, ImmutableArray<string> Tenants);

/// <summary>A row with a system prompt.</summary>
/// <param name="Text">The prompt.</param>
/// <param name="Tenants">The tenants; empty for all.</param>
internal sealed record SystemPromptRow(string Text, ImmutableArray<string> Tenants);

/// <summary>What is done with the messages of a conversation, by tenant.</summary>
internal sealed class MessageRules
{
    private const string Between = "\n\n";

    private readonly FrozenDictionary<string, RoleAction> _roles;
    private readonly FrozenDictionary<string, FrozenDictionary<string, RoleAction>> _rolesOfTenants;
    private readonly string? _prompt;
    private readonly FrozenDictionary<string, string?> _promptsOfTenants;

    public MessageRules(IReadOnlyCollection<RoleRow> roles, IReadOnlyCollection<SystemPromptRow> prompts)
    {
        _roles = Roles(roles.Where(r => r.Tenants.IsEmpty));
        _rolesOfTenants = roles.SelectMany(r => r.Tenants).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(t => t, t => Roles(roles.Where(r => r.Tenants.Contains(t, StringComparer.Ordinal))), StringComparer.Ordinal);
        _prompt = Join(prompts.Where(p => p.Tenants.IsEmpty).Select(p => p.Text));
        _promptsOfTenants = prompts.SelectMany(p => p.Tenants).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(t => t, t => Join(prompts.Where(p => p.Tenants.Contains(t, StringComparer.Ordinal)).Select(p => p.Text)), StringComparer.Ordinal);
    }

    public static MessageRules None { get; } = new([], []);

    /// <summary>The denied roles of a tenant; in any case of letters.</summary>
    public IReadOnlyDictionary<string, RoleAction> RolesOf(string tenant) => _rolesOfTenants.GetValueOrDefault(tenant, _roles);

    /// <summary>What is put before the messages of a tenant for a model: the tenant's prompts, then the model's; null for nothing.</summary>
    public string? PromptFor(string tenant, string? ofModel)
    {
        var ofTenant = _promptsOfTenants.GetValueOrDefault(tenant, _prompt);
        return ofTenant is null ? ofModel : ofModel is null ? ofTenant : ofTenant + Between + ofModel;
    }

    private static FrozenDictionary<string, RoleAction> Roles(IEnumerable<RoleRow> rows) => rows
        .SelectMany(r => r.Deny.Select(role => (Role: role, r.Action)))
        .GroupBy(r => r.Role, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(g => g.Key, g => g.Max(r => r.Action), StringComparer.OrdinalIgnoreCase);

    private static string? Join(IEnumerable<string> texts) => string.Join(Between, texts) is { Length: > 0 } joined ? joined : null;
}
