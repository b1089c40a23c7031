using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Security;
using GatewayStack.Wire.Transform.V1;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>What a message says of a person, against their assertion.</summary>
public sealed class MessageBindingTests
{
    private static readonly VerifiedPerson Alice = new(
        new CallerIdentity { PersonId = "p-alice", UserId = "alice", Subject = "alice", Issuer = "https://idp", IssuerName = "idp", Tenant = "mercy", Kind = IdentityKind.Person },
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch.AddMinutes(5));

    [Fact]
    public void Who_may_be_left_out_and_is_contradicts_nobody() =>
        new MessageBinding().Bind(new EditRequest { Tenant = "mercy" }, Alice).ShouldBeNull();

    [Theory]
    [InlineData("mercy", "p-alice", null)]
    [InlineData("mercy", "p-nora", "person_differs")]
    [InlineData("mercy", "", "person_differs")]
    [InlineData("acme", "p-alice", "tenant_differs")]
    public void Who_is_named_must_be_the_same(string tenant, string person, string? problem) =>
        new MessageBinding().Bind(new EditRequest { Tenant = tenant, PersonId = person }, Alice).ShouldBe(problem);
}
