using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Contract;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Providers;

namespace GatewayStack.Demo.Server;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(DemoProblem))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(TokenError))]
[JsonSerializable(typeof(RegistrationResponse))]
[JsonSerializable(typeof(RecordedRequests))]
[JsonSerializable(typeof(CalendarListing))]
[JsonSerializable(typeof(CalendarEvent))]
[JsonSerializable(typeof(NewCalendarEvent))]
[JsonSerializable(typeof(ClinicQuestion))]
[JsonSerializable(typeof(ClinicAnswer))]
[JsonSerializable(typeof(ContractRequest))]
[JsonSerializable(typeof(ContractQuestion))]
internal sealed partial class DemoJson : JsonSerializerContext;

internal static class DemoWire
{
    /// <summary>Leaves quotation marks and umlauts readable on a terminal; nothing here is ever put into HTML.</summary>
    public static DemoJson Json { get; } = new(new JsonSerializerOptions(DemoJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
