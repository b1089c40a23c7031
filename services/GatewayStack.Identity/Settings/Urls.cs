namespace GatewayStack.Identity.Settings;

/// <summary>What a URL must be before keys are fetched from it or trust is placed in it.</summary>
internal static class Urls
{
    /// <summary>True for https, and for http that stays on this machine.</summary>
    public static bool IsSafe(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    /// <summary>What is wrong with a configured URL, or null.</summary>
    public static string? Problem(string text, bool loopbackOnlyHttp)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return "is not an absolute https URL";
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "has a user or a fragment in it";
        }

        return loopbackOnlyHttp && !IsSafe(url) ? "is plain http on another machine: its keys could be replaced on the way" : null;
    }
}
