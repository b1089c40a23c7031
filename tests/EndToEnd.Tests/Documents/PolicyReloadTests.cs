using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Documents;

/// <summary>A policy file that changes changes the decisions, without a restart; a bad one changes nothing.</summary>
public sealed class PolicyReloadTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private string _policy = string.Empty;
    private string _file = string.Empty;
    private GatewayProcess _gateway = null!;
    private GatewayClient _front = null!;
    private string _nurse = string.Empty;

    public async ValueTask InitializeAsync()
    {
        _policy = await File.ReadAllTextAsync(BuildOutput.DemoPolicy);
        _file = _folder.Write("policy.yaml", _policy);
        _gateway = await GatewayProcess.StartAsync(GatewayLaunch.At(_folder.Path, ("Policy:File", _file)));
        _front = new GatewayClient(_gateway.Address);
        _nurse = await new DemoPeople(_front).TokenAsync("nora");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _front.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_change_takes_effect_and_a_bad_document_never_does()
    {
        (await AskAsync()).ShouldBe(403);
        var nurses = _policy.Replace("requiredRoles: [doctor, physician_assistant]", "requiredRoles: [doctor, nurse]", StringComparison.Ordinal)
            .Replace("requiredScopes: [medical:write]", "requiredScopes: [chat:write]", StringComparison.Ordinal);
        nurses.ShouldNotBe(_policy);
        await File.WriteAllTextAsync(_file, nurses, TestContext.Current.CancellationToken);
        (await Eventually.GetAsync(AskAsync, status => status == 200)).ShouldBe(200);

        // Bad in form, bad in content, empty, gone: the one in force stays in force.
        foreach (var bad in (string[])["apiVersion: [", _policy.Replace("effect: allow", "effect: perhaps", StringComparison.Ordinal), ""])
        {
            var refused = Refusals();
            await File.WriteAllTextAsync(_file, bad, TestContext.Current.CancellationToken);
            (await Eventually.GetAsync(() => Task.FromResult(Refusals()), count => count > refused)).ShouldBeGreaterThan(refused, _gateway.Output);
            (await AskAsync()).ShouldBe(200);
        }

        File.Delete(_file);
        (await AskAsync()).ShouldBe(200);

        // Written the way editors and Kubernetes do: another file is moved into its place.
        var replacement = _folder.Write("next.yaml", _policy);
        File.Move(replacement, _file, overwrite: true);
        (await Eventually.GetAsync(AskAsync, status => status == 403)).ShouldBe(403);
    }

    private async Task<int> AskAsync() => (await _front.ChatAsync(_nurse, "gpt-4-medical", "hello")).Status;

    /// <summary>How often the gateway has said that it did not take a document.</summary>
    private int Refusals() =>
        _gateway.Output.Split('\n').Count(line => line.Contains("policy", StringComparison.OrdinalIgnoreCase) && line.Contains("stays in force", StringComparison.Ordinal));
}
