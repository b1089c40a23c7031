using System.Text.Json.Serialization;

namespace GatewayStack.Demo.Providers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SimulatedBehaviour))]
internal sealed partial class ProviderJson : JsonSerializerContext;
