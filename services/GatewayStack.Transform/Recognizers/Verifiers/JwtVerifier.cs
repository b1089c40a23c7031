using System.Buffers;
using System.Buffers.Text;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>A JSON Web Token (RFC 7519): its header is base64url of a JSON object that names an algorithm.</summary>
internal static class JwtVerifier
{
    private const int LongestHeader = 2048;

    public static Verdict Verify(in Match match)
    {
        var header = match.Value[..match.Value.IndexOf('.')];
        if (header.Length > LongestHeader)
        {
            return new Verdict(match.Length, 0.8);
        }

        Span<byte> json = stackalloc byte[LongestHeader];
        return Base64Url.DecodeFromChars(header, json, out _, out var length) == OperationStatus.Done && json[..length].IndexOf("\"alg\""u8) > 0
            ? new Verdict(match.Length, 1)
            : Verdict.No;
    }
}
