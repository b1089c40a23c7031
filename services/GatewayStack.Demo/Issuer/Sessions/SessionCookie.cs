using System.Buffers.Text;
using System.Security.Cryptography;
using GatewayStack.Demo.Issuer.Keys;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>The issuer's two cookies: which browser it is, and who signed in with it.</summary>
/// <remarks>
/// With the prefix <c>__Host-</c> no other host can set them. Browsers take Secure cookies over http on this machine, except Safari.
/// Lax and not Strict: a person comes to the page from the client's site, and is known there already.
/// </remarks>
internal sealed class SessionCookie(IssuerSeal seal, EndedSessions ended, TimeProvider time)
{
    public const string Name = "__Host-demo-session";
    public const string BrowserName = "__Host-demo-browser";

    private const string Purpose = "session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>Who is signed in, or null.</summary>
    public DemoSession? Read(HttpContext context) =>
        seal.TryOpen(Purpose, context.Request.Cookies[Name], out var text)
            && DemoSession.Read(text) is { Person: not null } session
            && time.GetUtcNow() - session.Time < Lifetime
            && !ended.Contains(session.Id)
                ? session
                : null;

    /// <summary>Signs a person in. A new session each time, so that none that somebody planted is taken over.</summary>
    public DemoSession Begin(HttpContext context, DemoPerson person)
    {
        var session = DemoSession.Begin(person, time.GetUtcNow());
        context.Response.Cookies.Append(Name, seal.Seal(Purpose, session.Write()), Options());
        return session;
    }

    /// <summary>Signs the person out of this browser.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(Name, Options());

    /// <summary>The browser's own secret, which forms are bound to; made when there is none yet.</summary>
    public static string Browser(HttpContext context)
    {
        if (KnownBrowser(context) is { } known)
        {
            return known;
        }

        var browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        context.Response.Cookies.Append(BrowserName, browser, Options());
        return browser;
    }

    /// <summary>The browser's own secret, or null.</summary>
    public static string? KnownBrowser(HttpContext context) => context.Request.Cookies[BrowserName] is { Length: 32 } value ? value : null;

    private static CookieOptions Options() => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true };
}
