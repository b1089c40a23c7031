using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>Whether a setting for a secret, with a secret in it, stands beside one for a user: what that is given is an account then, whatever it looks like.</summary>
internal static class SecretBeside
{
    /// <summary>So many units behind the name are looked at.</summary>
    public const int Ahead = 90;

    private const int Behind = 80;
    private const int MostLines = 2;

    /// <summary>The longer of two that begin alike comes first.</summary>
    private static readonly string[] Keys = ["password", "passwort", "passwd", "passphrase", "passcode", "pass", "pword", "pwd", "pw", "kennwort", "senha", "contraseña",
        "contrasena", "wachtwoord", "haslo",
        "hasło", "lösenord", "losenord", "parola", "clave", "secret", "mdp", "mot_de_passe", "motdepasse", "mot de passe", "psk"];

    private static readonly SearchValues<string> Words = SearchValues.Create(Keys, StringComparison.OrdinalIgnoreCase);

    /// <summary>Accounts that every system has, so that they are nobody's.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Everywhere = WordSet.Of(
        "admin root administrator anonymous guest postgres sa username user test default none null oracle sysdba nobody");

    /// <summary>True for one of those.</summary>
    public static bool IsEverywhere(ReadOnlySpan<char> name) => Everywhere.Contains(name);

    /// <summary>True where a secret is set in the lines behind a place, or in the line before another.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="key">Where the name of the setting begins.</param>
    /// <param name="end">Where its value ends.</param>
    public static bool Stands(ReadOnlySpan<char> text, int key, int end)
    {
        var ahead = text[end..Math.Min(text.Length, end + Ahead)];
        if (IsSet(text, end, end + LinesLength(ahead)))
        {
            return true;
        }

        var start = text[..key].LastIndexOf('\n');
        var above = start > 0 ? text[..start].LastIndexOf('\n') + 1 : 0;
        return IsSet(text, Math.Max(above, key - Behind), key);
    }

    private static int LinesLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        for (var lines = 0; lines <= MostLines; lines++)
        {
            var next = text[length..].IndexOf('\n');
            if (next < 0)
            {
                return text.Length;
            }

            length += next + 1;
        }

        return length;
    }

    private static bool IsSet(ReadOnlySpan<char> text, int from, int to)
    {
        while (from < to && text[from..to].IndexOfAny(Words) is >= 0 and var at)
        {
            var start = from + at;
            if (SecretName.TryRead(text, start, KeyLength(text[start..]), SecretKind.Password, out var name))
            {
                var value = AssignmentReader.Read(text, name);
                if (value.Length > 0 && SecretValue.Score(text.Slice(value.Start, value.Length), SecretKind.Password, value) >= 0.5)
                {
                    return true;
                }
            }

            from = start + 2;
        }

        return false;
    }

    private static int KeyLength(ReadOnlySpan<char> text)
    {
        foreach (var key in Keys)
        {
            if (text.StartsWith(key, StringComparison.OrdinalIgnoreCase))
            {
                return key.Length;
            }
        }

        return 0;
    }
}
