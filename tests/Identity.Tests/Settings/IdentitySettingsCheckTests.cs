using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Settings;

public sealed class IdentitySettingsCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_settings_are_good_settings() => Check([]).ShouldBeEmpty();

    [Fact]
    public void Everything_that_can_be_set_can_be_set_at_once() => Check(new()
    {
        ["Identity:PublicUrl"] = "https://gateway.example",
        ["Identity:SigningKeyDays"] = "7",
        ["Identity:ScopesSupported:0"] = "chat:write",
        ["Identity:Clients:0:Id"] = "https://claude.example/client",
        ["Identity:Clients:0:Name"] = "Claude",
        ["Identity:Issuers:0:Name"] = "corp",
        ["Identity:Issuers:0:Issuer"] = "https://idp.example/",
        ["Identity:Issuers:0:Audiences:0"] = "gateway",
        ["Identity:Issuers:0:AudienceClaim"] = "client_id",
        ["Identity:Issuers:0:JwksUri"] = "https://keys.example/jwks",
        ["Identity:Issuers:0:Algorithms:0"] = "ES256",
        ["Identity:Issuers:0:TokenTypes:0"] = "at+jwt",
        ["Identity:Issuers:0:AccessTokenClaim"] = "/scope",
        ["Identity:Issuers:0:AcceptIdTokens"] = "true",
        ["Identity:Issuers:0:IdTokenScopes:0"] = "chat:write",
        ["Identity:Issuers:0:ScopePrefixes:0"] = "gateway/",
        ["Identity:Issuers:0:ClockSkewSeconds"] = "0",
        ["Identity:Issuers:0:AllowedTenants:0"] = "mercy",
        ["Identity:Issuers:0:AllowMutableUserId"] = "true",
        ["Identity:Issuers:0:Claims:Tenant"] = "/tenant",
        ["Identity:Issuers:0:Claims:UserId"] = "/email",
        ["Identity:Issuers:0:Claims:Roles"] = "/https:~1~1corp.example~1roles",
        ["Identity:Issuers:0:Claims:Attributes:0:Name"] = "licensed",
        ["Identity:Issuers:0:Claims:Attributes:0:Pointer"] = "/licensed",
        ["Identity:Issuers:0:Claims:Attributes:0:Type"] = "boolean",
        ["Identity:Issuers:1:Name"] = "partner",
        ["Identity:Issuers:1:Issuer"] = "http://localhost:8088/realms/x",
        ["Identity:Issuers:1:Audiences:0"] = "gateway",
        ["Identity:Issuers:1:Tenant"] = "acme",
    }).ShouldBeEmpty();

    [Theory]
    [InlineData("Identity:PublicUrl", "gateway.example", null)]
    [InlineData("Identity:PublicUrl", "https://gateway.example/?x", null)]
    [InlineData("Identity:PublicUrl", "ftp://gateway.example", null)]
    [InlineData("Identity:SigningKeyDays", "0", null)]
    [InlineData("Identity:SigningKeyDays", "soon", "Identity")]
    [InlineData("Identity:PublicURL2", "x", null)]
    [InlineData("Identity:Issuers:0:Audience", "gateway", null)]
    [InlineData("Identity:Issuers:0:Claims:Role", "/roles", null)]
    [InlineData("Keys:Mastr", "x", null)]
    [InlineData("Identity:Issuers:0:Name", "Corp", null)]
    [InlineData("Identity:Issuers:0:Name", "a|b", null)]
    [InlineData("Identity:Issuers:0:Issuer", "http://idp.example", null)]
    [InlineData("Identity:Issuers:0:Issuer", "idp.example", null)]
    [InlineData("Identity:Issuers:0:Issuer", "https://me:secret@idp.example", null)]
    [InlineData("Identity:Issuers:0:JwksUri", "http://keys.example/jwks", null)]
    [InlineData("Identity:Issuers:0:Audiences:0", "urn:gatewaystack:internal", null)]
    [InlineData("Identity:Issuers:0:Audiences:0", " ", null)]
    [InlineData("Identity:Issuers:0:Algorithms:0", "HS256", null)]
    [InlineData("Identity:Issuers:0:Algorithms:0", "none", null)]
    [InlineData("Identity:Issuers:0:Algorithms:0", "rs256", null)]
    [InlineData("Identity:Issuers:0:TokenTypes:0", "gateway-identity+jwt", null)]
    [InlineData("Identity:Issuers:0:AccessTokenClaim", "scope", null)]
    [InlineData("Identity:Issuers:0:IdTokenScopes:0", "chat:write", "Identity:Issuers:0:IdTokenScopes")]
    [InlineData("Identity:Issuers:0:ScopePrefixes:0", "a b", null)]
    [InlineData("Identity:Issuers:0:ClockSkewSeconds", "61", null)]
    [InlineData("Identity:Issuers:0:ClockSkewSeconds", "-1", null)]
    [InlineData("Identity:Issuers:0:Tenant", "", null)]
    [InlineData("Identity:Issuers:0:AllowedTenants:0", "mercy", "Identity:Issuers:0:AllowedTenants")]
    [InlineData("Identity:Issuers:0:Claims:Tenant", "/tenant", "Identity:Issuers:0:AllowedTenants")]
    [InlineData("Identity:Issuers:0:Claims:Roles", "realm_access.roles", null)]
    [InlineData("Identity:Issuers:0:Claims:UserId", "/email", null)]
    [InlineData("Identity:Issuers:0:Claims:UserId", "/preferred_username", null)]
    [InlineData("Identity:Issuers:0:Claims:Subject", "/upn", null)]
    [InlineData("Identity:Clients:0:Name", "x", "Identity:Clients:0:Id")]
    [InlineData("Identity:ScopesSupported:0", "a b", null)]
    public void One_mistake_is_one_error_with_its_key_and_a_remedy(string key, string value, string? errorKey)
    {
        var settings = Good();
        settings[key] = value;
        var error = Check(settings).ShouldHaveSingleItem();
        error.Key.ShouldBe(errorKey ?? key);
        error.Problem.ShouldNotBeEmpty();
        error.Remedy.ShouldNotBeEmpty();
        error.ToString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Client:Secret", null, "Client:Secret")]
    [InlineData("Client:Id", "", null)]
    [InlineData("Client:Method", "none", null)]
    [InlineData("Client:Secret", "env:NOT_THERE_AT_ALL", null)]
    [InlineData("Client:PrivateKey", "x", null)]
    [InlineData("Client:TokenEndpoint", "http://idp.example/token", null)]
    [InlineData("Client:IntrospectionEndpoint", "idp", null)]
    [InlineData("Introspection:When", "never", null)]
    [InlineData("Introspection:CacheSeconds", "301", null)]
    [InlineData("Introspection:CacheSeconds", "-1", null)]
    [InlineData("Introspection:Cache", "1", null)]
    [InlineData("TokenPrefix", " x", null)]
    [InlineData("Exchange:SubjectTokenType", "", null)]
    [InlineData("Exchange:SubjectTokenType", "idtoken", null)]
    [InlineData("Client:SubjectTokenType", "access-token", null)]
    [InlineData("Exchange:CacheSeconds", "3601", null)]
    [InlineData("Exchange:SubjectIssuers:0", "https://idp.example/", null)]
    public void A_mistake_in_what_an_issuer_is_asked_is_one_error(string key, string? value, string? errorKey)
    {
        const string Issuer = "Identity:Issuers:0:";
        var settings = Good();
        settings[Issuer + "Client:Id"] = "gateway";
        settings[Issuer + "Client:Secret"] = "the-secret";
        settings[Issuer + "Introspection:When"] = "always";
        Check(new(settings)).ShouldBeEmpty();
        settings[Issuer + key] = value;
        var error = Check(settings).ShouldHaveSingleItem();
        error.Key.ShouldBe(Issuer + (errorKey ?? key));
        error.ToString().ShouldNotContain("the-secret");
    }

    [Fact]
    public void An_opaque_token_may_be_of_one_issuer_alone()
    {
        var settings = Good();
        settings["Identity:Issuers:1:Name"] = "other";
        settings["Identity:Issuers:1:Issuer"] = "https://other.example";
        settings["Identity:Issuers:1:Audiences:0"] = "gateway";
        for (var i = 0; i < 2; i++)
        {
            settings[$"Identity:Issuers:{i}:Client:Id"] = "gateway";
            settings[$"Identity:Issuers:{i}:Client:Secret"] = "x";
            settings[$"Identity:Issuers:{i}:Introspection:When"] = "opaque";
        }

        Check(new(settings)).ShouldHaveSingleItem().Key.ShouldBe("Identity:Issuers:1:TokenPrefix");
        settings["Identity:Issuers:1:TokenPrefix"] = "oth_";
        Check(new(settings)).ShouldBeEmpty();
        settings.Remove("Identity:Issuers:1:Introspection:When");
        Check(settings).ShouldHaveSingleItem().Key.ShouldBe("Identity:Issuers:1:TokenPrefix");
    }

    [Fact]
    public void Who_asks_is_a_client()
    {
        var settings = Good();
        settings["Identity:Issuers:0:Introspection:When"] = "opaque";
        Check(settings).ShouldHaveSingleItem().Key.ShouldBe("Identity:Issuers:0:Introspection");
    }

    [Fact]
    public void All_errors_come_at_once()
    {
        var errors = Check(new()
        {
            ["Identity:Issuers:0:Name"] = "corp",
            ["Identity:Issuers:0:Issuer"] = "https://idp.example",
            ["Identity:Issuers:1:Name"] = "corp",
            ["Identity:Issuers:1:Issuer"] = "https://idp.example",
            ["Identity:Issuers:1:Tenant"] = "a",
            ["Identity:Issuers:1:Claims:Tenant"] = "/tenant",
            ["Identity:Issuers:1:Claims:Attributes:0:Name"] = "x",
            ["Identity:Issuers:1:Claims:Attributes:0:Pointer"] = "x",
            ["Identity:Issuers:1:Claims:Attributes:0:Type"] = "date",
            ["Identity:Issuers:1:Claims:Attributes:1:Name"] = "x",
            ["Identity:Issuers:1:Claims:Attributes:1:Pointer"] = "/x",
            ["Identity:Nonsense"] = "x",
            ["Keys:Master"] = "short",
        });
        errors.Select(error => error.Key).Order(StringComparer.Ordinal).ShouldBe(
        [
            "Identity:Issuers:0:Audiences", "Identity:Issuers:1:AllowedTenants", "Identity:Issuers:1:Audiences", "Identity:Issuers:1:Claims:Attributes:0:Pointer",
            "Identity:Issuers:1:Claims:Attributes:0:Type", "Identity:Issuers:1:Claims:Attributes:1:Name", "Identity:Issuers:1:Issuer", "Identity:Issuers:1:Name",
            "Identity:Issuers:1:Tenant", "Identity:Nonsense", "Keys:Master",
        ]);
    }

    private static Dictionary<string, string?> Good() => new(StringComparer.Ordinal)
    {
        ["Identity:Issuers:0:Name"] = "corp",
        ["Identity:Issuers:0:Issuer"] = "https://idp.example/",
        ["Identity:Issuers:0:Audiences:0"] = "gateway",
    };

    private SettingsError[] Check(Dictionary<string, string?> settings)
    {
        settings["Data:Path"] = _folder.Path;
        var services = new ServiceCollection();
        services.AddGatewayIdentity(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<ISettingsCheck>().SelectMany(check => check.Check())];
    }
}
