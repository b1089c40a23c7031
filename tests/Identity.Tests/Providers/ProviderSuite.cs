using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>
/// A provider as <c>docs/identity-providers.md</c> configures it: the settings are the file that the page shows, the tokens have the provider's shape, signed by a key of ours.
/// </summary>
public abstract class ProviderSuite : IAsyncLifetime
{
    private TestIssuer _keys = null!;
    private IdentityUnderTest _identity = null!;

    /// <summary>The settings file.</summary>
    protected abstract string Sample { get; }

    /// <summary>A person's token for the API.</summary>
    protected abstract string Person { get; }

    /// <summary>The ID token of the same sign-in, with an audience that is accepted: something else must refuse it.</summary>
    protected abstract string IdToken { get; }

    /// <summary>A good token of the same provider that somebody got for another app.</summary>
    protected abstract string OtherApp { get; }

    /// <summary>A good token of the same app, of somebody in another tenant.</summary>
    protected abstract string OtherTenant { get; }

    /// <summary>How that one is refused: where the tenant is part of the issuer, as a stranger.</summary>
    protected virtual AuthenticationStatus OtherTenantStatus => AuthenticationStatus.TenantRefused;

    /// <summary>A program's own token; null where that has no form of its own.</summary>
    protected abstract string? Program { get; }

    /// <summary>A token for the MCP server; null where a provider cannot give one.</summary>
    protected abstract string? ForCalendar { get; }

    /// <summary>The header as the provider writes it, without algorithm and key.</summary>
    protected virtual string? HeaderType => "JWT";

    protected abstract (string Subject, string Tenant, string? Client) Expected { get; }

    protected abstract string[] ExpectedRoles { get; }

    protected abstract string[] ExpectedScopes { get; }

    public async ValueTask InitializeAsync()
    {
        _keys = await TestIssuer.StartAsync();
        _identity = new IdentityUnderTest(ProviderSettings.Read(Sample, _keys));
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _keys.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Its_settings_start()
    {
        using var folder = new TestFolder();
        var configuration = new ConfigurationBuilder().AddConfiguration(ProviderSettings.Read(Sample)).AddInMemoryCollection([new("Data:Path", folder.Path)]).Build();
        var services = new ServiceCollection();
        services.AddGatewayIdentity(configuration);
        using var provider = services.BuildServiceProvider();
        provider.GetServices<ISettingsCheck>().SelectMany(check => check.Check()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_good_token_says_who_what_and_through_which_app()
    {
        var result = await _identity.AuthenticateAsync(Sign(Person));

        result.Reason.ShouldBeNull();
        var caller = result.Identity.ShouldNotBeNull();
        (caller.Subject, caller.Tenant, caller.ClientId).ShouldBe(Expected);
        (caller.UserId, caller.Kind).ShouldBe((Expected.Subject, IdentityKind.Person));
        caller.Roles.ShouldBe(ExpectedRoles);
        caller.Scopes.ShouldBe(ExpectedScopes);
    }

    [Fact]
    public async Task Its_id_token_is_refused()
    {
        var result = await _identity.AuthenticateAsync(Sign(IdToken));
        (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Invalid, "not_an_access_token"));
    }

    [Fact]
    public async Task A_token_for_another_app_is_refused() => (await _identity.AuthenticateAsync(Sign(OtherApp))).Reason.ShouldBe("audience_wrong");

    [Fact]
    public async Task Somebody_of_another_tenant_is_refused()
    {
        var result = await _identity.AuthenticateAsync(Sign(OtherTenant));
        result.Status.ShouldBe(OtherTenantStatus);
        result.Identity.ShouldBeNull();
    }

    [Fact]
    public async Task A_program_is_no_person()
    {
        Assert.SkipWhen(Program is null, "Its programs have no tokens of their own here.");
        var result = await _identity.AuthenticateAsync(Sign(Program!));
        result.Reason.ShouldBeNull();
        result.Identity!.Kind.ShouldBe(IdentityKind.Service);
    }

    [Fact]
    public async Task A_token_for_the_mcp_server_opens_that_and_nothing_else()
    {
        Assert.SkipWhen(ForCalendar is null, "It gives no tokens for MCP servers.");
        var result = await _identity.AuthenticateForAsync(Sign(ForCalendar!), Audiences());
        result.Reason.ShouldBeNull();
        result.Identity!.Scopes.ShouldContain("calendar:read");
        result.Identity.Subject.ShouldBe(Expected.Subject);

        (await _identity.AuthenticateForAsync(Sign(ForCalendar!), "https://gateway.example.com/mcp/clinic")).Reason.ShouldBe("audience_wrong");
        (await _identity.AuthenticateForAsync(Sign(IdToken), Audiences())).Identity.ShouldBeNull();
    }

    protected string Sign(string payload) => ProviderSettings.Sign(_keys, payload, HeaderType);

    protected Task<AuthenticationResult> AuthenticateAsync(string payload) => _identity.AuthenticateAsync(Sign(payload));

    protected Task<AuthenticationResult> AuthenticateForCalendarAsync(string payload) => _identity.AuthenticateForAsync(Sign(payload), Audiences());

    /// <summary>The audiences of the MCP route, as the Router puts them together from the same file.</summary>
    private string[] Audiences()
    {
        var calendar = ProviderSettings.Read(Sample).GetSection("Router:Mcp:calendar");
        return ["https://gateway.example.com/mcp/calendar", .. calendar.GetSection("Audiences").Get<string[]>() ?? []];
    }
}
