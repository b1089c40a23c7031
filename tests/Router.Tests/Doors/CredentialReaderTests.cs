using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Tests.Doors;

public sealed class CredentialReaderTests
{
    private static readonly RouterSnapshot Snapshot = RouterSnapshotBuilder.Build(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Router:Backends:clinic:BaseUrl"] = "http://clinic",
        ["Router:Backends:clinic:Audience"] = "urn:clinic",
        ["Router:Backends:clinic:CallerCredential"] = "s3:cret",
        ["Router:Backends:mute:BaseUrl"] = "http://mute",
    }).Build()).Snapshot!;

    [Theory]
    [InlineData("Authorization", "Bearer abc", CredentialCarrier.AuthorizationBearer, "abc")]
    [InlineData("Authorization", "bearer   abc ", CredentialCarrier.AuthorizationBearer, "abc")]
    [InlineData("Authorization", "Basic YTpi", CredentialCarrier.AuthorizationBearer, "Basic YTpi")]
    [InlineData("x-api-key", "abc", CredentialCarrier.XApiKey, "abc")]
    [InlineData("api-key", " abc", CredentialCarrier.ApiKey, "abc")]
    public void A_credential_is_taken_from_each_of_the_three(string name, string value, CredentialCarrier carrier, string expected) =>
        CredentialReader.Read(new HeaderDictionary { [name] = value }).ShouldBe([new PresentedCredential { Carrier = carrier, Value = expected }]);

    [Fact]
    public void All_that_were_sent_are_judged()
    {
        var headers = new HeaderDictionary { ["Authorization"] = new(["Bearer a", "Bearer b"]), ["x-api-key"] = "c", ["api-key"] = "d" };
        CredentialReader.Read(headers).Select(c => c.Value).ShouldBe(["a", "b", "c", "d"]);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_is_no_credential(string value) =>
        CredentialReader.Read(new HeaderDictionary { ["Authorization"] = value, ["x-api-key"] = " ", ["api-key"] = "" }).ShouldBeEmpty();

    [Fact]
    public void A_backend_proves_itself()
    {
        CredentialReader.TryReadBackend(new HeaderDictionary { ["Backend-Credential"] = "clinic:s3:cret" }, Snapshot, out var backend).ShouldBeTrue();
        backend.ShouldBe(new CallingBackend { Name = "clinic", Audience = "urn:clinic" });
    }

    [Fact]
    public void Who_shows_nothing_is_no_backend()
    {
        CredentialReader.TryReadBackend(new HeaderDictionary(), Snapshot, out var backend).ShouldBeTrue();
        backend.ShouldBeNull();
    }

    [Theory]
    [InlineData("clinic:wrong")]
    [InlineData("clinic:")]
    [InlineData("clinic")]
    [InlineData(":s3:cret")]
    [InlineData("Clinic:s3:cret")]
    [InlineData("mute:")]
    [InlineData("nobody:s3:cret")]
    [InlineData("")]
    public void A_wrong_proof_is_no_proof(string value)
    {
        CredentialReader.TryReadBackend(new HeaderDictionary { ["Backend-Credential"] = value }, Snapshot, out var backend).ShouldBeFalse(value);
        backend.ShouldBeNull();
    }

    [Fact]
    public void Two_proofs_are_none() =>
        CredentialReader.TryReadBackend(new HeaderDictionary { ["Backend-Credential"] = new(["clinic:s3:cret", "clinic:s3:cret"]) }, Snapshot, out _).ShouldBeFalse();
}
