using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Recognizers.Verifiers;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The table's rows for personal data.</summary>
internal static class PersonalRows
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "email", Type = EntityTypes.Email, Gate = Gate.At, Score = 0.9,
            Lead = Alphabets.EmailLocal, MinLead = 1, MaxLead = 64, Body = Alphabets.EmailDomain, MaxLength = 253, MinLength = 5,
            Pattern = Patterns.Anchored(@"[^@\s]+@(?:[\p{L}\p{Nd}][\p{L}\p{Nd}\-]*\.)+(?:[xX][nN]--[A-Za-z0-9\-]{2,}|\p{L}{2,})"),
            Verify = EmailVerifier.Verify,
        },
        new()
        {
            Name = "email-in-words", Type = EntityTypes.Email, Gate = Gate.Keyword, Score = 0.9, Keywords = ["[at]", "(at)", "{at}", "<at>", "at"],
            After = 80, SameLine = true, Back = 64, LeadWord = true,
            Verify = SpelledEmailVerifier.Verify,
        },
        new()
        {
            Name = "handle", Type = EntityTypes.Username, Gate = Gate.At, Score = 0.6,
            Body = Alphabets.Handle, MaxLength = 32, MinLength = 4, Before = 100, After = Surroundings.After + 2, SameLine = true,
            Pattern = Patterns.Anchored(@"@[A-Za-z0-9_][A-Za-z0-9_.\-]{2,30}"),
            Verify = HandleVerifier.Verify,
        },
        new()
        {
            Name = "phone", Type = EntityTypes.Phone, Gate = Gate.Digit, Score = 0.6,
            Lead = Alphabets.PhoneLead, MaxLead = 2, Body = Alphabets.Phone, MaxLength = 26, MinLength = 7, Before = ColumnHead.Reach, After = Surroundings.After + 2, SameLine = true,
            Shape = Shapes.Phone, Pattern = Patterns.Anchored(@"[+(]{0,2}\d[\d ().\-/]{4,24}\d"),
            Verify = PhoneVerifier.Verify,
        },
        new()
        {
            Name = "credit-card", Type = EntityTypes.CreditCard, Gate = Gate.Digit, Score = 0.98,
            Body = Alphabets.Card, MaxLength = 40, MinLength = 12, Before = ColumnHead.Reach, After = Surroundings.After + 2, SameLine = true,
            Shape = Shapes.Card, Pattern = Patterns.Anchored(@"\d(?:[ \-]?\d){11,18}"),
            Verify = CardVerifier.Verify,
        },
        new()
        {
            Name = "credit-card-groups", Type = EntityTypes.CreditCard, Gate = Gate.Digit, Score = 0.97,
            Body = Alphabets.CardGroups, MaxLength = 24, MinLength = 19, NotAfter = "._/-", Before = ColumnHead.Reach, After = Surroundings.After + 2, SameLine = true,
            Pattern = Patterns.Anchored(@"\d{4}(?:(?:\.\d{4}){3}|(?:_\d{4}){3}|(?:/\d{4}){3}|(?:\r?\n\d{4}){3})"),
            Verify = CardVerifier.VerifyGroups,
        },
        new()
        {
            Name = "iban", Type = EntityTypes.Iban, Gate = Gate.Digit, Score = 0.99,
            Lead = Alphabets.Letter, MinLead = 2, MaxLead = 2, Body = Alphabets.Iban, MaxLength = 56, MinLength = 15, Before = 100, After = Surroundings.After + 2, SameLine = true,
            Pattern = Patterns.Anchored(@"[A-Za-z]{2}\d{2}(?:[ \-]{0,2}[A-Za-z0-9]){11,29}"),
            Verify = IbanVerifier.Verify,
        },
        new()
        {
            Name = "ipv4", Type = EntityTypes.Ip, Gate = Gate.Digit, Score = 0.7,
            Body = Alphabets.Dotted, MaxLength = 17, MinLength = 7, NotAfter = ".-_", Before = 160, After = Surroundings.After, SameLine = true,
            Shape = Shapes.Ip4, Pattern = Patterns.Anchored(@"\d{1,3}(?:\.\d{1,3}){3}"),
            Verify = IpVerifier.VerifyV4,
        },
        new()
        {
            Name = "ipv6", Type = EntityTypes.Ip, Gate = Gate.Colon, Score = 0.7,
            Lead = Alphabets.Hex, MaxLead = 4, Body = Alphabets.Ip6, MaxLength = 46, MinLength = 4, NotAfter = ".-_", Before = 160, After = Surroundings.After, SameLine = true,
            Shape = Shapes.Ip6, Pattern = Patterns.Anchored(@"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*[0-9A-Fa-f:]"),
            Verify = IpVerifier.VerifyV6,
        },
        new()
        {
            Name = "mac", Type = EntityTypes.Mac, Gate = Gate.Colon, Score = 0.9,
            Lead = Alphabets.Hex, MinLead = 2, MaxLead = 2, Body = Alphabets.HexColon, MaxLength = 24, MinLength = 17, NotAfter = "-",
            Pattern = Patterns.Anchored("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}"),
            Verify = PlaceVerifiers.Mac,
        },
        new()
        {
            Name = "mac-with-dashes", Type = EntityTypes.Mac, Gate = Gate.Digit, Score = 0.9,
            Lead = Alphabets.HexLetterDash, MaxLead = 16, Body = Alphabets.HexDash, MaxLength = 24, MinLength = 17, NotAfter = ":-",
            Pattern = Patterns.Anchored("[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"),
            Verify = PlaceVerifiers.Mac,
        },
        new()
        {
            Name = "mac-in-threes", Type = EntityTypes.Mac, Gate = Gate.Digit, Score = 0.85,
            Lead = Alphabets.Hex, MaxLead = 3, Body = Alphabets.HexDot, MaxLength = 15, MinLength = 14, NotAfter = ".-_:", Shape = Shapes.MacInThrees,
            Pattern = Patterns.Anchored(@"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"),
            Verify = PlaceVerifiers.MacInThrees,
        },
        new()
        {
            Name = "coordinates", Type = EntityTypes.Coordinates, Gate = Gate.Digit, Score = 0.8,
            Lead = Alphabets.SignOrWind, MaxLead = 1, Body = Alphabets.Degrees, MaxLength = 48, MinLength = 5, Before = CoordinateVerifier.Before, NotAfter = "._-/", After = 28,
            Shape = Shapes.Degrees,
            Pattern = Patterns.Anchored(
                @"[+\-NSEW]?\d{1,3}(?:\.\d{3,15}|°|\.\d\d ?[NSEW]|[ ]\d\d\.\d{1,5}['′]? ?[NSEW])"),
            Verify = CoordinateVerifier.Verify,
        },
        CommaCoordinate(0),
        CommaCoordinate(1),
        new()
        {
            Name = "base58", Type = EntityTypes.Crypto, Gate = Gate.Digit, Score = 0.99,
            Lead = Alphabets.Letter, MaxLead = 48, Body = Alphabets.Alphanumeric, MaxLength = 100, MinLength = 26, Before = 100, NotAfter = "_-/+=", After = 42, SameLine = true,
            Pattern = Patterns.Anchored("[1-9A-HJ-NP-Za-km-z]{26,96}"),
            Verify = CryptoVerifier.VerifyBase58,
        },
        new()
        {
            Name = "bech32", Type = EntityTypes.Crypto, Gate = Gate.Keyword, Score = 0.99, Keywords = ["bc1", "tb1", "ltc1", "addr1", "cosmos1"],
            Body = Alphabets.Alphanumeric, MaxLength = 110, MinLength = 20,
            Pattern = Patterns.Anchored("[A-Za-z0-9]{20,110}"),
            Verify = CryptoVerifier.VerifyBech32,
        },
        new()
        {
            Name = "ethereum", Type = EntityTypes.Crypto, Gate = Gate.Keyword, Score = 0.9, Keywords = ["0x"],
            Body = Alphabets.Alphanumeric, MaxLength = 80, MinLength = 42,
            Pattern = Patterns.Anchored("0x[0-9A-Fa-f]{40}"),
            Verify = CryptoVerifier.VerifyHex,
        },
        new()
        {
            Name = "url", Type = EntityTypes.Url, Gate = Gate.Keyword, Score = 0.7,
                Keywords = ["http://", "https://", "ftp://", "sftp://", "www.", "linkedin.com/", "twitter.com/", "facebook.com/", "instagram.com/", "t.me/", "wa.me/"],
            Body = Alphabets.Url, MaxLength = 512, MinLength = 9, Before = 100, After = 2, SameLine = true,
            Pattern = Patterns.Anchored(@"[^\s]{9,512}"),
            Verify = UrlVerifier.Verify,
        },
        Labelled("username", EntityTypes.Username, LabelledVerifiers.Username,
            "username", "user name", "user_name", "user-name", "userid", "user id", "user_id", "login name", "loginname", "screen name", "screen_name", "nickname",
            "account name", "benutzername", "nutzername",
            "anmeldename", "identifiant", "nom d'utilisateur", "usuario", "nombre de usuario", "nome utente", "gebruikersnaam", "användarnamn", "brukernavn",
            "nazwa użytkownika", "kullanıcı adı", "logon", "用户名"),
        Labelled("user", EntityTypes.Username, LabelledVerifiers.User, "user", "login", "handle", "benutzer") with { InsideWords = false, NotAfter = "_-.$", SameLine = false },
        Labelled("nationality", EntityTypes.Nationality, LabelledVerifiers.Nationality,
            "nationality", "citizenship", "citizen of", "staatsangehörigkeit", "nationalität", "staatsbürgerschaft", "nationalité", "nacionalidad", "nacionalidade",
            "nazionalità", "cittadinanza", "nationaliteit", "obywatelstwo",
            "medborgarskap", "country of citizenship", "国籍", "\"nat\"", "nationalität", "staatsangehörig", "obywatelstwo", "narodowość"),
        Labelled("account", EntityTypes.Username, LabelledVerifiers.Account,
            "invalid user", "for user", "accepted publickey for", "accepted password for", "failed password for", "log in as", "logged in as", "login as", "sign in as",
            "signed in as", "logged on as", "log in with", "/users/", "/home/",
            ":\\users\\") with { InsideWords = false },
        Labelled("cvv", EntityTypes.Cvv, LabelledVerifiers.Cvv,
            "three on the back are", "digits on the back", "three digits on the back", "cvv", "cvv2", "cvc", "cvc2", "csc", "card security code", "security code", "card code",
            "card verification", "card verification code", "prüfnummer", "prüfziffer", "kartenprüfnummer", "code de sécurité", "cryptogramme",
            "código de seguridad", "código de segurança", "codice di sicurezza", "安全码"),
        Labelled("swift", EntityTypes.Swift, LabelledVerifiers.Swift, "swift", "bic", "swift/bic", "bic/swift", "swift code", "bic code", "swift_code", "swiftcode", "bank identifier code"),
    ];

    private static Recognizer CommaCoordinate(int index) => new()
    {
        Name = index == 0 ? "coordinates-with-commas" : "coordinates-with-commas-too",
        Type = EntityTypes.Coordinates,
        Gate = Gate.Keyword,
        Score = 0.85,
        Keywords = CommaCoordinates.Words,
        Body = Alphabets.Any,
        MaxLength = CommaCoordinates.Window,
        Before = 2,
        Verify = (in Match match) => CommaCoordinates.Verify(match, index),
    };

    private static Recognizer Labelled(string name, string type, Verifier verify, params string[] keywords) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Keyword,
        Keywords = keywords,
        InsideWords = true,
        After = Verifiers.Labelled.After,
        SameLine = true,
        Verify = verify,
        Score = 0,
    };
}
