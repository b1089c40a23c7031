using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Standings;

/// <summary>The file of measures, those in force and those of the past, the oldest first.</summary>
internal sealed record StandingFileContent
{
    public required int Version { get; init; }

    public required long Revision { get; init; }

    public required ImmutableArray<StoredMeasure> Measures { get; init; }
}

/// <summary>How measures are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StandingFileContent))]
[JsonSerializable(typeof(StandingMeasure))]
internal sealed partial class StandingJson : JsonSerializerContext;

/// <summary>
/// How measures are read that a replica of a newer version may have written: what is not known here is passed over, which makes a measure one on more, never on less.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StandingMeasure))]
internal sealed partial class StandingRowJson : JsonSerializerContext;
