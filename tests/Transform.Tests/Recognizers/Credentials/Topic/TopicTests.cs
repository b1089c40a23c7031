using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Topic;

// What is written as a secret, where people talk of secrets. «» marks it; each text gives the same as a stream.
public sealed class TopicTests
{
    private static readonly string[] Types = [EntityTypes.Password, EntityTypes.Secret, EntityTypes.ApiKey];

    [Theory]
    [InlineData("pw?\nsec\nok its\n«Tulip!88»\nthx")]
    [InlineData("Zettel, Kennwörter\nUSV-Weboberfläche: apc / «Blitz&Donner26»\nSwitch Enable: «yR1wdSQ30F»")]
    [InlineData("First prompt: user board, second prompt: your mail and «Qu4rterly.Numbers». Three wrong goes and the login locks.")]
    [InlineData("Failed: account passcode. He said «Lighthouse3», which is not it.")]
    [InlineData("the login is your mail and the temporary one I set today, «Zk4-ruh8-Bex».")]
    [InlineData("voici de quoi te connecter : utilisateur mlebihan, mot de passe «Pl0mberie-d'Automne» (l'apostrophe compte)")]
    [InlineData("[nro] qui a le numéro ?\n[nro] «Mistral_2Bleu!nro»\n[nro] euh")]
    public void A_value_like_no_other(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Passwort: «drei blaue Elefanten»")]
    [InlineData("the wifi is «correct horse battery staple»")]
    [InlineData("its passphrase is «the registrar sleeps in the long gallery», seven words, no capitals.")]
    [InlineData("Unlock the pool with load-key, passphrase «seven grey kettles sing at noon».")]
    [InlineData("I set the password to something you can say to your bookkeeper: «three brown sheep 1988», with the spaces.")]
    [InlineData("alarm is off, the code was old\n- back office pc: «thursday is pie day» (with the spaces)")]
    [InlineData("we lost the phrase. Right one for no. 4: «ferret umbrella quorum thistle»\nall lower case, spaces as typed")]
    [InlineData("the stage door keypad code changed, now «C2580Y»\n- Seat plan laptop: boxoffice2 / «velvet curtain 9» (with the spaces, yes)")]
    [InlineData("firmware password «hinge-and-bracket»\nthe rest is fine")]
    [InlineData("Const SHEET_PW = \"«unprotect me»\"")]
    [InlineData("phrase_de_passe: «quatre hérons sur la digue»\nexclude: []")]
    public void Common_words(string text) => ShouldFind(text);

    [Theory]
    [InlineData("the caller read me the voicemail PIN: «three one seven seven».")]
    [InlineData("der Kasten will den Code. Nehmen Sie «vier null vier, eins eins neun».")]
    [InlineData("which gate code? its raining\n«four one four star»\nin digits pls")]
    [InlineData("card machine asks for a supervisor code, thats «556677», ridiculous i know")]
    [InlineData("jeśli poprosi o kod rodzicielski, to jest to «0852».")]
    [InlineData("PIN on the reader itself «2580» (straight down the middle)")]
    [InlineData("first half: «orchard velvet pigeon summit lantern wheat»\nthe rest by phone")]
    public void Told_in_words_or_as_a_number(string text) => ShouldFind(text);

    [Theory]
    [InlineData("#   Serial       Type       Optical PIN   Relay\n1   83210118     G3-1ph     «1160»          closed\n2   63630032     G3-1ph     «3477»          closed")]
    [InlineData("child | login | secret word | level\nAva P. | hedge01 | «tractor» | 6\nIbrahim | hedge02 | «pancake» | 4")]
    [InlineData("| device | user | code | note |\n|---|---|---|---|\n| alarm panel | 07 | «8265» | duress |")]
    public void In_columns(string text) => ShouldFind(text);

    [Theory]
    [InlineData("You need a password of at least 12 characters, with 90-day rotation and a 5-word passphrase from 2027 on.")]
    [InlineData("password: see vault\nKennwort: siehe Zettel am Monitor\nmot de passe : voir le coffre\nwachtwoord: zelfde als gisteren")]
    [InlineData("The password is the name of the first kiln, and the login is on the sticker.")]
    [InlineData("El sistema exigirá contraseñas de catorce caracteres como mínimo, con mayúsculas y minúsculas.")]
    [InlineData("Das neue Passwort braucht mindestens 12 Zeichen, davon ein Großbuchstabe.")]
    [InlineData("passphrase arguments can be formatted as follows; wifi: remove unused control code")]
    [InlineData("login works on Ubuntu22.04 and Office365, see ticket ABC-1234 for the BSD-3-clause")]
    [InlineData("the login fails in get_x509_name() of Ed25519PublicKey; see shadow.3 and crypto.pbkdf2")]
    [InlineData("felkod 4004, error code 1042, the alarm at 0630, budget code 6455")]
    [InlineData("\"code_naf\": \"1051C\", \"hs_codes\": [\"84818081\"]")]
    [InlineData("set-pin --retries 3 --timeout 4500")]
    [InlineData("two of three said that one or two will do, four in five of us")]
    [InlineData("Gerät;Standort;Benutzer;Kennwort;PIN;Stand\n")]
    [InlineData("proposal aes256-sha256-modp2048, psk not shown")]
    [InlineData("BusyBox v1.24.2, password needed\nXM.v6.3.11# mca-status")]
    [InlineData("password = \"${DB_PASSWORD}\"\ntoken: <your-token>\npw: ********\nsecret = vault:kv/app#pw\nos.environ[\"API_KEY\"]")]
    [InlineData("passwordPlaceholder: \"Enter your password\", password: \"Passwort eingeben\", contraseña: \"Introduce tu contraseña\"")]
    public void Talk_of_them_is_quiet(string text) => Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty();

    [Theory]
    [InlineData("password: \u2028three blue elephants")]
    [InlineData("the password is \f\u3000 and so on, as before")]
    [InlineData("passphrase \v\u0085 four words of it here")]
    public void Blanks_of_any_kind_are_no_words(string text) => Should.NotThrow(() => Rows.Find(RecognizerTable.BuiltIn, text, Types));

    // Whoever has one cannot sign in with it; the documents say that they are none.
    [Theory]
    [InlineData("$2b$12$" + "LQv3c1yqBWVHxkd0LHAkCOYz6TtxMQJqhN8/LewYGyGcbSaGqK5q2")]
    [InlineData("$6$Zq8kLmN2$pR4sT6uV8wX0yZ2aB4cD6eF8gH0iJ2kL4mN6oP8qR0sT2uV4wX6yZ8aB0cD2eF4gH6iJ8kL0mN2oP4qR6sT8u")]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQxMjM$RdescudvJCsgt3ub6bxdWRWJTmaaJObGRdescudvJCs")]
    [InlineData("pbkdf2_sha256$600000$Zq8kLmN2pR4s$LQv3c1yqBWVHxkd0LHAkCOYz6TtxMQJqhN8LewYGyGc=")]
    public void Hashes_of_passwords_are_none(string hash)
    {
        foreach (var text in (string[])[$"root:{hash}:19000", $"password_hash: {hash}", $"\"password\": \"{hash}\"", $"the hash is {hash} now"])
        {
            Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty(text);
        }
    }

    private static void ShouldFind(string marked)
    {
        var parts = marked.Split('«', '»');
        Rows.Find(RecognizerTable.BuiltIn, string.Concat(parts), Types).Select(f => f[(f.IndexOf('=') + 1)..]).ShouldBe(parts.Where((_, i) => i % 2 == 1));
    }
}
