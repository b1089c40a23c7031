using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Classification;

/// <summary>Names the rules of this process: the same rows, bounds and code give the same name, anything else another one.</summary>
internal static class RuleSetRevision
{
    /// <summary>32 hex digits.</summary>
    public static string Of(TransformOptions options, string models)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The built-in rows and weights are code: the compiler names a build by its content.
        hash.AppendData(typeof(RuleSetRevision).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(options with { Mode = default }));
        // Models are named by their files; what these hold decides.
        hash.AppendData(Encoding.UTF8.GetBytes(models));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
