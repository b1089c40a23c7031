using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.SignIn.Issuers;

/// <summary>npm <c>oidc-provider</c> in the demo issuer's place: certified, and not ours. It registers clients and knows no metadata documents.</summary>
internal sealed class AuthorizationServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private AuthorizationServer(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    public static async Task<AuthorizationServer> StartAsync()
    {
        var settings = new JsonObject
        {
            ["port"] = TestPorts.Free(),
            ["people"] = new JsonObject
            {
                ["alice"] = Person("alice", "doctor", "calendar:read", "calendar:write"),
                ["nora"] = Person("nora", "nurse", "calendar:read"),
            },
        };
        var output = new ProcessOutput();
        var listening = output.LineAsync(line => line.StartsWith("{\"issuer\":", StringComparison.Ordinal));
        var process = Process.Start(NodeTool.Script("authorization-server.mjs", settings.ToJsonString()))!;
        output.Attach(process);
        using var deadline = new CancellationTokenSource(LongestStart);
        if (await Task.WhenAny(listening, process.WaitForExitAsync(deadline.Token)) != listening)
        {
            process.Kill();
            throw new InvalidOperationException("The authorization server did not start:" + Environment.NewLine + output.Text);
        }

        return new AuthorizationServer(process, JsonElement.Parse(await listening).GetProperty("issuer").GetString()!);
    }

    /// <summary>The settings that put it in the demo issuer's place; the claims have the demo's names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings()
    {
        yield return new("Identity:Issuers:0:Issuer", Url);
        yield return new("Identity:Issuers:0:JwksUri", Url + "/jwks");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static JsonObject Person(string user, string role, params string[] scopes) => new()
    {
        ["claims"] = new JsonObject { ["tenant"] = "mercy", ["user"] = user, ["roles"] = new JsonArray(role) },
        ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]),
    };
}
