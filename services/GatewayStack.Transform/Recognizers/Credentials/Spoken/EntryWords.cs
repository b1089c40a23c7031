using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The words round short codes that open something.</summary>
internal static class EntryWords
{
    private const int LongestWord = 24;

    /// <summary>Names of codes that are nothing else.</summary>
    public static readonly string[] Codes =
    [
        "door code", "doorcode", "gate code", "entry code", "entrance code", "alarm code", "safe code", "locker code", "lock code", "keypad code", "garage code", "key code", "keycode", "access code", "building code for the",
        "unlock code", "screen code", "phone code", "ipad code", "tablet code", "laptop code", "keypad", "lockbox", "lock box", "key safe", "keysafe", "padlock", "key box", "combination", "combo",
        "türcode", "torcode", "tür-code", "haustürcode", "alarmcode", "zugangscode", "zutrittscode", "tresorcode", "schließfachcode", "schlosscode", "zahlenschloss", "zahlenkombination", "schlüsselbox", "schlüsselkasten", "schlüsseltresor",
        "entsperrcode", "servicecode", "service code", "codice di servizio", "code de service", "kombination", "combinaison", "combinación", "combinazione", "combinação", "combinatie", "kombinacja", "digicode", "code d'entrée", "code d'accès", "code de la porte", "code du portail", "code de l'immeuble", "code de l'alarme", "code du coffre", "code alarme", "code porte", "code portail",
        "boîte à clés", "boîte à clefs", "cadenas", "código de la puerta", "código de acceso", "código del portal", "código de la alarma", "código puerta", "código de entrada", "candado", "caja de llaves", "clave de la alarma",
        "clave del portal", "codice del portone", "codice di accesso", "codice d'accesso", "codice della porta", "codice del cancello", "codice dell'allarme", "codice allarme", "codice porta", "codice cancello", "cassetta delle chiavi",
        "lucchetto", "tastierino", "código da porta", "código do portão", "código de acesso", "código do alarme", "código do cofre", "cadeado", "cofre de chaves", "deurcode", "toegangscode", "alarmcode", "poortcode", "kluiscode",
        "sleutelkluis", "sleutelkluisje", "sleutelkastje", "cijferslot", "hangslot", "kod do drzwi", "kod do bramy", "kod do furtki", "kod dostępu", "kod alarmu", "kod do alarmu", "kod do sejfu", "kod wejściowy", "kłódka", "kłódki",
        "portkod", "dörrkod", "larmkod", "opens with", "open with", "unlocks with", "öffnet mit", "geht auf mit", "s'ouvre avec", "se abre con", "abre con", "abre com", "si apre con", "gaat open met", "otwiera się", "öppnas med", "grindkod", "passerkod", "låskod", "nyckelskåp", "nyckelbox", "hänglås", "kodlås",
    ];

    /// <summary>Words for any code: of a door where one stands near.</summary>
    public static readonly string[] Any = ["code", "codes", "kod", "koden", "kode", "código", "codigo", "codice", "codici", "códigos", "cijfercode", "pin", "pincode", "composer", "composez", "taper", "tapez", "digitare", "toets", "wpisz", "wybierz"];

    /// <summary>What is opened with a number, beside which the number stands without another word.</summary>
    public static readonly string[] Guards =
    [
        "alarm", "alarma", "alarme", "allarme", "alarmanlage", "larm", "larmet", "safe", "tresor", "coffre", "caja fuerte", "cassaforte", "cofre", "kluis", "sejf", "kassaskåp", "kassaskåpet", "gate", "portal", "portail", "portone", "cancello",
        "portão", "poort", "brama", "furtka", "porten", "grind", "front door", "back door", "haustür", "hintertür", "garage", "locker", "schließfach", "clubhouse", "klubbstugan", "shed",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Places = SpokenWords.Set(
        "door doors gate gates garage entrance entry building lobby stairwell lift elevator keypad lock locker lockbox padlock safe vault alarm panel cabinet cupboard fridge shed cellar basement storage archive room hatch barrier "
        + "phone ipad iphone tablet screen laptop sim suitcase bike box intercom toilet restroom bathroom office flat apartment house airbnb cottage pool gym car "
        + "toilette toilet wc bathroom toalety toaleta toaletę baño bagno toalett "
        + "tür haustür hintertür tor garage eingang keller tresor schließfach schloss alarm alarmanlage briefkasten spind fahrrad koffer handy büro haus wohnung schranke aufzug "
        + "porte portail immeuble hall entrée cave alarme coffre casier cadenas garage ascenseur barrière téléphone bureau vélo "
        + "puerta portal garaje entrada alarma caja taquilla candado trastero verja ascensor móvil oficina carro nevera "
        + "porta portone cancello ingresso allarme cassaforte armadietto lucchetto garage cantina cassetta ascensore telefono ufficio "
        + "portão garagem alarme cofre cacifo cadeado entrada elevador telemóvel escritório prédio "
        + "deur voordeur achterdeur poort kluis kluisje alarm slot hangslot garage ingang kelder lift telefoon kantoor fietsenstalling "
        + "drzwi brama bramy furtka furtki sejf sejfu alarm alarmu szafka szafki kłódka kłódki garaż garażu wejście winda piwnica domofon "
        + "dörr dörren port porten grind larm larmet kassaskåp skåp skåpet lås låset garage förråd tvättstuga hiss cykel källare kontoret");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherCodes = SpokenWords.Set(
        "error exit status return zip postal post country area dial dialing dialling source promo discount voucher coupon order product http response qr bar tax currency sort booking tracking icd dress penal civil criminal legacy byte op opcode "
        + "machine native country-code fehler fehlercode rück postleit länder vorwahl quell gutschein rabatt erreur retour postal pays promotionnel barre fuente descuento postale sconto errore fiscale língua error-code reason event language "
        + "color colour airport stock article item batch serial model part hs naics cpt gl cost project department course class subject");

    /// <summary>True when something with a door, a lock or a screen is named here.</summary>
    public static bool NamesPlace(ReadOnlySpan<char> text) => HasAny(text, Places);

    /// <summary>A word that says of a code that it opens nothing.</summary>
    public static bool IsOtherCode(ReadOnlySpan<char> word) => OtherCodes.Contains(word);

    private static bool HasAny(ReadOnlySpan<char> text, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words)
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

            if (at - start <= LongestWord && words.Contains(text[start..at]))
            {
                return true;
            }
        }

        return false;
    }
}
