using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>Somebody who can sign in at an OpenID provider.</summary>
internal sealed record Account(string Name, string Tenant, params string[] Roles);

/// <summary>A real OpenID provider in a process of its own: npm <c>oidc-provider</c>, which is certified.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Audience = "https://gateway.example.test";
    public const string Robot = "robot";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyList<Account> _accounts;
    private readonly string _tenant;
    private readonly bool _opaque;
    private Process? _process;

    private OpenIdProvider(string tenant, bool opaque, IReadOnlyList<Account> accounts)
    {
        _tenant = tenant;
        _opaque = opaque;
        _accounts = accounts;
    }

    public string Url { get; private set; } = string.Empty;

    public static async Task<OpenIdProvider> StartAsync(string tenant, string algorithm, params Account[] accounts)
    {
        var provider = new OpenIdProvider(tenant, opaque: false, accounts);
        await provider.LaunchAsync(algorithm, TestPorts.Free());
        return provider;
    }

    /// <summary>One whose access tokens say nothing to anybody else: it answers for them, and takes them back.</summary>
    public static async Task<OpenIdProvider> StartOpaqueAsync(string tenant, params Account[] accounts)
    {
        var provider = new OpenIdProvider(tenant, opaque: true, accounts);
        await provider.LaunchAsync("RS256", TestPorts.Free());
        return provider;
    }

    /// <summary>Starts it again at the same address, with keys it did not have before.</summary>
    public async Task StartAgainWithNewKeysAsync(string algorithm)
    {
        await DisposeAsync();
        await LaunchAsync(algorithm, new Uri(Url).Port);
    }

    /// <summary>The settings that make a gateway trust it, for its own tenant.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings(int index)
    {
        var key = $"Identity:Issuers:{index}:";
        yield return new(key + "Name", _tenant);
        yield return new(key + "Issuer", Url);
        yield return new(key + "Audiences:0", Audience);
        yield return new(key + "Claims:Tenant", "/tenant");
        yield return new(key + "AllowedTenants:0", _tenant);
        if (_opaque)
        {
            yield return new(key + "Client:Id", "gateway");
            yield return new(key + "Client:Secret", "gateway-secret");
            yield return new(key + "Introspection:CacheSeconds", "0");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private async Task LaunchAsync(string algorithm, int port)
    {
        var people = new JsonObject();
        foreach (var account in _accounts)
        {
            var roles = new JsonArray([.. account.Roles.Select(r => JsonValue.Create(r))]);
            people[account.Name] = new JsonObject { ["tenant"] = account.Tenant, ["roles"] = roles };
        }

        var settings = new JsonObject
        {
            ["port"] = port,
            ["audience"] = Audience,
            ["alg"] = algorithm,
            ["people"] = people,
            ["service"] = new JsonObject { ["tenant"] = _tenant, ["roles"] = new JsonArray() },
            ["scopes"] = new JsonArray("chat:write", "medical:write", "audit:read", "calendar:read"),
            ["opaque"] = _opaque,
        };
        var output = new ProcessOutput();
        var listening = output.LineAsync(line => line.StartsWith("{\"issuer\":", StringComparison.Ordinal));
        _process = Process.Start(NodeTool.Script("issuer.mjs", settings.ToJsonString()))!;
        output.Attach(_process);
        using var deadline = new CancellationTokenSource(LongestStart);
        if (await Task.WhenAny(listening, _process.WaitForExitAsync(deadline.Token)) != listening)
        {
            _process.Kill();
            throw new InvalidOperationException("The OpenID provider did not start:" + Environment.NewLine + output.Text);
        }

        Url = JsonElement.Parse(await listening).GetProperty("issuer").GetString()!;
    }
}
