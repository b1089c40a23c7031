using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Claims;

public sealed class IdentityMappingTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private TestIssuer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _other = await TestIssuer.StartAsync("/realms/other");
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Defaults_fit_a_common_token()
    {
        var caller = await Map(_issuer.Options(), _issuer.Token()
            .Claim("name", "Dr. Alice Smith").Claim("org_id", "mercy").Claim("team", "cardio").Claim("plan", "pro").Claim("sid", "s1").Claim("acr", "2")
            .Claim("auth_time", TestClock.Start.ToUnixTimeSeconds() - 60).Claim("roles", new JsonArray("doctor")).Claim("act", new JsonObject { ["sub"] = "agent-7" }));

        (caller.Subject, caller.UserId, caller.Tenant, caller.Issuer, caller.IssuerName).ShouldBe(("alice", "alice", "default", _issuer.Url, "idp"));
        (caller.DisplayName, caller.OrgId, caller.Team, caller.Plan, caller.SessionId, caller.Acr, caller.Actor).ShouldBe(("Dr. Alice Smith", "mercy", "cardio", "pro", "s1", "2", "agent-7"));
        (caller.ClientId, caller.Kind, caller.AuthTime, caller.IssuedAt).ShouldBe(("cli", IdentityKind.Person, TestClock.Start.AddSeconds(-60), TestClock.Start));
        caller.Roles.ShouldBe(["doctor"]);
        caller.Scopes.ShouldBe(["chat:write"]);
    }

    [Fact]
    public async Task Scopes_are_read_from_every_usual_place_once()
    {
        var caller = await Map(_issuer.Options(), _issuer.Token().Claim("scope", "a b").Claim("scp", new JsonArray("b", "c")).Claim("permissions", new JsonArray("d")));
        caller.Scopes.ShouldBe(["a", "b", "c", "d"]);
    }

    [Theory]
    [InlineData("""{"scp":"a b"}""", "a,b")]
    [InlineData("""{"scope":["a","b"]}""", "a,b")]
    [InlineData("""{"scope":""}""", "")]
    [InlineData("""{"scope":{"a":true}}""", "")]
    public async Task Scopes_come_in_several_forms(string claims, string expected)
    {
        var token = _issuer.Token().Without("scope");
        foreach (var (name, value) in JsonNode.Parse(claims)!.AsObject())
        {
            token.Claim(name, value!.DeepClone());
        }

        string.Join(',', (await Map(_issuer.Options(), token)).Scopes).ShouldBe(expected);
    }

    [Fact]
    public async Task Roles_may_be_nested()
    {
        var caller = await Map(_issuer.Options(), _issuer.Token().Claim("realm_access", new JsonObject { ["roles"] = new JsonArray("nurse") }));
        caller.Roles.ShouldBe(["nurse"]);
    }

    [Fact]
    public async Task Pointers_move_everything()
    {
        var claims = new ClaimsOptions
        {
            Subject = "/oid",
            UserId = "/ext/user",
            DisplayName = "/ext/display",
            OrgId = "/tid",
            Team = "/ext/team",
            Plan = "/ext/plan",
            Roles = "/ext/groups",
            Scopes = "/ext/scopes",
            ClientId = "/appid",
        };
        var caller = await Map(_issuer.Options() with { Claims = claims }, _issuer.Token()
            .Claim("oid", "o-1").Claim("tid", "t-1").Claim("appid", "app").Claim("ext", new JsonObject
            {
                ["user"] = "alice.smith",
                ["display"] = "Alice",
                ["team"] = "x",
                ["plan"] = "y",
                ["groups"] = new JsonArray("g"),
                ["scopes"] = "s t",
            }));

        (caller.Subject, caller.UserId, caller.DisplayName, caller.OrgId, caller.Team, caller.Plan, caller.ClientId).ShouldBe(("o-1", "alice.smith", "Alice", "t-1", "x", "y", "app"));
        caller.Roles.ShouldBe(["g"]);
        caller.Scopes.ShouldBe(["s", "t"]);
    }

    [Fact]
    public async Task A_named_claim_of_the_wrong_type_refuses_the_token_and_a_default_one_is_ignored()
    {
        var named = _issuer.Options() with { Claims = new ClaimsOptions { Team = "/team" } };
        (await Authenticate(named, _issuer.Token().Claim("team", new JsonObject()))).Reason.ShouldBe("claim_type");
        (await Map(_issuer.Options(), _issuer.Token().Claim("team", new JsonObject()))).Team.ShouldBeNull();
    }

    [Fact]
    public async Task Attributes_have_the_type_the_operator_gave()
    {
        var options = _issuer.Options() with
        {
            Claims = new ClaimsOptions
            {
                Attributes =
                [
                    new AttributeOptions { Name = "licensed", Pointer = "/x/licensed", Type = "boolean" }, new AttributeOptions { Name = "level", Pointer = "/x/level", Type = "integer" },
                    new AttributeOptions { Name = "ward", Pointer = "/x/ward" }, new AttributeOptions { Name = "sites", Pointer = "/x/sites", Type = "list" },
                    new AttributeOptions { Name = "absent", Pointer = "/x/absent" },
                ],
            },
        };
        var caller = await Map(options, _issuer.Token().Claim("x", new JsonObject { ["licensed"] = true, ["level"] = 3, ["ward"] = "4B", ["sites"] = new JsonArray("n", "s") }));
        caller.Attributes.Select(attribute => attribute.Name).ShouldBe(["licensed", "level", "ward", "sites"]);
        (caller.Attributes[0].Boolean, caller.Attributes[1].Integer, caller.Attributes[2].Text).ShouldBe((true, 3, "4B"));
        caller.Attributes[3].List.ShouldBe(["n", "s"]);

        (await Authenticate(options, _issuer.Token().Claim("x", new JsonObject { ["licensed"] = "true" }))).Reason.ShouldBe("attribute_invalid");
    }

    [Fact]
    public async Task Two_issuers_with_the_same_subject_are_two_people()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options("corp"), _other.Options("partner"));
        var one = (await identity.AuthenticateAsync(_issuer.Token().Build())).Identity.ShouldNotBeNull();
        var other = (await identity.AuthenticateAsync(_other.Token().Build())).Identity.ShouldNotBeNull();

        one.PersonId.ShouldNotBe(other.PersonId);
        (one.UserId, other.UserId).ShouldBe(("corp|alice", "partner|alice"));
        one.Tenant.ShouldBe(other.Tenant);
    }

    [Fact]
    public async Task The_only_issuer_administers()
    {
        (await Map(_issuer.Options(), _issuer.Token().Claim("scope", "admin:policy chat:write"))).Scopes.ShouldBe(["admin:policy", "chat:write"]);
    }

    [Fact]
    public async Task Of_several_issuers_only_the_named_one_administers()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options("corp") with { MayAdminister = true }, _other.Options("customer"));
        (await identity.AuthenticateAsync(_issuer.Token().Claim("scope", "admin:policy chat:write").Build())).Identity!.Scopes.ShouldBe(["admin:policy", "chat:write"]);
        (await identity.AuthenticateAsync(_other.Token().Claim("scope", "admin:policy chat:write").Build())).Identity!.Scopes.ShouldBe(["chat:write"]);
    }

    [Fact]
    public async Task Issuers_with_tenants_of_their_own_need_no_prefix()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options("corp") with { Tenant = "a" }, _other.Options("partner") with { Tenant = "b" });
        (await identity.AuthenticateAsync(_issuer.Token().Build())).Identity!.UserId.ShouldBe("alice");
        (await identity.AuthenticateAsync(_other.Token().Build())).Identity!.UserId.ShouldBe("alice");
    }

    [Theory]
    [InlineData("mercy", AuthenticationStatus.Authenticated)]
    [InlineData("acme", AuthenticationStatus.TenantRefused)]
    [InlineData("Mercy", AuthenticationStatus.TenantRefused)]
    [InlineData("mercy\n", AuthenticationStatus.TenantRefused)]
    [InlineData("", AuthenticationStatus.TenantRefused)]
    [InlineData(null, AuthenticationStatus.TenantRefused)]
    public async Task An_issuer_asserts_only_its_own_tenants(string? tenant, AuthenticationStatus status)
    {
        await using var identity = IdentityUnderTest.For(
            _issuer.Options("corp") with { AllowedTenants = ["mercy"], Claims = new ClaimsOptions { Tenant = "/tenant" } }, _other.Options("partner") with { Tenant = "acme" });
        var result = await identity.AuthenticateAsync(_issuer.Token().Claim("tenant", tenant).Build());
        result.Status.ShouldBe(status);
        result.Identity?.Tenant.ShouldBe("mercy");
        result.InternalAssertion.ShouldBe(status == AuthenticationStatus.Authenticated ? result.InternalAssertion : null);
    }

    [Fact]
    public async Task A_forged_tenant_is_no_403()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options() with { AllowedTenants = ["mercy"], Claims = new ClaimsOptions { Tenant = "/tenant" } });
        var forged = _issuer.Token().Claim("tenant", "acme").SignedBy(_other.Key).Build();
        (await identity.AuthenticateAsync(forged)).Status.ShouldBe(AuthenticationStatus.Invalid);
    }

    [Theory]
    [InlineData("""{"sub":"cli"}""", IdentityKind.Service)]
    [InlineData("""{"idtyp":"app"}""", IdentityKind.Service)]
    [InlineData("""{"gty":"client-credentials","sub":"cli@clients"}""", IdentityKind.Service)]
    [InlineData("""{"preferred_username":"service-account-cli"}""", IdentityKind.Service)]
    [InlineData("""{"preferred_username":"service-account-cli","sid":"s"}""", IdentityKind.Person)]
    [InlineData("""{"preferred_username":"service-account-other"}""", IdentityKind.Person)]
    [InlineData("""{"sub":"o","oid":"o","tid":"t"}""", IdentityKind.Service)]
    [InlineData("""{"sub":"o","oid":"o","tid":"t","scp":"chat"}""", IdentityKind.Person)]
    [InlineData("""{"idtyp":"user"}""", IdentityKind.Person)]
    public async Task A_program_is_told_from_a_person(string claims, IdentityKind kind)
    {
        var token = _issuer.Token();
        foreach (var (name, value) in JsonNode.Parse(claims)!.AsObject())
        {
            token.Claim(name, value!.DeepClone());
        }

        (await Map(_issuer.Options(), token)).Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task A_client_has_the_name_the_operator_gave_it()
    {
        var options = new IdentityOptions { Issuers = [_issuer.Options()], Clients = [new ClientOptions { Id = "https://chatgpt.example/client.json", Name = "ChatGPT" }] };
        await using var identity = new IdentityUnderTest(options);
        (await identity.AuthenticateAsync(_issuer.Token().Claim("client_id", "https://chatgpt.example/client.json").Build())).Identity!.ClientName.ShouldBe("ChatGPT");
        (await identity.AuthenticateAsync(_issuer.Token().Without("client_id").Claim("azp", "other").Build())).Identity!.ClientName.ShouldBeNull();
    }

    [Fact]
    public async Task Cognito_has_its_audience_elsewhere()
    {
        var options = _issuer.Options() with { AudienceClaim = "client_id", Audiences = ["cli"] };
        var token = _issuer.Token().Without("aud").WithoutHeader("typ").Claim("token_use", "access");
        (await Authenticate(options, token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await Authenticate(options, token.Claim("client_id", "other"))).Reason.ShouldBe("audience_wrong");
    }

    [Theory]
    [InlineData("https://gw.example/", "a:read", "a:read")]
    [InlineData("https://gw.example/", "https://gw.example/a:read", "a:read")]
    [InlineData("https://gw.example/", "https://gw.example/mcp/a/a:read", "mcp/a/a:read")]
    [InlineData("https://gw.example/ https://gw.example/mcp/a/", "https://gw.example/mcp/a/a:read https://gw.example/a:read", "a:read")]
    [InlineData("https://gw.example/", "https://gw.example/ openid", "openid")]
    [InlineData("https://gw.example/", "HTTPS://gw.example/a:read", "HTTPS://gw.example/a:read")]
    public async Task What_an_issuer_puts_before_scopes_is_taken_off_once(string prefixes, string scope, string expected)
    {
        var caller = await Map(_issuer.Options() with { ScopePrefixes = prefixes.Split(' ') }, _issuer.Token().Claim("scope", scope));
        string.Join(' ', caller.Scopes).ShouldBe(expected);
    }

    [Fact]
    public async Task Administration_behind_a_prefix_is_administration()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options("corp") with { ScopePrefixes = ["gw/"] }, _other.Options("customer"));
        (await identity.AuthenticateAsync(_issuer.Token().Claim("scope", "gw/admin:policy gw/chat:write").Build())).Identity!.Scopes.ShouldBe(["chat:write"]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("/jti", true)]
    [InlineData("/other", false)]
    public async Task An_operator_may_name_the_mark_of_access_tokens(string? pointer, bool accepted)
    {
        var token = _issuer.Token().Header("typ", "JWT").Without("scope").Claim("jti", "j");
        (await Authenticate(_issuer.Options() with { AccessTokenClaim = pointer }, token)).Reason.ShouldBe(accepted ? null : "not_an_access_token");
    }

    private static async Task<AuthenticationResult> Authenticate(IssuerOptions options, TokenBuilder token)
    {
        await using var identity = IdentityUnderTest.For(options);
        return await identity.AuthenticateAsync(token.Build());
    }

    private static async Task<CallerIdentity> Map(IssuerOptions options, TokenBuilder token)
    {
        var result = await Authenticate(options, token);
        result.Reason.ShouldBeNull();
        return result.Identity.ShouldNotBeNull();
    }
}
