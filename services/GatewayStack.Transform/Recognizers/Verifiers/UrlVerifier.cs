using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// Addresses of pages that name a person: with a user in them, a profile at a network of persons, a personal value in the query, or a word before them
/// that says whose they are. Any other link is nobody's.
/// </summary>
internal static class UrlVerifier
{
    private static readonly SearchValues<char> Placeholders = SearchValues.Create("{}<>$");

    private static readonly SearchValues<char> Ends = SearchValues.Create("\"*]|");

    private static readonly string[] Profiles =
    [
        "linkedin.com/in/", "facebook.com/", "fb.com/", "twitter.com/", "x.com/", "instagram.com/", "tiktok.com/@", "t.me/", "telegram.me/", "wa.me/", "snapchat.com/add/",
        "reddit.com/u/", "reddit.com/user/", "medium.com/@",
        "youtube.com/@", "pinterest.com/", "vk.com/", "xing.com/profile/", "keybase.io/", "about.me/", "paypal.me/", "venmo.com/", "cash.app/$", "calendly.com/",
        "soundcloud.com/", "strava.com/athletes/", "orcid.org/",
        "researchgate.net/profile/", "academia.edu/", "behance.net/", "dribbble.com/", "gravatar.com/", "steamcommunity.com/id/", "twitch.tv/", "mastodon.social/@", "bsky.app/profile/",
    ];

    private static readonly string[] Shared = ["share", "sharer", "intent", "login", "home", "help", "about", "legal", "privacy", "terms", "policies", "company", "groups",
        "events", "hashtag", "search", "explore", "watch", "tr", "dialog", "plugins", "docs", "developers", "business"];

    private static readonly string[] Personal =
        ["email=", "e-mail=", "mail=", "firstname=", "first_name=", "lastname=", "last_name=", "fullname=", "phone=", "tel=", "mobile=", "ssn=", "dob=", "birth", "address=",
        "username=", "user=", "userid=", "patient", "customer_name="];

    private static readonly string[] Paths = ["/~", "/users/", "/user/", "/profile/", "/profiles/", "/people/", "/patients/", "/members/", "/customers/", "/employees/"];

    private static readonly ContextWords Homepages = new("website", "homepage", "home page", "web site", "portfolio", "blog", "webseite", "site web", "personal site",
        "my site", "web", "www", "internet", "url");

    public static Verdict Verify(in Match match)
    {
        var value = match.Value;
        var end = value.IndexOfAny(Ends);
        value = (end < 0 ? value : value[..end]).TrimEnd(".,;:!?'\"");
        value = value.EndsWith(")") && !value.Contains('(') ? value[..^1] : value;
        var scheme = value.IndexOf("://") is var at and >= 0 ? at + 3 : 0;
        var rest = value[scheme..];
        var path = rest.IndexOfAny('/', '?');
        var authority = path < 0 ? rest : rest[..path];
        if (authority.Length < 4 || !authority.Contains('.'))
        {
            return Verdict.No;
        }

        if (authority.IndexOf('@') is var user and > 0 && !authority[..user].ContainsAny(Placeholders))
        {
            // With a password in it, it is an address all the same, not the key alone.
            return new Verdict(value.Length, authority[..user].Contains(':') ? 0.995 : 0.98);
        }

        var bare = rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? rest[4..] : rest;
        if (IsProfile(bare) || HasPersonalQuery(bare) || HasPersonalPath(path < 0 ? default : rest[path..]))
        {
            return new Verdict(value.Length, 0.75);
        }

        // In a signature: behind an address of mail, a page is that person's too.
        var before = match.Text[..match.Start];
        return (path < 0 || path >= rest.Length - 1) && Homepages.FindBefore(match.Text, match.Start, 24) >= 0 && before.Contains('@')
            ? new Verdict(value.Length, 0.6)
            : Verdict.No;
    }

    private static bool IsProfile(ReadOnlySpan<char> url)
    {
        foreach (var profile in Profiles)
        {
            if (url.StartsWith(profile, StringComparison.OrdinalIgnoreCase))
            {
                var name = url[profile.Length..];
                var end = name.IndexOfAny('/', '?', '#');
                name = end < 0 ? name : name[..end];
                return name.Length >= 3 && !IsShared(name);
            }
        }

        return false;
    }

    private static bool IsShared(ReadOnlySpan<char> name)
    {
        foreach (var shared in Shared)
        {
            if (name.Equals(shared, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasPersonalQuery(ReadOnlySpan<char> url)
    {
        var query = url.IndexOf('?');
        if (query < 0)
        {
            return false;
        }

        foreach (var key in Personal)
        {
            for (var from = query; url[from..].IndexOf(key, StringComparison.OrdinalIgnoreCase) is var at and >= 0; from += at + 1)
            {
                var value = from + at + key.Length;
                if (url[from + at - 1] is '?' or '&' or ';' && value + 2 < url.Length && url[value] is not ('{' or '<' or '$' or '%' or '&'))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A user's part of a site; a number or a placeholder there is nobody's name.</summary>
    private static bool HasPersonalPath(ReadOnlySpan<char> path)
    {
        foreach (var known in Paths)
        {
            if (path.IndexOf(known, StringComparison.OrdinalIgnoreCase) is not (var at and >= 0))
            {
                continue;
            }

            var name = path[(at + known.Length)..];
            var end = name.IndexOfAny('/', '?', '#');
            name = end < 0 ? name : name[..end];
            if (name.Length >= 4 && char.IsAsciiLetter(name[0]) && name.ContainsAny('.', '-', '_') && !name.ContainsAny(Placeholders))
            {
                return true;
            }
        }

        return false;
    }
}
