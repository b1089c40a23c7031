namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells addresses from what only has an at sign in it, such as <c>package@1.0.0-beta.rc</c>.</summary>
internal static class EmailVerifier
{
    private static readonly string[] Files = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "json", "html", "scss", "ico", "yml", "yaml", "patch"];

    public static Verdict Verify(in Match match)
    {
        var domain = match.Value[(match.Value.IndexOf('@') + 1)..];
        var label = domain[..domain.IndexOf('.')];
        var isVersion = !label.ContainsAnyExcept(Alphabets.Digit) && char.IsAsciiDigit(domain[label.Length + 1]);
        return isVersion || IsFile(domain) || IsRepository(match) ? Verdict.No : new Verdict(match.Length, 0.97);
    }

    /// <summary>A picture for a dense screen: <c>logo@2x.png</c>.</summary>
    private static bool IsFile(ReadOnlySpan<char> domain)
    {
        var extension = domain[(domain.LastIndexOf('.') + 1)..];
        foreach (var known in Files)
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The account that everyone shares: <c>git@github.com:group/project.git</c>.</summary>
    private static bool IsRepository(in Match match) => match.Value.StartsWith("git@") && match.At(match.Length) is ':' or '/';
}
