using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Microsoft Entra ID, tokens of version 2: the tenant is part of the issuer, <c>aud</c> is the API's client id, <c>scp</c> a text.</summary>
public sealed class EntraTests : ProviderSuite
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    protected override string Sample => "entra";

    protected override string Person => Access("66666666-7777-8888-9999-000000000000", Tenant, """ "scp":"chat:write calendar:read", """);

    protected override string IdToken => $$"""
        {"aud":"66666666-7777-8888-9999-000000000000","iss":"https://login.microsoftonline.com/{{Tenant}}/v2.0","name":"Alice Smith","oid":"aaaaaaaa-0000-0000-0000-000000000001",
        "preferred_username":"alice@contoso.example","rh":"0.x","sub":"pairwise-1","tid":"{{Tenant}}","uti":"u","ver":"2.0","roles":["doctor"]}
        """;

    protected override string OtherApp => Access("00000003-0000-0000-c000-000000000000", Tenant, """ "scp":"User.Read", """);

    protected override string OtherTenant => Access("66666666-7777-8888-9999-000000000000", "99999999-2222-3333-4444-555555555555", """ "scp":"chat:write", """);

    protected override AuthenticationStatus OtherTenantStatus => AuthenticationStatus.Invalid;

    protected override string Program => $$"""
        {"aud":"66666666-7777-8888-9999-000000000000","iss":"https://login.microsoftonline.com/{{Tenant}}/v2.0","aio":"x","azp":"bbbbbbbb-0000-0000-0000-000000000002","azpacr":"1",
        "oid":"cccccccc-0000-0000-0000-000000000003","rh":"0.x","roles":["batch"],"sub":"cccccccc-0000-0000-0000-000000000003","tid":"{{Tenant}}","uti":"u","ver":"2.0"}
        """;

    protected override string ForCalendar => Person;

    protected override (string Subject, string Tenant, string? Client) Expected => ("aaaaaaaa-0000-0000-0000-000000000001", "contoso", "bbbbbbbb-0000-0000-0000-000000000001");

    protected override string[] ExpectedRoles => ["doctor"];

    protected override string[] ExpectedScopes => ["chat:write", "calendar:read"];

    [Fact]
    public async Task A_person_is_the_same_in_every_app()
    {
        var one = (await AuthenticateAsync(Person)).Identity!;
        var other = (await AuthenticateAsync(Person.Replace("pairwise-1", "pairwise-2", StringComparison.Ordinal))).Identity!;
        other.PersonId.ShouldBe(one.PersonId);
        one.OrgId.ShouldBe(Tenant);
    }

    [Fact]
    public async Task An_id_token_with_its_nonce_is_refused_as_well() =>
        (await AuthenticateAsync(IdToken.Replace("\"rh\"", "\"nonce\":\"n\",\"rh\"", StringComparison.Ordinal))).Reason.ShouldBe("not_an_access_token");

    private static string Access(string audience, string tenant, string scopes) => $$"""
        {"aud":"{{audience}}","iss":"https://login.microsoftonline.com/{{tenant}}/v2.0","aio":"x","azp":"bbbbbbbb-0000-0000-0000-000000000001","azpacr":"0","name":"Alice Smith",
        "oid":"aaaaaaaa-0000-0000-0000-000000000001","preferred_username":"alice@contoso.example","rh":"0.x","roles":["doctor"],{{scopes}}"sub":"pairwise-1",
        "tid":"{{tenant}}","uti":"u","ver":"2.0"}
        """;
}

/// <summary>The same, tokens of version 1: another issuer, <c>aud</c> the application id URI, the client in <c>appid</c>.</summary>
public sealed class EntraV1Tests : ProviderSuite
{
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    protected override string Sample => "entra-v1";

    protected override string Person => Access("api://66666666-7777-8888-9999-000000000000", Tenant);

    protected override string IdToken => $$"""
        {"aud":"api://66666666-7777-8888-9999-000000000000","iss":"https://sts.windows.net/{{Tenant}}/","amr":["pwd"],"name":"Alice Smith","oid":"aaaaaaaa-0000-0000-0000-000000000001",
        "sub":"pairwise-1","tid":"{{Tenant}}","unique_name":"alice@contoso.example","upn":"alice@contoso.example","ver":"1.0"}
        """;

    protected override string OtherApp => Access("https://graph.microsoft.com", Tenant);

    protected override string OtherTenant => Access("api://66666666-7777-8888-9999-000000000000", "99999999-2222-3333-4444-555555555555");

    protected override AuthenticationStatus OtherTenantStatus => AuthenticationStatus.Invalid;

    protected override string Program => $$"""
        {"aud":"api://66666666-7777-8888-9999-000000000000","iss":"https://sts.windows.net/{{Tenant}}/","aio":"x","appid":"bbbbbbbb-0000-0000-0000-000000000002","appidacr":"1","idp":"https://sts.windows.net/{{Tenant}}/",
        "oid":"cccccccc-0000-0000-0000-000000000003","rh":"0.x","roles":["batch"],"sub":"cccccccc-0000-0000-0000-000000000003","tid":"{{Tenant}}","uti":"u","ver":"1.0"}
        """;

    protected override string? ForCalendar => null;

    protected override (string Subject, string Tenant, string? Client) Expected => ("aaaaaaaa-0000-0000-0000-000000000001", "contoso", "bbbbbbbb-0000-0000-0000-000000000001");

    protected override string[] ExpectedRoles => ["doctor"];

    protected override string[] ExpectedScopes => ["chat:write"];

    private static string Access(string audience, string tenant) => $$"""
        {"aud":"{{audience}}","iss":"https://sts.windows.net/{{tenant}}/","acr":"1","aio":"x","amr":["pwd","mfa"],"appid":"bbbbbbbb-0000-0000-0000-000000000001","appidacr":"0",
        "ipaddr":"203.0.113.7","name":"Alice Smith","oid":"aaaaaaaa-0000-0000-0000-000000000001","rh":"0.x","roles":["doctor"],"scp":"chat:write","sub":"pairwise-1",
        "tid":"{{tenant}}","unique_name":"alice@contoso.example","upn":"alice@contoso.example","uti":"u","ver":"1.0"}
        """;
}
