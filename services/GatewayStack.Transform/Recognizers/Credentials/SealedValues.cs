namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Values that stand where a secret may, and are public, or encrypted with a key that does not stand there: whoever reads them can open nothing.</summary>
internal static class SealedValues
{
    private const int Shortest = 40;

    /// <summary>How the tools begin what they have encrypted (AWS KMS, ejson, Ansible Vault), and keys that are made to be shown: of a shop's page, a map, a
    /// person (OpenPGP), an identifier (DID).</summary>
    private static readonly string[] Beginnings =
        ["AQICA", "EJ[1:", "$ANSIBLE_VAULT;", "pk_live_", "pk_test_", "pk.eyJ", "z6Mk", "mDME", "mQEN", "mQIN", "mQGN", "xsBN", "xsDN", "xjME"];

    /// <summary>True for such a value.</summary>
    public static bool Is(ReadOnlySpan<char> value)
    {
        foreach (var beginning in Beginnings)
        {
            if (value.StartsWith(beginning, StringComparison.Ordinal) && value.Length >= beginning.Length + 8)
            {
                return true;
            }
        }

        // A sealed secret of Kubernetes: the version and the length of the session's key, in Base64.
        return value is ['A', 'g', >= 'A' and <= 'D', ..] && value.Length >= Shortest && !value.ContainsAnyExcept(Alphabets.Base64);
    }
}
