using System.Runtime.CompilerServices;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>Tokens are validated in exactly one place; the gateway's own assertion, on the other side of a wire, in one more.</summary>
public sealed class OnePlaceTests
{
    private static readonly string[] OfTheLibrary = ["CreateForVerifying", ".ValidateToken", "TokenValidationParameters", "JsonWebTokenHandler", "JwtSecurityTokenHandler", "AddJwtBearer"];
    private static readonly string[] ByHand = ["VerifyData(", "VerifyHash("];

    [Fact]
    public void One_class_calls_the_librarys_signature_validation()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository(), "services"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            // The demo's backends verify our assertions as any customer's would.
            .Where(file => !file.Contains("GatewayStack.Demo", StringComparison.Ordinal))
            .Where(file => OfTheLibrary.Concat(file.Contains("GatewayStack.Identity", StringComparison.Ordinal) ? ByHand : []).Any(File.ReadAllText(file).Contains))
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);
        sources.ShouldBe(["AssertionVerifier.cs", "SignatureValidator.cs"]);
    }

    private static string Repository([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
