using System.Text.Json;

namespace GatewayStack.Demo.Providers;

/// <summary>How a simulated provider misbehaves on request: the body's <c>x_demo</c> member, because headers do not pass a gateway.</summary>
internal sealed record SimulatedBehaviour
{
    /// <summary>Name of the body's member.</summary>
    public const string Member = "x_demo";

    /// <summary>Milliseconds before anything is answered.</summary>
    public int DelayMs { get; init; }

    /// <summary>Milliseconds before each chunk of a stream.</summary>
    public int ChunkDelayMs { get; init; }

    /// <summary>An error status to answer with.</summary>
    public int? Status { get; init; }

    /// <summary>Value of <c>retry-after</c> beside <see cref="Status"/>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>True for an answer that is no JSON.</summary>
    public bool Garbage { get; init; }

    /// <summary>Sends so many pieces of the answer and then nothing more, the connection left open.</summary>
    public int? StallAfter { get; init; }

    /// <summary>Sends so many pieces of the answer and then drops the connection.</summary>
    public int? BreakAfter { get; init; }

    /// <summary>True for an answer without usage, as some providers give.</summary>
    public bool NoUsage { get; init; }

    /// <summary>What to answer, in place of the usual text.</summary>
    public string? Answer { get; init; }

    /// <exception cref="JsonException">The member has a shape it cannot have.</exception>
    public static SimulatedBehaviour Read(JsonElement body)
    {
        if (!body.TryGetProperty(Member, out var member))
        {
            return new SimulatedBehaviour();
        }

        var behaviour = member.Deserialize(ProviderJson.Default.SimulatedBehaviour) ?? new SimulatedBehaviour();
        return behaviour is { DelayMs: >= 0 and <= 600_000, ChunkDelayMs: >= 0 and <= 600_000, Status: null or (>= 400 and <= 599), StallAfter: null or >= 0, BreakAfter: null or >= 0 }
            ? behaviour
            : throw new JsonException();
    }
}
