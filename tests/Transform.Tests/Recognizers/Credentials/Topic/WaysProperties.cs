using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Topic;

/// <summary>The ways in which a secret is handed over, as a space: how it is given, what it is, in which language. Each has its double that gives none.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 200)]
public sealed class WaysProperties
{
    /// <summary>A language's word for a password, its verb, and what says of a password that it is not given.</summary>
    private static readonly (string Noun, string Is, string Elsewhere)[] Languages =
    [
        ("password", "is", "is on the sticker"), ("passphrase", "is", "is kept in the safe"), ("Passwort", "ist", "steht auf dem Zettel"), ("Kennwort", "lautet", "liegt im Tresor"), ("mot de passe", "est", "est dans le coffre"),
        ("contraseña", "es", "está en la caja"), ("password", "è", "è nel cassetto"), ("palavra-passe", "é", "está no cofre"), ("wachtwoord", "is", "ligt in de kluis"), ("hasło", "to", "jest w sejfie"), ("lösenord", "är", "ligger i skåpet"),
    ];

    private static readonly string[] Forms =
    [
        "{0}: {2}", "{0} {1} {2}", "{0}: \"{2}\"", "the {0} for the laptop in room 4 {1} {2}, ask me", "- {0} = {2}\n- bins on Monday", "jo: whats the {0}\nmia: hang on\nmia: {2}", "login: jmorel\n{0}: {2}\n", "{0} .......... {2}",
        "I forgot the {0} again\n> {2}\nthx", "{0} (staging): {2}", "**{0}:** {2}", "mail: jane@example.org, {0}: {2}",
    ];

    [Property]
    public void A_secret_is_found_in_every_way(Secret secret, PositiveInt language, PositiveInt form)
    {
        var (noun, verb, _) = Languages[language.Get % Languages.Length];
        var text = string.Format(CultureInfo.InvariantCulture, Forms[form.Get % Forms.Length], noun, verb, secret.Value);
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldContain($"PASSWORD={secret.Value}", text);
    }

    [Property]
    public void Words_are_found_where_they_are_given(Phrase phrase, PositiveInt language, bool verb)
    {
        var (noun, equals, _) = Languages[language.Get % Languages.Length];
        var text = verb ? $"{noun} {equals} {phrase.Value}" : $"{noun}: {phrase.Value}";
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password, EntityTypes.Secret).Select(f => f[(f.IndexOf('=') + 1)..]).ShouldContain(phrase.Value, text);
    }

    [Property]
    public void Where_it_is_said_to_be_elsewhere_nothing_is_found(PositiveInt language, PositiveInt form, bool colon)
    {
        var (noun, _, elsewhere) = Languages[language.Get % Languages.Length];
        var text = colon ? $"{noun}: {elsewhere}" : $"the {noun} {elsewhere}";
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password, EntityTypes.Secret).ShouldBeEmpty(text);
    }

    [Property]
    public void A_stand_in_is_none(PositiveInt language, PositiveInt form, PositiveInt stand)
    {
        var (noun, verb, _) = Languages[language.Get % Languages.Length];
        var value = ((string[])["********", "<your-password>", "${DB_PASSWORD}", "{{ vault_password }}", "changeme", "xxxxxxxx", "[REDACTED]", "%PASSWORD%"])[stand.Get % 8];
        var text = string.Format(CultureInfo.InvariantCulture, Forms[form.Get % Forms.Length], noun, verb, value);
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password, EntityTypes.Secret).ShouldBeEmpty(text);
    }

    /// <summary>What a person thought up, or a machine drew.</summary>
    public sealed record Secret(string Value);

    /// <summary>Some common words.</summary>
    public sealed record Phrase(string Value);

    /// <summary>Makes them.</summary>
    public static class Arbitraries
    {
        private static readonly string[] Words = ["Kestrel", "moonfish", "Otter", "marble", "Walnut", "copper", "Tulip", "harbour", "Biscuit", "lantern"];
        private static readonly string[] Nouns = ["kettle", "otter", "marble", "walnut", "copper", "tulip", "harbour", "biscuit", "lantern", "velvet", "pigeon", "umbrella", "thistle", "quorum"];

        public static Arbitrary<Secret> Secrets() =>
            Gen.OneOf(
                from word in Gen.Elements(Words)
                from mark in Gen.Elements("!", "#", "&", "-", "_", "$")
                from number in Gen.Choose(10, 9999)
                select new Secret($"{char.ToUpperInvariant(word[0])}{word[1..]}{mark}{number}"),
                from first in Gen.Elements(Words)
                from second in Gen.Elements(Words)
                from number in Gen.Choose(10, 99)
                select new Secret($"{first}-{second}-{number}"),
                from letters in Gen.Elements("qX", "zR", "wK", "vJ").ArrayOf(4)
                from number in Gen.Choose(10, 99)
                select new Secret($"{letters[0]}{number}{letters[1]}{number / 10}{letters[2]}7{letters[3]}")).ToArbitrary();

        public static Arbitrary<Phrase> Phrases() =>
            (from words in Gen.Elements(Nouns).ArrayOf(4)
             where words.Distinct().Count() == 4
             select new Phrase(string.Join(' ', words))).ToArbitrary();
    }
}
