using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>State that a client carries back and cannot change.</summary>
internal sealed class SignedState
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Write(string state) => state + "." + Base64Url.EncodeToString(Sign(state));

    /// <returns>The state, or null when it is not one that was given.</returns>
    public string? Read(string? carried)
    {
        var dot = carried?.LastIndexOf('.') ?? -1;
        if (dot < 0)
        {
            return null;
        }

        var state = carried![..dot];
        var expected = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Sign(state)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(carried[(dot + 1)..])) ? state : null;
    }

    private byte[] Sign(string state) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(state));
}
