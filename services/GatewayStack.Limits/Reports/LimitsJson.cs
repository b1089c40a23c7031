using System.Text.Json.Serialization;
using GatewayStack.Limits.Administration;

namespace GatewayStack.Limits.Reports;

/// <summary>JSON of Limits' HTTP API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MyLimitsAnswer))]
[JsonSerializable(typeof(AdminLimitsAnswer))]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSerializable(typeof(ReloadBody))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class LimitsJson : JsonSerializerContext;
