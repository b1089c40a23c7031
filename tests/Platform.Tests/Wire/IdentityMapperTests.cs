using GatewayStack.Contracts.Identity;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Identity;
using Google.Protobuf;
using Common = GatewayStack.Wire.Common.V1;
using V1 = GatewayStack.Wire.Identity.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class IdentityMapperTests
{
    [Fact]
    public void Credentials_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<AuthenticationRequest>(), 300, record =>
            RecordMaker.Json(IdentityMapper.ToRecord(V1.AuthenticationRequest.Parser.ParseFrom(IdentityMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void Sign_ins_survive_the_wire() =>
        Seeded.Check(
            RecordMaker.Gen<AuthenticationResult>(r => r.Status == AuthenticationStatus.Authenticated && r.Identity?.Kind is null or IdentityKind.Unspecified ? r with { Status = AuthenticationStatus.Invalid } : r),
            300,
            record => RecordMaker.Json(IdentityMapper.ToRecord(V1.AuthenticationResult.Parser.ParseFrom(IdentityMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void Assertions_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<AssertionRequest>(), 300, record =>
            RecordMaker.Json(IdentityMapper.ToRecord(V1.AssertionRequest.Parser.ParseFrom(IdentityMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<AssertionResult>(r => string.IsNullOrEmpty(r.Token) ? r with { Minted = false } : r), 300, record =>
            RecordMaker.Json(IdentityMapper.ToRecord(V1.AssertionResult.Parser.ParseFrom(IdentityMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
    }

    [Fact]
    public void An_empty_answer_is_no_sign_in_and_no_assertion()
    {
        var result = IdentityMapper.ToRecord(new V1.AuthenticationResult());
        (result.Status, result.Identity, result.InternalAssertion).ShouldBe((AuthenticationStatus.Unspecified, null, null));
        IdentityMapper.ToRecord(new V1.AssertionResult()).Minted.ShouldBeFalse();
        IdentityMapper.ToRecord(new V1.AssertionResult { Minted = true }).Minted.ShouldBeFalse();
        IdentityMapper.ToRecord(new V1.AssertionRequest()).ShouldBeNull();
        IdentityMapper.ToRecord(new V1.AssertionRequest { InternalAssertion = "a" }).ShouldBeNull();
    }

    [Fact]
    public void Requests_for_an_upstreams_token_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<UpstreamTokenRequest>(), 300, record =>
            RecordMaker.Json(IdentityMapper.ToRecord(V1.UpstreamTokenRequest.Parser.ParseFrom(IdentityMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void An_empty_or_later_answer_is_no_token_for_an_upstream()
    {
        IdentityMapper.ToRecord(new V1.UpstreamTokenResult()).Status.ShouldBe(UpstreamTokenStatus.Unspecified);
        IdentityMapper.ToRecord(new V1.UpstreamTokenResult { Status = V1.UpstreamTokenStatus.Issued }).Status.ShouldBe(UpstreamTokenStatus.Unspecified);
        IdentityMapper.ToRecord(new V1.UpstreamTokenResult { Status = (V1.UpstreamTokenStatus)99, Token = "t" }).Status.ShouldBe(UpstreamTokenStatus.Unspecified);
        IdentityMapper.ToRecord(new V1.UpstreamTokenResult { Status = V1.UpstreamTokenStatus.Issued, Token = "t" }).Status.ShouldBe(UpstreamTokenStatus.Issued);
        IdentityMapper.ToRecord(new V1.UpstreamTokenRequest { InternalAssertion = "a" }).ShouldBeNull();
        IdentityMapper.ToRecord(new V1.UpstreamTokenRequest { IssuerName = "a" }).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "t", 1)]
    [InlineData("p", "", 1)]
    [InlineData("p", "t", 0)]
    [InlineData("p", "t", 99)]
    public void Nobody_in_particular_is_not_signed_in(string person, string tenant, int kind)
    {
        var message = new V1.AuthenticationResult
        {
            Status = V1.AuthenticationStatus.Authenticated,
            Identity = new Common.CallerIdentity { PersonId = person, Tenant = tenant, Kind = (Common.IdentityKind)kind },
        };
        IdentityMapper.ToRecord(message).Status.ShouldBe(AuthenticationStatus.Unspecified);
        message.Identity = new Common.CallerIdentity { PersonId = "p", Tenant = "t", Kind = Common.IdentityKind.Person };
        IdentityMapper.ToRecord(message).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public void What_a_later_version_adds_is_no_sign_in()
    {
        IdentityMapper.ToRecord(new V1.AuthenticationResult { Status = (V1.AuthenticationStatus)99 }).Status.ShouldBe(AuthenticationStatus.Unspecified);
        IdentityMapper.ToRecord(new V1.AuthenticationRequest { Credentials = { new V1.PresentedCredential { Carrier = (V1.CredentialCarrier)99 } } })
            .Credentials[0].Carrier.ShouldBe(CredentialCarrier.Unspecified);
    }

    [Theory]
    [InlineData(typeof(AuthenticationStatus), typeof(V1.AuthenticationStatus))]
    [InlineData(typeof(CredentialCarrier), typeof(V1.CredentialCarrier))]
    [InlineData(typeof(UpstreamTokenStatus), typeof(V1.UpstreamTokenStatus))]
    public void Enums_have_the_same_names_and_numbers_on_both_sides(Type record, Type message) => EnumPair.ShouldBeEqual(record, message);
}
