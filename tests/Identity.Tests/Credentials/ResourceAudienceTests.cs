using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>A token opens the resource it was issued for, and no other.</summary>
public sealed class ResourceAudienceTests : IAsyncLifetime
{
    private const string A = "https://gateway.example/mcp/calendar";
    private const string B = "https://gateway.example/mcp/notes";

    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _identity = IdentityUnderTest.For(_issuer.Options());
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_token_for_one_route_does_not_open_another_however_often_it_is_tried()
    {
        var token = _issuer.Token("alice").Claim("aud", A).Build();
        for (var i = 0; i < 3; i++)
        {
            (await _identity.AuthenticateForAsync(token, A)).Identity!.UserId.ShouldBe("alice");
            var other = await _identity.AuthenticateForAsync(token, B);
            (other.Status, other.Reason).ShouldBe((AuthenticationStatus.Invalid, "audience_wrong"));
            (await _identity.AuthenticateAsync(token)).Reason.ShouldBe("audience_wrong");
        }
    }

    [Fact]
    public async Task The_issuers_own_audiences_open_no_route()
    {
        var token = _issuer.Token("alice").Build();
        (await _identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await _identity.AuthenticateForAsync(token, A)).Reason.ShouldBe("audience_wrong");
        (await _identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task One_that_was_accepted_is_remembered_for_its_resource_alone()
    {
        var token = _issuer.Token("alice").Claim("aud", new JsonArray(A, "gateway")).Build();
        var first = await _identity.AuthenticateForAsync(token, A, "calendar");
        (await _identity.AuthenticateForAsync(token, A, "calendar")).ShouldBeSameAs(first);
        (await _identity.AuthenticateForAsync(token, B)).Status.ShouldBe(AuthenticationStatus.Invalid);
        (await _identity.AuthenticateForAsync(token, A + ",calendar")).Status.ShouldBe(AuthenticationStatus.Invalid);
        TokenKey.Of(token, [A]).ShouldNotBe(TokenKey.Of(token));
        TokenKey.Of(token, [A, B]).ShouldNotBe(TokenKey.Of(token, [A + B]));
        TokenKey.Of(token, [A]).ShouldBe(TokenKey.Of(token, [string.Concat(A.AsSpan(), string.Empty)]));
    }

    [Theory]
    [InlineData(A, A, true)]
    [InlineData(A, "https://gateway.example/mcp/calendar/", true)]
    [InlineData(A, "HTTPS://GateWay.Example/mcp/calendar", true)]
    [InlineData(A, "https://gateway.example:443/mcp/calendar", true)]
    [InlineData("https://gateway.example", "https://gateway.example/", true)]
    [InlineData("http://127.0.0.1:80/mcp/a", "http://127.0.0.1/mcp/a", true)]
    [InlineData("https://[::1]:443/a", "https://[::1]/a", true)]
    [InlineData(A, "https://gateway.example/mcp/Calendar", false)]
    [InlineData(A, "https://gateway.example/mcp/calendar2", false)]
    [InlineData(A, "https://gateway.example/mcp/calenda", false)]
    [InlineData(A, "https://gateway.example/mcp", false)]
    [InlineData(A, "https://gateway.example/mcp/calendar//", false)]
    [InlineData(A, "https://gateway.example/mcp/./calendar", false)]
    [InlineData(A, "https://gateway.example/mcp/%63alendar", false)]
    [InlineData(A, "https://gateway.example/mcp/calendar?x=1", false)]
    [InlineData(A, "https://gateway.example/mcp/calendar#x", false)]
    [InlineData(A, "https://gateway.example:8443/mcp/calendar", false)]
    [InlineData(A, "https://gateway.example:80/mcp/calendar", false)]
    [InlineData(A, "http://gateway.example/mcp/calendar", false)]
    [InlineData(A, "https://gateway.example.evil/mcp/calendar", false)]
    [InlineData(A, "https://evil@gateway.example/mcp/calendar", false)]
    [InlineData(A, "https://gateway.example\\@evil/mcp/calendar", false)]
    [InlineData("https://gateway.example/mcp?x=/", "https://gateway.example/mcp?x=", false)]
    [InlineData("api://5f0c", "api://5f0c", true)]
    [InlineData("api://5f0c", "API://5f0c", false)]
    [InlineData("api://5f0c", "api://5f0c/", false)]
    [InlineData("calendar", "Calendar", false)]
    [InlineData("calendar", "calendar/", false)]
    [InlineData("https://", "https://", true)]
    [InlineData("https:///x", "https:///x/", false)]
    [InlineData("", "", false)]
    public async Task Urls_are_compared_in_their_canonical_form_and_everything_else_byte_by_byte(string audience, string aud, bool opens)
    {
        var result = await _identity.AuthenticateForAsync(_issuer.Token("alice").Claim("aud", aud).Build(), audience);
        result.Reason.ShouldBe(opens ? null : "audience_wrong");
        (result.Status == AuthenticationStatus.Authenticated).ShouldBe(opens);
    }

    [Fact]
    public async Task One_of_several_audiences_is_enough_on_either_side()
    {
        (await _identity.AuthenticateForAsync(_issuer.Token("alice").Claim("aud", new JsonArray("x", A + "/")).Build(), "api://5f0c", A)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await _identity.AuthenticateForAsync(_issuer.Token("alice").Claim("aud", new JsonArray("x", "y")).Build(), A)).Reason.ShouldBe("audience_wrong");
        (await _identity.AuthenticateForAsync(_issuer.Token("alice").Claim("aud", new JsonArray()).Build(), A)).Reason.ShouldBe("audience_wrong");
        (await _identity.AuthenticateForAsync(_issuer.Token("alice").Without("aud").Build(), A)).Reason.ShouldBe("audience_missing");
    }

    [Fact]
    public async Task An_issuer_with_its_audience_elsewhere_is_asked_there()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options() with { AudienceClaim = "client_id", Audiences = ["app"] });
        var named = _issuer.Token("alice").Claim("client_id", "calendar-app").Without("aud");
        (await identity.AuthenticateForAsync(named.Build(), A, "calendar-app")).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await identity.AuthenticateForAsync(named.Build(), A)).Reason.ShouldBe("audience_wrong");

        // Only where a token does not say whom it is for.
        (await identity.AuthenticateForAsync(_issuer.Token("alice").Claim("client_id", "app").Claim("aud", A).Build(), A)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await identity.AuthenticateForAsync(named.Claim("aud", "another").Build(), A, "calendar-app")).Reason.ShouldBe("audience_wrong");
    }

    [Fact]
    public async Task What_we_told_a_backend_of_somebody_opens_no_route()
    {
        var clinic = new CallingBackend { Name = "clinic", Audience = A };
        var alice = await _identity.AuthenticateAsync(_issuer.Token("alice").Build());
        var given = (await _identity.MintAsync(alice.InternalAssertion!, clinic.Audience, "req-1")).Token!;
        (await _identity.AuthenticateAsync(given, clinic)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        var request = new AuthenticationRequest
        {
            RequestId = "r2",
            Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = given }],
            Backend = clinic,
            Audiences = [A],
        };
        var refused = await _identity.Module.AuthenticateAsync(request, TestContext.Current.CancellationToken);
        (refused.Status, refused.Reason).ShouldBe((AuthenticationStatus.Invalid, "assertion_for_resource"));
        (await _identity.Module.AuthenticateAsync(request with { Backend = null }, TestContext.Current.CancellationToken)).Status.ShouldBe(AuthenticationStatus.Invalid);
    }

    [Fact]
    public async Task Anybody_may_know_where_tokens_come_from()
    {
        await using var identity = new IdentityUnderTest(new IdentityOptions
        {
            Issuers = [_issuer.Options(), _issuer.Options() with { Name = "second", Issuer = "https://second.example/realm/" }],
            ScopesSupported = ["chat:write", "calendar:read"],
        });
        var description = await identity.Module.DescribeAsync(TestContext.Current.CancellationToken);
        description.AuthorizationServers.ShouldBe(ImmutableArray.Create(_issuer.Url, "https://second.example/realm/"));
        description.ScopesSupported.ShouldBe(ImmutableArray.Create("chat:write", "calendar:read"));
    }
}
