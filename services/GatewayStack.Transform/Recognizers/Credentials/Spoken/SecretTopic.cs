using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Whether people talk of secrets here: what would be anything elsewhere ("sorry, capital S: x") is one then.</summary>
internal static class SecretTopic
{
    private const int LongestWord = 24;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordSet.Of(
        "password passwords passwd pass pw pws pwd pword passcode passphrase psk pin pins code wifi wi-fi wlan hotspot login logins log-in logon credentials creds credential "
            + "access account accounts unlock locked zip archive encrypted "
        + "passwort passwörter kennwort kennwörter zugang zugänge zugangsdaten anmeldung anmeldedaten einloggen konto archiv verschlüsselt "
        + "mdp passe identifiant identifiants accès connexion compte chiffré archive contraseña contraseñas clave claves acceso accesos usuario cuenta cifrado archivo "
        + "parola credenziali accesso accessi account cifrato archivio wachtwoord wachtwoorden ww toegang inloggegevens inlog versleuteld "
        + "senha senhas palavra-passe acesso acessos conta cifrado hasło hasła hasłem dostęp dostępu logowania logowanie konto lösenord lösenordet lösenorden inloggning "
            + "inloggningen inloggningar konto krypterad");

    /// <summary>True when one of the words stands here.</summary>
    public static bool IsNear(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsLetter(text[at]))
            {
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || (text[at] == '-' && at + 1 < text.Length && char.IsLetter(text[at + 1]))))
            {
                at++;
            }

            if (at - start <= LongestWord && (Words.Contains(text[start..at]) || EndsInWord(text[start..at])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a word for a password stands here.</summary>
    public static bool IsPassword(ReadOnlySpan<char> text)
    {
        foreach (var word in (ReadOnlySpan<string>)["password", "passwort", "kennwort", "mot de passe", "mdp", "contraseñ", "clave", "wachtwoord", "senha", "palavra-passe",
            "hasł", "lösenord", "passcode"])
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Languages that write compounds as one word, or with a dash.</summary>
    private static bool EndsInWord(ReadOnlySpan<char> word) =>
        word.EndsWith("passwort", StringComparison.OrdinalIgnoreCase) || word.EndsWith("kennwort", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("wachtwoord", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("lösenord", StringComparison.OrdinalIgnoreCase) || word.EndsWith("lösenordet", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("zugang", StringComparison.OrdinalIgnoreCase);
}
