using System.Security.Cryptography;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Addresses of crypto-currencies by their checks: Base58Check, bech32 and its variant; Ethereum's by its shape.</summary>
internal static class CryptoVerifier
{
    private const string Bitcoin = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Ripple = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
    private const string Bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int LongestDecoded = 96;

    private static readonly CueSet Wallets = CueSet.Of(CueKind.Crypto);

    public static Verdict VerifyBase58(in Match match)
    {
        if (match.Truncated)
        {
            return Verdict.No;
        }

        var value = match.Value;
        if (value.Length <= 36 && (IsChecked(value, Bitcoin) || (value[0] == 'r' && IsChecked(value, Ripple))))
        {
            return new Verdict(match.Length, 0.99);
        }

        // Addresses of other chains have no check that tells them from other tokens: a word must.
        return value.Length >= 32 && Surroundings.Read(match, match.Start, match.Start + match.Length).Says(Wallets) ? new Verdict(match.Length, 0.85) : Verdict.No;
    }

    public static Verdict VerifyBech32(in Match match)
    {
        var value = match.Value;
        var separator = value.LastIndexOf('1');
        if (match.Truncated || separator < 1 || value.Length - separator < 8 || value.Length > 110)
        {
            return Verdict.No;
        }

        Span<byte> words = stackalloc byte[256];
        var count = 0;
        foreach (var c in value[..separator])
        {
            words[count++] = (byte)((c | 0x20) >> 5);
        }

        words[count++] = 0;
        foreach (var c in value[..separator])
        {
            words[count++] = (byte)((c | 0x20) & 31);
        }

        foreach (var c in value[(separator + 1)..])
        {
            var digit = Bech32.IndexOf(char.ToLowerInvariant(c));
            if (digit < 0)
            {
                return Verdict.No;
            }

            words[count++] = (byte)digit;
        }

        return Polymod(words[..count]) is 1 or 0x2BC830A3 ? new Verdict(match.Length, 0.99) : Verdict.No;
    }

    public static Verdict VerifyHex(in Match match) =>
        !match.Truncated && match.Length == 42 && match.Value[2..].ContainsAnyExcept('0') ? new Verdict(match.Length, 0.9) : Verdict.No;

    private static bool IsChecked(ReadOnlySpan<char> value, string alphabet)
    {
        Span<byte> decoded = stackalloc byte[LongestDecoded];
        decoded.Clear();
        foreach (var c in value)
        {
            var carry = alphabet.IndexOf(c);
            if (carry < 0)
            {
                return false;
            }

            for (var i = LongestDecoded - 1; i >= 0; i--)
            {
                carry += decoded[i] * 58;
                decoded[i] = (byte)carry;
                carry >>= 8;
            }
        }

        // A version byte or two, a hash of twenty bytes, and four bytes of check.
        Span<byte> hash = stackalloc byte[32];
        foreach (var length in (ReadOnlySpan<int>)[25, 26])
        {
            var payload = decoded[^length..];
            if (decoded[..^length].ContainsAnyExcept((byte)0))
            {
                continue;
            }

            SHA256.HashData(payload[..^4], hash);
            SHA256.HashData(hash, hash);
            if (hash[..4].SequenceEqual(payload[^4..]))
            {
                return true;
            }
        }

        return false;
    }

    private static uint Polymod(ReadOnlySpan<byte> words)
    {
        ReadOnlySpan<uint> generators = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];
        var check = 1u;
        foreach (var word in words)
        {
            var top = check >> 25;
            check = ((check & 0x1FFFFFF) << 5) ^ word;
            for (var i = 0; i < 5; i++)
            {
                check ^= ((top >> i) & 1) == 1 ? generators[i] : 0;
            }
        }

        return check;
    }
}
