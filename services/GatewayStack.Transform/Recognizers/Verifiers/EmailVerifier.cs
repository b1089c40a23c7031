using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells addresses from what only has an at sign in it, such as <c>package@1.0.0-beta.rc</c>.</summary>
internal static class EmailVerifier
{
    private static readonly string[] Files = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "json", "html", "scss", "ico", "yml", "yaml", "patch"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Readers = (
        "user username user.name user-name user_name name your-name your.name your_name yourname you your me my-name myname first.last firstname.lastname first.lastname firstname lastname first_last someone somebody anyone anybody nobody person recipient "
        + "sender from to email e-mail mail my-email your-email your.email youremail address foo bar baz foobar example sample placeholder local local-part login account subscriber customer").Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static Verdict Verify(in Match match)
    {
        var domain = match.Value[(match.Value.IndexOf('@') + 1)..];
        var label = domain[..domain.IndexOf('.')];
        var isVersion = !label.ContainsAnyExcept(Alphabets.Digit) && char.IsAsciiDigit(domain[label.Length + 1]);
        return isVersion || IsFile(domain) || IsRepository(match) || IsPlaceholder(match.Value[..match.Value.IndexOf('@')], domain) ? Verdict.No : new Verdict(match.Length, 0.97);
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

    /// <summary>An address that stands for the reader's own: a word for whoever reads at a name that is set aside for documentation (RFC 2606), or a name that says
    /// "your". A person's name at such a domain is a person's address.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        domain.StartsWith("your", StringComparison.OrdinalIgnoreCase) || domain.StartsWith("my-domain.", StringComparison.OrdinalIgnoreCase) || domain.StartsWith("mydomain.", StringComparison.OrdinalIgnoreCase)
        || (Readers.Contains(local.TrimEnd("0123456789")) && IsReserved(domain));

    private static bool IsReserved(ReadOnlySpan<char> domain)
    {
        var top = domain[(domain.LastIndexOf('.') + 1)..];
        var second = domain[..^(top.Length + 1)];
        second = second[(second.LastIndexOf('.') + 1)..];
        return top.Equals("example", StringComparison.OrdinalIgnoreCase) || top.Equals("test", StringComparison.OrdinalIgnoreCase) || top.Equals("invalid", StringComparison.OrdinalIgnoreCase)
            || (top is "com" or "net" or "org" && (second.Equals("example", StringComparison.OrdinalIgnoreCase) || second.Equals("domain", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The account that everyone shares: <c>git@github.com:group/project.git</c>.</summary>
    private static bool IsRepository(in Match match) => match.Value.StartsWith("git@") && match.At(match.Length) is ':' or '/';
}
