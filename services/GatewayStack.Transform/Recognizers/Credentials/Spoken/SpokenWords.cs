using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The small words between a secret and the word that announces it, in the languages that people write such sentences in.</summary>
internal static class SpokenWords
{
    /// <summary>Words of which a value follows: "the password is x". True for those that stand directly before it.</summary>
    private static readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Verbs = Flags(
        "is are was be it's its it’s that's that’s to will heißt ist lautet war wäre wird sind est c'est c’est sera était es era será sería seria é è eh jest był będzie är var "
            + "blir er blev wordt was luidt is: to: being remains stays reads equals "
        + "は は、 는 은 là היא הוא هي هو е є है adalah είναι это now jetzt nun maintenant ahora adesso agora nu teraz :",
        "as becomes lauten sei je este wynosi brzmi called of new use using try enter type here here's here’s got into with put mit avec con com met med z gib gebe eingeben "
            + "tippe nimm benutze verwende "
        + "utilise utiliser tape taper saisir entre entrez usa usar utiliza pon introduce mete inserisci usare digita digite coloca gebruik vul typ wpisz użyj podaj użyć skriv "
            + "använd ange slå comme como come som jako als "
        + "also auch noch on till till: på na");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Equal = WordSet.Of(
        "is was it's it’s that's ist lautet war est c'est es era è é eh jest był är var er luidt lautete remains stays");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Behind = WordSet.Of(
        "is was are as = ist war lautet als est était comme es era como è come é eram jest to jako był är som er luidt will wird sera será sarà wordt");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pointing = WordSet.Of(
        "that that's that’s this it's which these das dies dieses c'est ce cela ça voilà eso esa ésa ese esta este ésta ese questa questo quella isso essa esta este dat dit to "
            + "det detta den där");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Purpose = WordSet.Of("for of to on at in für von vom zum zur zu am im pour de du des sur à "
        + "para del "
        + "per di della dello da do dos das no na em voor van op dla od na w till på av för i");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Apart = WordSet.Of(
        "used use uses using with without no not need needs needed require requires has have had that which who when if because but and or before after via than about can will "
            + "must should may might cannot can't don't doesn't "
        + "never until unless so since while enable enabled supports support mit ohne kein keine nicht und oder wenn weil aber braucht benötigt sans avec et ou pas si sin con y "
            + "o si no senza e o non se sem com ou não zonder met en of "
        + "geen niet bez z i lub nie utan med och eller inte forgot forgotten reset change changed");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Followers = WordSet.Of(
        "for to on of and but then when in at if or until till so again now here too there btw pls please because from by since ok okay right thanks thx lol haha just only not "
        + "für zum zur von und aber bis am im ab vom der des pour du de la des et mais sur au aux para del y pero en al per di della dello e ma su do da dos das no na mas em "
            + "voor van maar op het "
        + "dla i ale od för till på och men av bitte merci gracias grazie obrigado bedankt dzięki tack");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Doing = WordSet.Of("work be do serve sein werden funktionieren être marcher ser servir funcionar "
        + "essere funzionare zijn werken być działać vara fungera");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> About = WordSet.Of(
        "policy policies hash hashes digest file files field fields length strength manager age history rules requirements expiry rotation generator checker validator "
            + "fingerprint format standard guideline guidelines protection-level protocol algorithm");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Denying = WordSet.Of("no without not separate kein keine keinen ohne sans pas aucun sin ningún "
        + "ninguna senza nessuna nessun sem nenhuma zonder geen bez żadnego utan inget ingen");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Labels = WordSet.Of(
        "ending endend terminada terminata eindigend user username id host hostname ip url link ssid model version ver build ref reference ticket case issue path file folder branch tag image bucket session "
        + "date status state error product article item sku part asset benutzer benutzername kennung rechner modell seriennummer datei ordner "
        + "utilisateur identifiant hôte modèle fichier dossier usuario equipo modelo archivo utente modello gebruiker gebruikersnaam bestand utilizador "
        + "sn s/n serial checksum hash digest sha256 sha1 md5 fingerprint empreinte prüfsumme kontrollsumma fingerabdruck huella impronta erreur fehler errore fel foutcode błąd "
            + "msg kid serie série mode "
        + "ficheiro użytkownik plik användare användarnamn fil");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fielding = WordSet.Of(
        "login account server address network net serial order name mail email e-mail phone tel region service subject from to cc time code device machine printer room nutzer "
            + "konto adresse netz netzwerk auftrag bestellung gerät raum compte réseau commande cuenta "
        + "dirección red pedido conto indirizzo rete file ordine netwerk bestelling conta endereço rede encomenda konto adres sieć zamówienie adress nätverk order");

    /// <summary>Digests and prints of keys, in other languages than those of the algorithms' names.</summary>
    public static readonly string[] DigestNames =
    [
        "empreinte", "empreintes", "condensat", "somme de contrôle", "fingerabdruck", "fingerabdrücke", "prüfsumme", "prüfsummen", "huella", "huellas", "impronta", "impronte",
        "vingerafdruk", "vingerafdrukken", "odcisk", "odciski", "skrót", "suma kontrolna", "suma", "fingeravtryck", "kontrollsumma", "impressão digital", "sormenjälki", "otisk",
        "ujjlenyomat", "amprenta", "parmak izi", "отпечаток", "отпечатки", "відбиток", "відбитки", "хеш", "хэш", "指紋", "指纹", "フィンガープリント", "ハッシュ", "哈希", "지문", "해시",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Digests = WordSet.Of(
        "etag checksum digest hash sha sha1 sha256 sha512 md5 crc32 commit rev revision thumbprint fingerprint kid uuid guid traceparent trace_id request_id req_id correlation_id "
            + "checksums digests hashes fingerprints thumbprints " + string.Join(' ', DigestNames));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Renewing = WordSet.Of("now it's its jetzt nun lautet maintenant ahora adesso ora agora nu nieuwe "
        + "teraz neues nouveau nueva nuova nova nowe nya");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fields = WordSet.Of("header headers en-tête l'en-tête encabezado cabecera intestazione cabeçalho "
        + "nagłówek nagłówku kopfzeile huvudet field box prompt dialog input line window feld fenster champ case campo casella veld vak pole okno fält ruta");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Entering = WordSet.Of("in into at under inside where ins im unter dans sous en sous em nel nella "
        + "sotto in w do i under");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Returning = WordSet.Of(
        "it it's it’s its here here's this that that's now new now: new: it: try use mine mine's es er sie das hier neu neues jetzt nun versuch nimm c'est il elle le la voici "
            + "nouveau maintenant es ahora nuevo nueva aquí ecco è ora "
        + "adesso nuova nuovo é agora novo nova aqui het dit nu nieuw probeer to teraz nowe spróbuj det nu nytt prova");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Numbered = WordSet.Of("pr prs mr mrs bug rfc pep jira");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Shares = WordSet.Of("of von de di van av z ze af sur su");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Counted = WordSet.Of(
        "users accounts people employees members customers logins devices attempts nutzer benutzer konten utilisateurs comptes usuarios cuentas utenti usuários contas gebruikers "
            + "użytkowników kont användare konton");

    /// <summary>True for a word of which a value follows.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isDirect">True when it follows directly.</param>
    public static bool IsVerb(ReadOnlySpan<char> word, out bool isDirect) => Verbs.TryGetValue(word, out isDirect);

    /// <summary>Ends in such a word, in a script without blanks.</summary>
    public static bool EndsInVerb(ReadOnlySpan<char> word) => word.EndsWith("ใช้") || word.EndsWith("คือ") || word.EndsWith("เป็น") || word.EndsWith("是") || word.EndsWith("は");

    /// <summary>Says that what follows is the same thing: "is", not "to".</summary>
    public static bool Equates(ReadOnlySpan<char> word) => Equal.Contains(word);

    /// <summary>Joins a value to the word behind it: "x is the password", "x as password".</summary>
    public static bool Joins(ReadOnlySpan<char> word) => Behind.Contains(word) || Pointing.Contains(word);

    /// <summary>Looks back at what was said in the sentence before: "x. That's the password".</summary>
    public static bool Points(ReadOnlySpan<char> word) => Pointing.Contains(word);

    /// <summary>"x for the password".</summary>
    public static bool IsPurpose(ReadOnlySpan<char> word) => Purpose.Contains(word);

    /// <summary>A word between a value and a keyword that says that they are two things.</summary>
    public static bool Parts(ReadOnlySpan<char> word) => Apart.Contains(word);

    /// <summary>The Portuguese article, which is "or" in two other languages: "o seu", "o teu".</summary>
    public static bool IsArticleBefore(ReadOnlySpan<char> word, ReadOnlySpan<char> next) =>
        word is "o" && next is "seu" or "teu" or "meu" or "nosso" or "vosso" or "código" or "codigo";

    /// <summary>"should work as the password", "will be": what the word before it adds to does not part.</summary>
    public static bool Does(ReadOnlySpan<char> word) => Doing.Contains(word);

    /// <summary>A word that a sentence goes on with behind a keyword that was the whole of a name.</summary>
    public static bool Follows(ReadOnlySpan<char> word) => Followers.Contains(word);

    /// <summary>Where one types: "in the password field".</summary>
    public static bool IsField(ReadOnlySpan<char> word) => Fields.Contains(word);

    /// <summary>"into", before such a place.</summary>
    public static bool Enters(ReadOnlySpan<char> word) => Entering.Contains(word);

    /// <summary>Begins a sentence that goes on about what the one before was about: "I reset your password. It's x".</summary>
    public static bool Returns(ReadOnlySpan<char> word) => Returning.Contains(word);

    /// <summary>Directly behind the word for a secret, names something about secrets: "password policy: ISO-27001".</summary>
    public static bool IsAbout(ReadOnlySpan<char> word) => About.Contains(word);

    /// <summary>Before a colon, names something that is no secret: a user, a host, a version.</summary>
    public static bool IsLabel(ReadOnlySpan<char> word) => Labels.Contains(word);

    /// <summary>A name of a field that a secret may stand behind as well where a sentence names both: an account, a network.</summary>
    public static bool IsFieldName(ReadOnlySpan<char> word) => Labels.Contains(word) || Fielding.Contains(word);

    /// <summary>Names a number that is no secret: "serial is".</summary>
    public static bool IsNumber(ReadOnlySpan<char> word) => word is "sn" or "SN" or "S/N" or "s/n" or "serial" or "Serial" or "checksum" or "hash" or "digest" or "fingerprint" or "Seriennummer" or "Prüfsumme" or "kontrollsumma" or "empreinte";

    /// <summary>Directly before a value, names a digest of something, or the number of a process: <c>etag "6fa5..."</c>.</summary>
    public static bool NamesOther(ReadOnlySpan<char> text, int at, int length)
    {
        var before = text[Math.Max(0, at - 24)..at].TrimEnd(" :=\"'`(");
        var word = before[(before.LastIndexOfAny(' ', '\n', '\t') + 1)..];
        if (IsNumber(word) || Digests.Contains(word))
        {
            return true;
        }

        // The number of a commit begins its line.
        return word.IsEmpty && (at == 0 || text[at - 1] == '\n') && length is >= 7 and <= 40 && !text.Slice(at, length).ContainsAnyExcept(Alphabets.Hex);
    }

    /// <summary>Directly before a number, says what is numbered: <c>PR 41882</c>.</summary>
    public static bool Numbers(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - 24)..at].TrimEnd(" #");
        return Numbered.Contains(before[(before.LastIndexOfAny(' ', '\n', '\t') + 1)..]);
    }

    /// <summary>Behind a number, says that so many of more were counted, or what was: <c>4118 of 5000</c>, <c>4118 users</c>.</summary>
    public static bool Counts(ReadOnlySpan<char> text, int at)
    {
        var behind = text[at..];
        if (behind is not [' ', ..])
        {
            return behind is ['/', >= '0' and <= '9', ..];
        }

        var length = 1;
        while (length < behind.Length && char.IsLetter(behind[length]))
        {
            length++;
        }

        var word = behind[1..length];
        var rest = behind[length..];
        return Counted.Contains(word) || (Shares.Contains(word) && rest is [' ', >= '0' and <= '9', ..]) || (word is "out" && rest.StartsWith(" of "));
    }

    /// <summary>Directly before the word for a secret, says that there is none: "no password".</summary>
    public static bool Denies(ReadOnlySpan<char> word) => Denying.Contains(word);

    /// <summary>Before a value that takes the place of another: "now", "new:".</summary>
    public static bool Renews(ReadOnlySpan<char> word) => Renewing.Contains(word);

    private static FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Flags(string direct, string others) =>
        direct.Split(' ').Select(w => KeyValuePair.Create(w, true)).Concat(others.Split(' ').Select(w => KeyValuePair.Create(w, false)))
            .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
