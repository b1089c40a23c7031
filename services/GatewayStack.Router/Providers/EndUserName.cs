using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Router.Providers;

/// <summary>Our name for a person at a provider: a keyed hash of the person by default, never what the client claims.</summary>
internal sealed class EndUserName(IDataKeys keys)
{
    private readonly ConditionalWeakTable<CallerIdentity, string> _names = [];
    private byte[]? _key;

    public async ValueTask<string> ForAsync(CallerIdentity person, bool userId, CancellationToken cancellationToken)
    {
        if (userId)
        {
            return person.UserId;
        }

        _key ??= [.. (await keys.GetCurrentAsync(DataKeyPurposes.Pseudonym, cancellationToken)).Secret];
        // One caller object lives as long as its verified token does.
        return _names.GetValue(person, p => Hash(_key, p));
    }

    private static string Hash(byte[] key, CallerIdentity person)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(person.Tenant + "\n" + person.PersonId), hash);
        return "gs_" + Convert.ToHexStringLower(hash[..16]);
    }
}
