using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayStack.Cli.Gateway;

/// <summary>JSON for people.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class Indented : JsonSerializerContext;
