using System.Collections.Immutable;

namespace GatewayStack.Identity.Credentials;

/// <summary>Recognises a model provider's API key: SDKs send one where our callers' tokens belong.</summary>
internal static class ProviderKey
{
    private static readonly ImmutableArray<string> Prefixes = ["sk-", "AIza", "gsk_", "xai-", "r8_", "hf_", "pplx-", "nvapi-", "fw_", "ABSK"];

    public static bool IsOne(string credential)
    {
        foreach (var prefix in Prefixes)
        {
            if (credential.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
