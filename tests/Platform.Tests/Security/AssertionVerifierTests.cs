using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Security;

public sealed class AssertionVerifierTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(TestAssertions.Start);
    private readonly TestAssertions _identity = new();
    private readonly AssertionVerifier _verifier;

    public AssertionVerifierTests() =>
        _verifier = new AssertionVerifier(new AssertionKeys(_identity, _time, NullLogger<AssertionKeys>.Instance), TestAssertions.Issuer, _time);

    public void Dispose()
    {
        _verifier.Dispose();
        _identity.Dispose();
    }

    [Fact]
    public async Task A_good_one_says_who_it_is()
    {
        var token = _identity.Mint(TestAssertions.Alice);
        var first = (await VerifyAsync(token)).Person.ShouldNotBeNull();
        first.Identity.ShouldBeEquivalentTo(TestAssertions.Alice);
        (await VerifyAsync(token)).Person.ShouldBeSameAs(first);
        _identity.Fetches.ShouldBe(1);
    }

    public static TheoryData<string, Action<JsonObject>?, Action<JsonObject>?> Wrong { get; } = new()
    {
        { "another type", h => h["typ"] = "at+jwt", null },
        { "no type", h => h.Remove("typ"), null },
        { "another algorithm", h => h["alg"] = "ES384", null },
        { "no algorithm", h => h["alg"] = "none", null },
        { "no key id", h => h.Remove("kid"), null },
        { "another key id", h => h["kid"] = "k2", null },
        { "another issuer", null, p => p["iss"] = "http://evil.test" },
        { "the issuer with a slash", null, p => p["iss"] = TestAssertions.Issuer + "/" },
        { "no issuer", null, p => p.Remove("iss") },
        { "a backend's audience", null, p => p["aud"] = "calendar" },
        { "no audience", null, p => p.Remove("aud") },
        { "no end", null, p => p.Remove("exp") },
        { "an end that is no number", null, p => p["exp"] = "later" },
        { "no beginning", null, p => p.Remove("iat") },
        { "no person", null, p => p.Remove("person_id") },
        { "no tenant", null, p => p["tenant"] = "" },
        { "no kind", null, p => p["kind"] = "ghost" },
        { "roles that are no list", null, p => p["roles"] = "doctor" },
        { "an attribute of no type", null, p => p["attributes"]!["licensed"] = new JsonObject() },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task One_that_is_wrong_is_not_believed(string what, Action<JsonObject>? header, Action<JsonObject>? payload)
    {
        var verdict = await VerifyAsync(_identity.Mint(TestAssertions.Alice, header, payload));
        verdict.Person.ShouldBeNull(what);
        verdict.Problem.ShouldNotBeNull();
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice))).Person.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    public async Task What_is_no_token_is_not_believed(string text)
    {
        (await VerifyAsync(text)).Person.ShouldBeNull();
        _identity.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task A_signature_of_anybody_else_is_not_believed()
    {
        using var other = new TestAssertions();
        (await VerifyAsync(other.Mint(TestAssertions.Alice))).Person.ShouldBeNull();
        (await VerifyAsync(_identity.MintWithPublicKeyAsSecret(TestAssertions.Alice))).Person.ShouldBeNull();
        var good = _identity.Mint(TestAssertions.Alice);
        (await VerifyAsync(good[..^40] + (good[^40] == 'A' ? 'B' : 'A') + good[^39..])).Person.ShouldBeNull();
        (await VerifyAsync(good[..(good.LastIndexOf('.') + 1)])).Person.ShouldBeNull();
        (await VerifyAsync(good)).Person.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_ends_and_its_request_is_settled_a_day_longer()
    {
        var token = _identity.Mint(TestAssertions.Alice);
        (await VerifyAsync(token)).Person.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(306));
        (await VerifyAsync(token)).Problem.ShouldBe("assertion_expired");
        (await VerifyAsync(token, PersonProof.Late)).Person.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(23));
        (await VerifyAsync(token, PersonProof.Late)).Person.ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(1));
        (await VerifyAsync(token, PersonProof.Late)).Problem.ShouldBe("assertion_expired");
    }

    [Fact]
    public async Task One_from_the_future_is_not_believed() =>
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice, at: TestAssertions.Start.AddSeconds(6)))).Problem.ShouldBe("assertion_not_yet_valid");

    [Fact]
    public async Task A_made_up_key_id_asks_Identity_at_most_every_five_seconds()
    {
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice))).Person.ShouldNotBeNull();
        for (var i = 0; i < 20; i++)
        {
            (await VerifyAsync(_identity.Mint(TestAssertions.Alice, h => h["kid"] = $"made-up-{i}"))).Problem.ShouldBe("assertion_unknown_kid");
        }

        _identity.Fetches.ShouldBe(1);
        _identity.Rotate("k2");
        _time.Advance(TimeSpan.FromSeconds(5));
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice, at: _time.GetUtcNow()))).Person.ShouldNotBeNull();
        _identity.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_is_no_longer_published_is_forgotten_within_minutes()
    {
        var old = _identity.KeyId;
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice))).Person.ShouldNotBeNull();
        var before = _identity.Mint(TestAssertions.Alice with { UserId = "later" }, at: TestAssertions.Start.AddMinutes(5));
        _identity.Rotate("k2");
        _time.Advance(AssertionKeys.RefreshAfter);
        // This one still finds the key, and starts the fetch that loses it.
        (await VerifyAsync(before)).Person.ShouldNotBeNull();
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice, h => h["kid"] = old, at: _time.GetUtcNow()))).Problem.ShouldBe("assertion_unknown_kid");
    }

    [Fact]
    public async Task Without_keys_nobody_is_believed_and_it_is_said_why()
    {
        _identity.Away = true;
        var verdict = await VerifyAsync(_identity.Mint(TestAssertions.Alice));
        (verdict.Person, verdict.Unavailable).ShouldBe((null, true));

        _identity.Away = false;
        _time.Advance(TimeSpan.FromSeconds(5));
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice, at: _time.GetUtcNow()))).Person.ShouldNotBeNull();

        // What was known stays in use while Identity is away.
        _identity.Away = true;
        _time.Advance(TimeSpan.FromHours(1));
        (await VerifyAsync(_identity.Mint(TestAssertions.Alice, at: _time.GetUtcNow()))).Person.ShouldNotBeNull();
    }

    [Fact]
    public void Every_caller_is_read_back_as_written()
    {
        var texts = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => s.Get);
        var optional = Gen.Frequency((1, Gen.Constant<string?>(null)), (3, texts.Select(s => (string?)s)));
        var words = texts.Select(t => t.Replace(" ", "", StringComparison.Ordinal)).Where(t => t.Length > 0).ArrayOf();
        var attributes =
            from names in texts.ArrayOf()
            from text in texts
            from number in ArbMap.Default.GeneratorFor<long>()
            from list in texts.ArrayOf()
            select names.Distinct(StringComparer.Ordinal).Select((name, i) => (i % 4) switch
            {
                0 => new IdentityAttribute { Name = name, Type = IdentityAttributeType.Text, Text = text },
                1 => new IdentityAttribute { Name = name, Type = IdentityAttributeType.Boolean, Boolean = number > 0 },
                2 => new IdentityAttribute { Name = name, Type = IdentityAttributeType.Integer, Integer = number },
                _ => new IdentityAttribute { Name = name, Type = IdentityAttributeType.List, List = [.. list] },
            }).ToArray();
        var callers =
            from required in texts.ArrayOf(6)
            from options in optional.ArrayOf(10)
            from roles in texts.ArrayOf()
            from scopes in words
            from described in attributes
            from seconds in Gen.Choose(0, int.MaxValue)
            select new CallerIdentity
            {
                PersonId = required[0],
                UserId = required[1],
                Subject = required[2],
                Issuer = required[3],
                IssuerName = required[4],
                Tenant = required[5],
                Kind = seconds % 2 == 0 ? IdentityKind.Person : IdentityKind.Service,
                Roles = [.. roles],
                Scopes = [.. scopes],
                Attributes = [.. described],
                OrgId = options[0],
                Team = options[1],
                Plan = options[2],
                ClientId = options[3],
                ClientName = options[4],
                DisplayName = options[5],
                Actor = options[6],
                Agent = options[7],
                SessionId = options[8],
                Acr = options[9],
                AuthTime = seconds % 3 == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds),
                IssuedAt = seconds % 5 == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds + 1),
            };
        Prop.ForAll(callers.ToArbitrary(), caller =>
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                AssertionClaims.Write(json, caller);
                json.WriteEndObject();
            }

            using var read = JsonDocument.Parse(buffer.ToArray());
            AssertionClaims.Read(read.RootElement).ShouldBeEquivalentTo(caller);
        }).QuickCheckThrowOnFailure();
    }

    private ValueTask<AssertionVerdict> VerifyAsync(string token, PersonProof proof = PersonProof.Alive) => _verifier.VerifyAsync(token, proof, TestContext.Current.CancellationToken);
}
