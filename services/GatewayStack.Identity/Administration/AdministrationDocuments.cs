using System.Text.Json.Serialization;

namespace GatewayStack.Identity.Administration;

internal sealed record IdentityState
{
    public required int Version { get; init; }

    public required string PublicUrl { get; init; }

    public required IReadOnlyList<IssuerState> Issuers { get; init; }

    public required IReadOnlyList<ClientState> Clients { get; init; }

    public required IReadOnlyList<KeyState> SigningKeys { get; init; }

    public required IReadOnlyList<KeyState> DataRoots { get; init; }

    public required bool KeyFilesWrapped { get; init; }
}

internal sealed record IssuerState
{
    public required string Name { get; init; }

    public required string Issuer { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required string AudienceClaim { get; init; }

    public required IReadOnlyList<string> Algorithms { get; init; }

    public required int ClockSkewSeconds { get; init; }

    public required IReadOnlyList<string> Tenants { get; init; }

    public required IReadOnlyList<string> KeyIds { get; init; }

    public DateTimeOffset? KeysFetchedAt { get; init; }

    public string? LastKeyError { get; init; }
}

internal sealed record ClientState(string Id, string Name);

internal sealed record KeyState
{
    public required string Kid { get; init; }

    /// <summary><c>current</c>, <c>next</c> or <c>retired</c>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }
}

internal sealed record WriteRequest
{
    public string? Reason { get; init; }

    /// <summary>Which ring to rotate: <c>signing</c> (default) or <c>data</c>.</summary>
    public string? Ring { get; init; }
}

internal sealed record RotationResult(string Ring, string Before, string After);

internal sealed record ReloadResult(int Before, int After);

internal sealed record Problem
{
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    public required string Code { get; init; }

    /// <summary>Set where it is written.</summary>
    public string? RequestId { get; init; }

    public IReadOnlyList<SettingProblem>? Errors { get; init; }
}

internal sealed record SettingProblem(string Key, string Problem, string Remedy);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IdentityState))]
[JsonSerializable(typeof(WriteRequest))]
[JsonSerializable(typeof(RotationResult))]
[JsonSerializable(typeof(ReloadResult))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class AdministrationJson : JsonSerializerContext;
