using System.Collections.Immutable;
using System.Globalization;

namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>Everything that may be asked for, and a sentence for each.</summary>
internal static class IssuerScopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string OfflineAccess = "offline_access";

    /// <summary>Scopes about the sign-in itself; everybody may grant them.</summary>
    public static ImmutableArray<string> OfSignIn { get; } = [OpenId, Profile, OfflineAccess];

    /// <summary>All scopes, as the metadata lists them.</summary>
    public static ImmutableArray<string> All { get; } = [.. OfSignIn, .. DemoPerson.All.SelectMany(p => p.MayBeGranted).Distinct(StringComparer.Ordinal)];

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [OpenId] = "Know which demo person you are.",
        [Profile] = "See your name.",
        [OfflineAccess] = "Stay signed in: renew its access without asking you again.",
        ["calendar:read"] = "See the events of your calendar.",
        ["calendar:write"] = "Add events to your calendar and cancel them.",
        ["chat:write"] = "Ask language models in your name.",
        ["medical:write"] = "Ask the medical model in your name.",
        ["finance:read"] = "Ask the finance model in your name.",
        ["audit:read"] = "Read the audit of your organisation.",
        ["clients:manage"] = "See which apps act for you, and cut them off.",
        ["admin:limits"] = "Administer limits and prices.",
        ["admin:audit"] = "Administer the audit.",
        ["admin:identity"] = "Administer sign-in, keys and every organisation's blocks.",
        ["admin:standing"] = "Block and unblock people and apps of your organisation.",
    };

    /// <summary>What a scope lets an application do, for people.</summary>
    public static string Sentence(string scope) => Sentences.GetValueOrDefault(scope) ?? string.Create(CultureInfo.InvariantCulture, $"Use “{scope}”.");

    /// <summary>Whether a person may grant a scope.</summary>
    public static bool MayGrant(DemoPerson person, string scope) =>
        OfSignIn.Contains(scope, StringComparer.Ordinal) || person.MayBeGranted.Contains(scope, StringComparer.Ordinal);

    /// <summary>True for a scope that lets an application do something, and not only know who signed in.</summary>
    public static bool IsAccess(string scope) => !OfSignIn.Contains(scope, StringComparer.Ordinal);

    /// <summary>True for a request that leaves to the person what it is for: it says nothing, or only that it wants to be renewed.</summary>
    public static bool LeavesOpen(ImmutableArray<string> asked) => asked.All(s => s == OfflineAccess);
}
