using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Routing;

/// <summary>Settings of the front door and of where requests go; section <c>Router</c>.</summary>
public sealed record RouterOptions
{
    /// <summary>Model providers by name (a slug: a-z, 0-9, hyphen).</summary>
    public IReadOnlyDictionary<string, ProviderOptions> Providers { get; init; } = new Dictionary<string, ProviderOptions>(StringComparer.Ordinal);

    /// <summary>Models that callers may name, each with its targets in order of preference.</summary>
    public IReadOnlyList<ModelOptions> Models { get; init; } = [];

    /// <summary>HTTP backends by name (a slug).</summary>
    public IReadOnlyDictionary<string, BackendOptions> Backends { get; init; } = new Dictionary<string, BackendOptions>(StringComparer.Ordinal);

    /// <summary>MCP servers by name (a slug).</summary>
    public IReadOnlyDictionary<string, McpServerOptions> Mcp { get; init; } = new Dictionary<string, McpServerOptions>(StringComparer.Ordinal);

    /// <summary>What is done with content on all routes.</summary>
    public ContentOptions Content { get; init; } = new();

    /// <summary>
    /// Deadlines of stages in milliseconds: <c>identify</c> (1000), <c>inspect</c> and <c>apply</c> (250, plus 2 per KiB of body, at most 5000), <c>decide</c> and
    /// <c>reserve</c> (100), <c>answer</c> (2000, for a piece of an answer that is changed, plus 2 per KiB), <c>settle</c> (2000).
    /// </summary>
    public IReadOnlyDictionary<string, int> Deadlines { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Largest request body in bytes; default 10 MiB, at most 100 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How the person is named to a provider (<c>user</c>): <c>hash</c> (default, a keyed hash) or <c>user_id</c>.</summary>
    public string EndUser { get; init; } = "hash";

    /// <summary>Requests per tenant and minute that still pass while Limits cannot be reached; default 60, 0 refuses all.</summary>
    public int AllowanceWithoutLimits { get; init; } = 60;

    /// <summary>What happens while a module cannot be reached.</summary>
    public OnUnavailableOptions OnUnavailable { get; init; } = new();

    /// <summary>When the breaker of a module on the other side of a wire opens, by its name: <c>identity</c>, <c>transform</c>, <c>policy</c>, <c>limits</c>.</summary>
    public IReadOnlyDictionary<string, BreakerOptions> Breakers { get; init; } = new Dictionary<string, BreakerOptions>(StringComparer.Ordinal);

    /// <summary>How long an answer of a remote Identity is used again, in seconds; 0 (never) to 30, default 5.</summary>
    public int IdentityCacheSeconds { get; init; } = 5;

    /// <summary>How long a stop waits for requests that were accepted, in seconds; 0 to 600, default 30.</summary>
    public int DrainSeconds { get; init; } = 30;

    /// <summary>How the front door follows who is cut off.</summary>
    public StandingsOptions Standings { get; init; } = new();
}

/// <summary>What happens to a request while a module cannot be reached, and nothing of the request was sent to it.</summary>
public sealed record OnUnavailableOptions
{
    /// <summary><c>deny</c>: nobody is let in unknown.</summary>
    public string Identity { get; init; } = "deny";

    /// <summary><c>allow</c> (default): go on with unknown content, marked; or <c>deny</c>.</summary>
    public string Transform { get; init; } = "allow";

    /// <summary><c>deny</c>: nothing is allowed undecided.</summary>
    public string Policy { get; init; } = "deny";

    /// <summary><c>allow_capped</c> (default): go on within the allowance; <c>allow</c>: without a bound; or <c>deny</c>.</summary>
    public string Limits { get; init; } = "allow_capped";
}

/// <summary>When a breaker opens, and for how long.</summary>
public sealed record BreakerOptions
{
    /// <summary>
    /// Share of the calls in the sampling time that failed, without those of the worst sender; above 0, at most 1, default 0.5. Failures of three people are the least in
    /// any case.
    /// </summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Calls in the sampling time below which failures say nothing; 1 to 100000, default 10.</summary>
    public int MinimumThroughput { get; init; } = 10;

    /// <summary>The sampling time in seconds; 1 to 600, default 10.</summary>
    public int SamplingSeconds { get; init; } = 10;

    /// <summary>The least time that it stays open after failures, in seconds; doubled while it keeps opening, to 30 at most. 1 to 600, default 2.</summary>
    public int BreakSeconds { get; init; } = 2;
}

/// <summary>One model provider.</summary>
public sealed record ProviderOptions
{
    /// <summary>Wire of the provider: <c>openai</c>, any API that is compatible with OpenAI's.</summary>
    public string Kind { get; init; } = "openai";

    /// <summary>Base URL up to and including the version, such as <c>https://api.openai.com/v1</c>.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Key for every tenant that has none of its own; a secret (<c>env:NAME</c>, <c>file:PATH</c>).</summary>
    public string? ApiKey { get; init; }

    /// <summary>Keys of single tenants. A tenant with its own key never falls back to another's.</summary>
    public IReadOnlyList<TenantKeyOptions> ApiKeys { get; init; } = [];

    /// <summary>Region, for policies.</summary>
    public string? Region { get; init; }

    /// <summary>Class, for policies: <c>internal</c>, <c>external</c>, ...</summary>
    public string? Class { get; init; }

    /// <summary>Longest wait for the first byte of an answer, and between two bytes, in seconds; default 120.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>
    /// Members of a chat request that this provider must not be sent, beside those that always are refused: such by which it would go elsewhere than the gateway decided.
    /// </summary>
    public IReadOnlyList<string> RefusedMembers { get; init; } = [];

    /// <summary>Leaves the key out: it may stand there itself in place of a reference.</summary>
    public override string ToString() => $"provider {Kind} {BaseUrl}";
}

/// <summary>A provider key of one tenant.</summary>
public sealed record TenantKeyOptions
{
    /// <summary>The tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>Its key; a secret.</summary>
    public string? Key { get; init; }

    /// <summary>Leaves the key out: it may stand there itself in place of a reference.</summary>
    public override string ToString() => $"key of {Tenant}";
}

/// <summary>One model that callers may name.</summary>
public sealed record ModelOptions
{
    /// <summary>The name; compared exactly.</summary>
    public string? Name { get; init; }

    /// <summary><c>off</c>, <c>detect</c> (default), <c>redact</c> or <c>redact-required</c>.</summary>
    public string? Transform { get; init; }

    /// <summary>What is done with single types in requests; stands over <see cref="Transform"/> and over what holds for all routes.</summary>
    public IReadOnlyList<ContentActionOptions> Actions { get; init; } = [];

    /// <summary>What is done with single types in answers; stands over what holds for all routes.</summary>
    public IReadOnlyList<AnswerActionOptions> Answers { get; init; } = [];

    /// <summary>A system message that is put before those of clients, behind the tenant's own (<c>Router:Content:SystemPrompts</c>).</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Where it goes, in order of preference.</summary>
    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];
}

/// <summary>One target of a model.</summary>
public sealed record TargetOptions
{
    /// <summary>Name of the provider.</summary>
    public string? Provider { get; init; }

    /// <summary>The model's name there; default: the name the caller used.</summary>
    public string? Model { get; init; }

    /// <summary>Output tokens where the caller sets no limit, so that every hold has a bound; default 4096.</summary>
    public int MaxOutputTokens { get; init; } = 4096;

    /// <summary>The member that carries it: <c>max_completion_tokens</c> (default) or <c>max_tokens</c> for older servers.</summary>
    public string MaxTokensMember { get; init; } = "max_completion_tokens";
}

/// <summary>One HTTP backend.</summary>
public sealed record BackendOptions
{
    /// <summary>Base URL; the path below <c>/backends/{name}</c> is appended.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Host names the backend is reached by; on them only its routes exist.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Path prefix the backend is reached by, besides <c>/backends/{name}</c>; it stays on the way out.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>Audience of the assertion the backend gets; default: its name.</summary>
    public string? Audience { get; init; }

    /// <summary>Sent to the backend as <c>Authorization</c>, whole; a secret.</summary>
    public string? Credential { get; init; }

    /// <summary>In its place a token of the person's own, by exchange at their issuer. Default: none.</summary>
    public TokenExchangeOptions? TokenExchange { get; init; }

    /// <summary>The backend's own secret when it calls us back (<c>Backend-Credential: {name}:{secret}</c>); a secret.</summary>
    public string? CallerCredential { get; init; }

    /// <summary><c>off</c>, <c>detect</c>, <c>redact</c> or <c>redact-required</c>; default <c>detect</c> where content pointers are given.</summary>
    public string? Transform { get; init; }

    /// <summary>What is done with single types in requests, as for models. Nothing is put back in a backend's answer: pseudonyms stay.</summary>
    public IReadOnlyList<ContentActionOptions> Actions { get; init; } = [];

    /// <summary>JSON pointer of the model's name in a request body.</summary>
    public string? ModelPointer { get; init; }

    /// <summary>JSON pointers of the texts in a request body.</summary>
    public IReadOnlyList<string> ContentPointers { get; init; } = [];

    /// <summary>Path templates such as <c>GET /events/{event}</c>: a parameter is a resource of that type.</summary>
    public IReadOnlyList<string> PathTemplates { get; init; } = [];

    /// <summary>Resources named in a request body, as <c>type=/json/pointer</c>.</summary>
    public IReadOnlyList<string> ResourcePointers { get; init; } = [];

    /// <summary>Where an answer states its usage, for backends that call a model without us.</summary>
    public UsagePointerOptions? UsagePointers { get; init; }

    /// <summary>Longest wait for the backend, in seconds; default 100.</summary>
    public int TimeoutSeconds { get; init; } = 100;

    /// <summary>Leaves the credentials out: they may stand there themselves in place of references.</summary>
    public override string ToString() => $"backend {BaseUrl}";
}

/// <summary>JSON pointers of an answer's usage.</summary>
public sealed record UsagePointerOptions
{
    /// <summary>Pointer of the input tokens.</summary>
    public string? InputTokens { get; init; }

    /// <summary>Pointer of the output tokens.</summary>
    public string? OutputTokens { get; init; }
}
