using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GatewayStack.Policy.Administration;

/// <summary>The policy in force.</summary>
internal sealed record PolicyReport(
    string Mode, string Revision, string Source, DateTimeOffset LoadedAt, int RuleCount, ImmutableArray<RuleReport> Rules, ImmutableArray<ErrorReport> LastErrors);

internal sealed record RuleReport(string Id, string Effect);

internal sealed record ErrorReport(string Pointer, string Message);

internal sealed record ReloadReport(bool Changed, string Before, string After, int RuleCount);

internal sealed record ReloadRequest(string? Reason);

/// <summary>An error (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string? Detail, string Code, string RequestId, ImmutableArray<ErrorReport>? Errors = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PolicyReport))]
[JsonSerializable(typeof(ReloadReport))]
[JsonSerializable(typeof(ReloadRequest))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class PolicyJson : JsonSerializerContext;
