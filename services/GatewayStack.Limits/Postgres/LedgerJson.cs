using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GatewayStack.Limits.Postgres;

[JsonSerializable(typeof(ImmutableArray<string>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
