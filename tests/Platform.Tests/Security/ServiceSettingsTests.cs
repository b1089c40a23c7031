using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Security;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Security;

public sealed class ServiceSettingsTests
{
    private const string Own = "own-secret-own-secret-own-secret";
    private const string Router = "router-secret-router-secret-rout";

    private static readonly Dictionary<string, string?> Good = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Service:Credential"] = Own,
        ["Service:Callers:router"] = Router,
        ["Identity:PublicUrl"] = "http://127.0.0.1:8080",
    };

    [Theory]
    [InlineData("policy")]
    [InlineData("limits")]
    [InlineData("transform")]
    [InlineData("audit")]
    [InlineData("identity")]
    public void Good_settings_are_good(string service) => Check(service, []).ShouldBeEmpty();

    [Fact]
    public void The_router_is_called_by_nobody() => Check("router", [new("Service:Callers:router", null), new("Identity:PublicUrl", null)]).ShouldBeEmpty();

    [Theory]
    [InlineData("Service:Credential", null)]
    [InlineData("Service:Credential", "")]
    [InlineData("Service:Credential", "too-short-by-one-too-short-by-on")]
    [InlineData("Service:Credential", "with a space in it, and more than 32 characters")]
    [InlineData("Service:Credential", "env:NO_SUCH_VARIABLE_ANYWHERE")]
    [InlineData("Service:Credential", "file:/no/such/file")]
    [InlineData("Service:Callers:router", null)]
    [InlineData("Service:Callers:router", "short")]
    [InlineData("Service:Callers:router", Own)]
    [InlineData("Service:Callers:router", "sha256:abc")]
    [InlineData("Service:Callers:router", "sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("Service:Callers:router", " ")]
    [InlineData("Service:Callers:router", "a-secret-of-thirty-two-characters short")]
    [InlineData("Service:Callers:stranger", "stranger-secret-stranger-secret-")]
    [InlineData("Service:Callers:limits", Router)]
    [InlineData("Service:Credentials", "x")]
    [InlineData("Service:Tls:Enabled", "perhaps")]
    [InlineData("Service:Tls:Enabled", "true")]
    [InlineData("Identity:PublicUrl", null)]
    [InlineData("Identity:PublicUrl", "gateway")]
    [InlineData("Identity:PublicUrl", "ftp://gateway")]
    public void A_bad_one_is_named(string key, string? value)
    {
        value = value == "too-short-by-one-too-short-by-on" ? value[..^1] : value;
        var errors = Check("limits", [new(key, value)]);
        var named = key.StartsWith("Service:Tls", StringComparison.Ordinal) ? "Service:Tls" : key.StartsWith("Service:Callers", StringComparison.Ordinal) ? "Service:Callers" : key;
        errors.ShouldContain(e => e.Key.StartsWith(named, StringComparison.Ordinal));
        errors.ShouldAllBe(e => e.Remedy.Length > 0 && !e.Problem.Contains(Own, StringComparison.Ordinal) && !e.Problem.Contains(Router, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Check("limits", [.. Good.Keys.Select(k => KeyValuePair.Create(k, (string?)null))]).Select(e => e.Key).ShouldBe(["Service:Credential", "Service:Callers", "Identity:PublicUrl"]);

    [Fact]
    public void Options_do_not_print_secrets()
    {
        var options = new ServiceOptions { Credential = Own, Callers = new Dictionary<string, string>(StringComparer.Ordinal) { ["router"] = Router } };
        options.ToString().ShouldNotContain("secret");
    }

    private static ImmutableArray<SettingsError> Check(string service, KeyValuePair<string, string?>[] changes) =>
        new ServiceSettingsCheck(new ConfigurationBuilder().AddInMemoryCollection(Changed(changes)).Build(), service).Check();

    private static Dictionary<string, string?> Changed(KeyValuePair<string, string?>[] changes)
    {
        var settings = new Dictionary<string, string?>(Good, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                settings.Remove(key);
            }
            else
            {
                settings[key] = value;
            }
        }

        return settings;
    }
}
