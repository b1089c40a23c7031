using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>A person's sign-in.</summary>
/// <param name="Id">What tokens carry as <c>sid</c>.</param>
/// <param name="User">Who.</param>
/// <param name="Time">When they signed in.</param>
internal sealed record DemoSession(string Id, string User, DateTimeOffset Time)
{
    public static DemoSession Begin(DemoPerson person, DateTimeOffset now) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), person.User, now);

    /// <summary>The person; null when it is nobody the issuer knows.</summary>
    public DemoPerson? Person => DemoPerson.All.FirstOrDefault(p => p.User == User);

    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Id} {User} {Time.ToUnixTimeSeconds()}");

    public static DemoSession? Read(string text) =>
        text.Split(' ') is [var id, var user, var time] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new DemoSession(id, user, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
}
