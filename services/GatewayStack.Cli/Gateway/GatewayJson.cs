using System.Text.Json.Serialization;
using GatewayStack.Cli.Clients;
using GatewayStack.Cli.Standing;

namespace GatewayStack.Cli.Gateway;

/// <summary>Why a gateway refuses (RFC 9457).</summary>
internal sealed record Problem
{
    public string? Title { get; init; }

    public string? Detail { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<ProblemError>? Errors { get; init; }
}

/// <summary>One of several things that are wrong.</summary>
internal sealed record ProblemError(string? Key, string? Problem, string? Remedy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Measures))]
[JsonSerializable(typeof(Measure))]
[JsonSerializable(typeof(NewMeasure))]
[JsonSerializable(typeof(Ending))]
[JsonSerializable(typeof(ActingClients))]
[JsonSerializable(typeof(ClientStanding))]
internal sealed partial class GatewayJson : JsonSerializerContext;
