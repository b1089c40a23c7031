using GatewayStack.Transform.Recognizers.Verifiers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A JSON Web Token that is nobody's sample.</summary>
internal static class JwtKeyVerifier
{
    public static Verdict Verify(in Match match) => FormatVerifier.IsPublished(match.Value) ? Verdict.No : JwtVerifier.Verify(match);
}
