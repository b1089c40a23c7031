using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>Measures of tests.</summary>
internal static class Measures
{
    public static StandingBounds Bounds { get; } = new(1000, 1000);

    public static StoredMeasure On(StandingSubject subject, int minutes = 60, StandingOrigin origin = StandingOrigin.Administrator, string? author = "oscar-person", DateTimeOffset? at = null) => new()
    {
        Measure = new StandingMeasure
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Effect = StandingEffect.Block,
            Subject = subject,
            Reason = "because",
            Author = "oscar",
            CreatedAt = at ?? TestClock.Start,
            Until = (at ?? TestClock.Start).AddMinutes(minutes),
        },
        Origin = origin,
        AuthorPersonId = author,
    };

    public static StoredMeasure OnPerson(string person = "nora-person", int minutes = 60) => On(new StandingSubject { PersonId = person, Tenant = "default" }, minutes);

    public static CallerIdentity Caller(string person = "nora-person") => new()
    {
        PersonId = person,
        UserId = person,
        Subject = person,
        Issuer = "https://idp.example",
        IssuerName = "idp",
        Tenant = "default",
        Kind = IdentityKind.Person,
        ClientId = "cli",
    };
}
