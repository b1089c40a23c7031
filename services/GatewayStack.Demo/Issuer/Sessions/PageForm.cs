using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>
/// Forms of the issuer's pages: each carries a ticket that is good for one browser, one kind of form and one request, for half an hour. Whoever has another page post to
/// the issuer has no ticket.
/// </summary>
internal sealed class PageForm(IssuerSeal seal, DemoAddresses addresses, TimeProvider time)
{
    /// <summary>The field that carries the ticket.</summary>
    public const string Field = "demo_ticket";

    private const string Purpose = "form";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>A ticket for a form.</summary>
    /// <param name="context">The request that is answered with the form.</param>
    /// <param name="kind">Which form.</param>
    /// <param name="subject">What the form is about; the same has to come back with it.</param>
    public string Issue(HttpContext context, string kind, string subject) =>
        seal.Seal(Purpose, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeSeconds()}\n{Bind(SessionCookie.Browser(context), kind, subject)}"));

    /// <summary>Whether a form that came in was made here, for this browser and this request.</summary>
    public bool IsOurs(HttpContext context, IFormCollection form, string kind, string subject) =>
        IsFromOurPage(context.Request)
        && SessionCookie.KnownBrowser(context) is { } browser
        && form[Field] is [{ } ticket]
        && seal.TryOpen(Purpose, ticket, out var text)
        && text.Split('\n') is [var issued, var bound]
        && long.TryParse(issued, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < Lifetime
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(bound), Encoding.ASCII.GetBytes(Bind(browser, kind, subject)));

    /// <summary>
    /// What the browser itself says of where a post comes from. Our pages send no referrer, and browsers then call their origin "null": Sec-Fetch-Site says it better,
    /// and where it is there it decides.
    /// </summary>
    private bool IsFromOurPage(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            return site == "same-origin";
        }

        return request.Headers.Origin is not [{ } origin] || string.Equals(origin, new Uri(addresses.Issuer).GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
    }

    private static string Bind(string browser, string kind, string subject) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{browser}\n{kind}\n{subject}")));
}
