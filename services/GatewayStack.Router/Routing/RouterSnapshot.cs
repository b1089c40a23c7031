using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Servers;

namespace GatewayStack.Router.Routing;

/// <summary>Providers, models and backends of one moment: validated, immutable. A request keeps the one it started with.</summary>
internal sealed record RouterSnapshot
{
    public required FrozenDictionary<string, Provider> Providers { get; init; }

    public required FrozenDictionary<string, ModelRoute> Models { get; init; }

    /// <summary>Model names in the order of the configuration, for lists.</summary>
    public required ImmutableArray<string> ModelNames { get; init; }

    public required FrozenDictionary<string, Backend> Backends { get; init; }

    public required FrozenDictionary<string, McpServer> McpServers { get; init; }

    /// <summary>What holds for the content of all routes.</summary>
    public ContentTreatments Content { get; init; } = ContentTreatments.None;

    public MessageRules Messages { get; init; } = MessageRules.None;

    /// <summary>Types and labels in rows that nothing built in finds: rows of the operator's must, and whether they do is not known here.</summary>
    public ImmutableArray<string> UnfoundNames { get; init; } = [];

    public required long MaxBodyBytes { get; init; }

    public required bool EndUserIsUserId { get; init; }
}

internal sealed record Provider
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required Uri BaseUrl { get; init; }

    /// <summary>Where chat completions are asked for.</summary>
    public Uri ChatUrl => field ??= new Uri(BaseUrl, "chat/completions");

    public string? ApiKey { get; init; }

    public required FrozenDictionary<string, string> TenantKeys { get; init; }

    public string? Region { get; init; }

    public string? Class { get; init; }

    /// <summary>Members of a chat request that it must not be sent, in any case.</summary>
    public FrozenSet<string> RefusedMembers { get; init; } = FrozenSet<string>.Empty;

    public required TimeSpan Timeout { get; init; }

    /// <summary>The tenant's own key, or the common one; never another tenant's.</summary>
    public string? KeyFor(string tenant) => TenantKeys.TryGetValue(tenant, out var own) ? own : ApiKey;

    public override string ToString() => $"Provider {Name}";
}

internal sealed record ModelRoute
{
    public required string Name { get; init; }

    public required ContentTreatment Treatment { get; init; }

    public ContentTreatments Content { get; init; } = ContentTreatments.None;

    /// <summary>What is put before the messages of clients.</summary>
    public string? SystemPrompt { get; init; }

    public required ImmutableArray<ModelTarget> Targets { get; init; }
}

internal sealed record ModelTarget
{
    public required string Id { get; init; }

    public required Provider Provider { get; init; }

    public required string Model { get; init; }

    public required int MaxOutputTokens { get; init; }

    public required string MaxTokensMember { get; init; }
}

internal sealed record Backend
{
    public required string Name { get; init; }

    public required Uri BaseUrl { get; init; }

    public required ImmutableArray<string> Hosts { get; init; }

    public string? PathPrefix { get; init; }

    public required string Audience { get; init; }

    public string? Credential { get; init; }

    /// <summary>Which token of the person's own the backend gets in its place.</summary>
    public TokenExchange? TokenExchange { get; init; }

    public string? CallerCredential { get; init; }

    public required ContentTreatment Treatment { get; init; }

    public ContentTreatments Content { get; init; } = ContentTreatments.None;

    public JsonPath? ModelPointer { get; init; }

    public required ImmutableArray<JsonPath> ContentPointers { get; init; }

    public required ImmutableArray<PathTemplate> PathTemplates { get; init; }

    public required ImmutableArray<ResourcePointer> ResourcePointers { get; init; }

    public JsonPath? InputTokensPointer { get; init; }

    public JsonPath? OutputTokensPointer { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>True when its answers state what they used.</summary>
    public bool StatesUsage => InputTokensPointer is not null || OutputTokensPointer is not null;

    /// <summary>True when requests carry content that is decided on.</summary>
    public bool CarriesContent => ModelPointer is not null || ContentPointers.Length > 0 || ResourcePointers.Length > 0;

    public override string ToString() => $"Backend {Name}";
}

internal sealed record ResourcePointer(string Type, JsonPath Pointer);
