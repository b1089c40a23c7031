using System.Text.Json;

namespace GatewayStack.Demo.Providers;

/// <summary>How a simulated provider misbehaves on request: the body's <c>x_demo</c> member, because headers do not pass a gateway.</summary>
internal sealed record SimulatedBehaviour
{
    /// <summary>Name of the body's member.</summary>
    public const string Member = "x_demo";

    private const int MostMs = 600_000;

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

    /// <summary>Reads the member of a body.</summary>
    /// <returns>The behaviour, or which part of the member is wrong and what it may be.</returns>
    public static (SimulatedBehaviour? Behaviour, string? Problem) Read(JsonElement body)
    {
        if (!body.TryGetProperty(Member, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return (new SimulatedBehaviour(), null);
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            return (null, $"'{Member}' must be an object.");
        }

        foreach (var part in member.EnumerateObject())
        {
            if (Wrong(part) is { } wrong)
            {
                return (null, $"'{Member}.{part.Name}' {wrong}.");
            }
        }

        return (member.Deserialize(ProviderJson.Default.SimulatedBehaviour), null);
    }

    private static string? Wrong(JsonProperty part) => part.Name switch
    {
        "delay_ms" or "chunk_delay_ms" => IsNumber(part.Value, 0, MostMs) ? null : $"must be a number from 0 to {MostMs}",
        "status" => IsNull(part.Value) || IsNumber(part.Value, 400, 599) ? null : "must be a number from 400 to 599",
        "stall_after" or "break_after" => IsNull(part.Value) || IsNumber(part.Value, 0, int.MaxValue) ? null : "must be a number from 0 on",
        "garbage" or "no_usage" => part.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        "retry_after" or "answer" => IsNull(part.Value) || part.Value.ValueKind == JsonValueKind.String ? null : "must be a text",
        _ => "is not known: use " + string.Join(", ", ProviderJson.Default.SimulatedBehaviour.Properties.Select(p => p.Name)),
    };

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static bool IsNumber(JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most;
}
