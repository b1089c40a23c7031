using System.Text.Json.Serialization;

namespace GatewayStack.Cli.Standing;

/// <summary>What a measure is on, as the admin API writes it.</summary>
internal sealed record Subject
{
    public string? Tenant { get; init; }

    public string? Issuer { get; init; }

    public string? PersonId { get; init; }

    public string? User { get; init; }

    public string? ClientId { get; init; }

    public string? SessionId { get; init; }

    public DateTimeOffset? SignedInUntil { get; init; }

    public string? Tool { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    /// <summary>In words: <c>user nora in mercy, client chatgpt</c>.</summary>
    public override string ToString()
    {
        (string Name, string? Value)[] members =
        [
            ("user", User), ("person", PersonId), ("client", ClientId), ("session", SessionId), ("signed in until", SignedInUntil is { } end ? Gateway.Table.Time(end) : null),
            ("tool", Tool), ("model", Model), ("provider", Provider), ("issuer", Issuer), ("tenant", Tenant),
        ];
        return string.Join(", ", members.Where(m => m.Value is not null).Select(m => $"{m.Name} {m.Value}"));
    }
}

/// <summary>A measure, as the admin API writes it.</summary>
internal sealed record Measure
{
    public string Id { get; init; } = string.Empty;

    public string Effect { get; init; } = string.Empty;

    public Subject Subject { get; init; } = new();

    public string? Reason { get; init; }

    public string? Author { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? Until { get; init; }
}

/// <summary>Measures in force.</summary>
internal sealed record Measures
{
    [JsonPropertyName("measures")]
    public IReadOnlyList<Measure> List { get; init; } = [];
}

/// <summary>A measure that is to be taken.</summary>
internal sealed record NewMeasure
{
    public required string Effect { get; init; }

    public required Subject Subject { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset? Until { get; init; }

    public int? Minutes { get; init; }
}

/// <summary>Why a measure ends.</summary>
internal sealed record Ending(string Reason);
