using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Spoken;

/// <summary>Sentences and values are spaces: any value of a person's making stands in any sentence that says what it is.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 300)]
public sealed class SpokenProperties
{
    private static readonly string[] Sentences =
    [
        "the password is {0}", "the wifi password for guests is {0}.", "pw: {0}", "{0} is the password", "use {0} as the password, please", "I reset your password. It's {0}.", "what's the pw?\nsure, it's {0}",
        "das Passwort lautet {0}.", "nimm {0} als Passwort", "Kennwort: {0}", "le mot de passe est {0}.", "avec {0} comme mot de passe", "la contraseña es {0}.", "con {0} como contraseña", "la password è {0}.", "con {0} come password",
        "a senha é {0}.", "com {0} como senha", "het wachtwoord is {0}.", "met {0} als wachtwoord", "hasło to {0}", "lösenordet är {0}.", "med {0} som lösenord", "Password\n{0}\nthanks", "Password ..... {0}",
        "jane@example.org / {0}", "log in with my mail and {0}", "WLAN Moewe, Schlüssel {0}", "user,password\nbob,{0}",
        "use {0} to get in", "the file is locked with {0}.", "password is old\nsorry, capital letter: {0}", "Logins:\n- reception / {0}", "log in as admin_2 with {0}", "changed to {0}, the password", "{0} gets you in",
        "mit {0} kommst du rein", "Passwort geändert auf {0}", "wifi?\nlotte: {0}",
    ];

    [Property]
    public void A_value_is_found_in_a_sentence(Thought thought, PositiveInt sentence)
    {
        var form = Sentences[sentence.Get % Sentences.Length];
        Rows.Find(RecognizerTable.BuiltIn, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, thought.Value), EntityTypes.Password)
            .ShouldContain($"PASSWORD={thought.Value}", form);
    }

    /// <summary>A password that somebody thought up.</summary>
    public sealed record Thought(string Value);

    /// <summary>Makes them.</summary>
    public static class Arbitraries
    {
        private static readonly string[] Words = ["Kestrel", "moonfish", "Otter", "marble", "Walnut", "copper", "Tulip", "harbour", "Biscuit", "lantern"];

        public static Arbitrary<Thought> Thoughts() =>
            (from word in Gen.Elements(Words)
             from mark in Gen.Elements("!", "#", "%", "&", "_", "-", "+")
             from number in Gen.Choose(10, 9999)
             from end in Gen.Elements("x", "Qz", "kM", "b7")
             select new Thought($"{word}{mark}{number}{end}")).ToArbitrary();
    }
}
