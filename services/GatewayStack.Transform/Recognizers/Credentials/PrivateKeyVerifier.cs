using System.Buffers.Text;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A private key has a body, or is cut off; one that a reader is to fill in has none.</summary>
internal static class PrivateKeyVerifier
{
    private const int ShortestBody = 8;
    private const int HeadLength = 60;

    public static Verdict Verify(in Match match)
    {
        var value = match.Value;
        var head = value[11..].IndexOf("-----", StringComparison.Ordinal) + 16;
        var tail = value.LastIndexOf("-----END ", StringComparison.Ordinal);
        var body = tail > head ? value[head..tail] : value[head..];
        var drawn = 0;
        foreach (var c in body)
        {
            drawn += char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        }

        return drawn >= ShortestBody
            && !PlaceholderValues.Is(body.Trim().TrimStart("\\n")) ? new Verdict(match.Length - (value.Length - value.TrimEnd("\r\n\t \\").Length),
            0.99) : Verdict.No;
    }

    /// <summary>The same, encoded once more, as Kubernetes stores it.</summary>
    public static Verdict VerifyBase64(in Match match)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Base64Url.DecodeFromChars(match.Value[..HeadLength], head, out _, out var length);
        return head[..length].IndexOf("PRIVATE KEY"u8) > 0 ? new Verdict(match.Length, 0.99) : Verdict.No;
    }
}
