using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Tests that hold for every form of the gateway. A form is a <see cref="SuiteGateway"/> and one line per suite.</summary>
public abstract class GatewaySuite(SuiteGateway gateway)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected SuiteGateway Gateway { get; } = gateway;

    protected GatewayClient Front => Gateway.Front;

    protected AuditReader Audit { get; } = new(gateway.Front);

    /// <summary>Text that no other test sends, and that the gateway must not keep or print.</summary>
    protected string Marker() => Gateway.Canaries.Plant("marker-" + Guid.NewGuid().ToString("N"));

    /// <summary>The token of one of the demo's people.</summary>
    protected Task<string> TokenAsync(string user, string client = "demo-cli") => Gateway.People.TokenAsync(user, client);

    protected string Token(Caller caller) => Gateway.Canaries.Plant(Gateway.Issuer.Token(caller));

    /// <summary>A token of the auditor of the test issuer's tenant.</summary>
    protected string AuditorToken() => Token(new Caller("auditor") { Scopes = "audit:read", Roles = ["auditor"] });

    /// <summary>What a provider of the demo received, as far as it has the marker.</summary>
    protected async Task<IReadOnlyList<JsonElement>> ReceivedAsync(string provider, string marker)
    {
        var answer = (await Front.GetAsync($"/demo/providers/{provider}/requests")).ShouldBeStatus(200);
        return [.. answer.Json.GetProperty("requests").EnumerateArray().Where(r => r.GetRawText().Contains(marker, StringComparison.Ordinal))];
    }
}
