namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A password that is piped into a command that asks for one.</summary>
internal static class EchoVerifier
{
    private static readonly string[] Readers = ["sudo -S", "--password-stdin", "chpasswd", "passwd --stdin", "kinit", "--passphrase-fd", "su -",
        "login --username", "cryptsetup", "docker login", "podman login", "gpg "];

    public static Verdict Verify(in Match match)
    {
        if (match.Text[(match.Start + match.Length)..].StartsWith("-n "))
        {
            return Verify(match.UpTo(match.Length + "-n ".Length));
        }

        var rest = match.Text[(match.Start + match.Length)..];
        var line = rest.IndexOfAny('\r', '\n');
        rest = line < 0 ? rest : rest[..line];
        var pipe = rest.IndexOf('|');
        if (pipe < 1)
        {
            return Verdict.No;
        }

        foreach (var reader in Readers)
        {
            if (rest[pipe..].Contains(reader, StringComparison.Ordinal))
            {
                return reader == "chpasswd" ? ArgumentVerifier.VerifyUser(match) : ArgumentVerifier.Verify(match);
            }
        }

        return Verdict.No;
    }
}
