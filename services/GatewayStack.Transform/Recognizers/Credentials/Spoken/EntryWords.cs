using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The words round short codes that open something.</summary>
internal static class EntryWords
{
    private const int LongestWord = 24;

    /// <summary>As locks have them whose keys are C, ten digits and X to Z: <c>C2580Y</c>.</summary>
    public static bool IsLockCode(ReadOnlySpan<char> token) =>
        token.Length == 6 && token[0] == 'C' && token[^1] is >= 'X' and <= 'Z' && !token[1..^1].ContainsAnyExcept(Alphabets.Digit);

    /// <summary>Names of codes that are nothing else.</summary>
    public static readonly string[] Codes =
    [
        "door code", "doorcode", "gate code", "entry code", "entrance code", "alarm code", "safe code", "locker code", "lock code", "keypad code", "garage code", "key code",
        "keycode", "access code", "building code for the",
        "phone unlock", "tablet unlock", "screen unlock", "laptop unlock", "unlock code", "screen code", "phone code", "ipad code", "tablet code", "laptop code", "keypad",
        "lockbox", "lock box", "key safe", "keysafe", "padlock", "key box", "combination", "combo",
        "türcode", "torcode", "tür-code", "haustürcode", "alarmcode", "zugangscode", "zutrittscode", "tresorcode", "schließfachcode", "schlosscode", "zahlenschloss",
        "zahlenkombination", "schlüsselbox", "schlüsselkasten", "schlüsseltresor",
        "entsperrcode", "servicecode", "service code", "codice di servizio", "code de service", "kombination", "combinaison", "combinación", "combinazione", "combinação",
        "combinatie", "kombinacja", "digicode", "code d'entrée", "code d'accès", "code de la porte", "code du portail", "code de l'immeuble", "code de l'alarme",
        "code du coffre", "code alarme", "code porte", "code portail",
        "boîte à clés", "boîte à clefs", "cadenas", "código de la puerta", "código de acceso", "código del portal", "código de la alarma", "código puerta", "código de entrada",
        "candado", "caja de llaves", "clave de la alarma",
        "clave del portal", "codice del portone", "codice di accesso", "codice d'accesso", "codice della porta", "codice del cancello", "codice dell'allarme", "codice allarme",
        "codice porta", "codice cancello", "cassetta delle chiavi",
        "lucchetto", "tastierino", "código da porta", "código do portão", "código de acesso", "código do alarme", "código do cofre", "cadeado", "cofre de chaves", "deurcode",
        "toegangscode", "alarmcode", "poortcode", "kluiscode",
        "sleutelkluis", "sleutelkluisje", "sleutelkastje", "cijferslot", "hangslot", "kod do drzwi", "kod do bramy", "kod do furtki", "kod dostępu", "kod alarmu",
        "kod do alarmu", "kod do sejfu", "kod wejściowy", "kłódka", "kłódki",
        "portkod", "portkoden", "dörrkod", "dörrkoden", "larmkod", "larmkoden", "grindkoden", "hänglåset", "kodlåset", "nyckelskåpet", "nyckelboxen", "kassaskåpet", "pincode",
        "toegangscodes", "kod do domofonu", "kod do klatki", "kod do garażu", "code de la voiture",
        "code de déverrouillage", "código de desbloqueo", "codice di sblocco", "código de desbloqueio", "ontgrendelcode", "kod odblokowania", "upplåsningskod",
        "entriegelungscode", "voicemail code", "mailbox-pin", "mailbox pin", "fernabfrage", "fernabfragecode", "code du répondeur",
        "code messagerie", "código del buzón", "codice segreteria", "switched off with", "disarm with", "disarmed with", "abschalten mit", "ausschalten mit", "opens with",
        "open with", "unlocks with", "öffnet mit", "geht auf mit", "s'ouvre avec", "se abre con", "abre con", "abre com", "si apre con", "gaat open met", "otwiera się",
        "öppnas med", "grindkod", "passerkod", "låskod", "nyckelskåp", "nyckelbox", "hänglås", "kodlås",
        "alarmkode", "alarmkoden", "dørkode", "dørkoden", "portkode", "låsekode", "kode til alarmen", "koden til alarmen", "kode til døren", "koden til døren", "kode til døra",
        "koden til døra", "nøgleboks", "nøkkelboks", "hengelås", "hængelås", "ovikoodi", "hälytyskoodi", "porttikoodi", "kód k alarmu", "kód alarmu", "kód od alarmu",
        "kód od dveří", "kód ke dveřím", "kód od brány", "kód od trezoru", "codul de la alarmă", "codul alarmei", "codul de la ușă", "codul de la poartă", "riasztó kódja",
        "riasztókód", "kapukód", "alarm kodu", "kapı kodu", "код домофона", "код двери", "код от двери", "код от домофона", "код от сигнализации", "код сигнализации",
        "код от сейфа", "код сейфа", "код от ворот", "код подъезда", "код домофону", "код від дверей", "код сигналізації", "κωδικός συναγερμού", "κωδικός πόρτας",
    ];

    /// <summary>Words for any code: of a door where one stands near.</summary>
    public static readonly string[] Any = ["code", "codes", "kod", "koden", "kode", "código", "codigo", "codice", "codici", "códigos", "cijfercode", "pin", "pincode", "enter",
        "type in", "punch in", "key in", "marca", "marque", "teclea", "digita", "digite", "druk", "tippen", "tippe", "slå", "composer", "composez", "taper", "tapez",
        "digitare", "toets", "wpisz", "wybierz", "koodi", "kodu", "codul", "kódja", "код", "кодом", "κωδικός", "קוד", "הקוד", "והקוד", "رمز", "كود", "الرمز", "कोड", "mã", "kode"];

    /// <summary>What is opened with a number, beside which the number stands without another word.</summary>
    public static readonly string[] Guards =
    [
        "alarm", "alarma", "alarme", "allarme", "alarmanlage", "larm", "larmet", "safe", "tresor", "coffre", "caja fuerte", "cassaforte", "cofre", "kluis", "sejf", "kassaskåp",
        "kassaskåpet", "gate", "portal", "portail", "portone", "cancello",
        "portão", "poort", "brama", "furtka", "porten", "grind", "front door", "back door", "haustür", "hintertür", "garage", "locker", "schließfach", "clubhouse",
        "klubbstugan", "shed", "entrance", "entry", "eingang", "entrée", "entrada", "ingresso", "ingang", "wejście", "tor", "portillo", "verja", "trastero", "keller", "cellar",
        "sklep", "lift",
        "building entrance", "main door", "side door", "stairwell", "treppenhaus", "bike shed", "bin store", "hoftor", "einfahrt", "voordeur", "achterdeur", "porte", "porta",
        "puerta", "dörren", "dörr", "drzwi", "deur", "tür", "door", "vault", "candado", "cadenas", "hangslot",
        "kłódka", "hänglås", "zahlenschloss", "padlock", "trezor", "pengeskab", "pengeskabet", "alarmen", "hälytin", "kassakaappi", "széf", "riasztó", "seif", "seiful", "alarmă",
        "сейф", "сигнализация", "домофон", "ворота", "калитка",
        "lucchetto", "cadeado", "vorhängeschloss", "bike lock", "fahrradschloss", "antivol", "l'alarme", "l'allarme", "das tor",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Devices = WordSet.Of("gpio digital analog analogue header connector board data reset "
        + "output input io adc pwm uart spi i2c power ground bowling rolling safety firing hair drawing push locating");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Kinds = WordSet.Of(
        "model modell modèle modelo modello typ tipo layout version no nr nummer number numéro número numero part item serial series size rev revision order price from of page "
            + "errore erreur fehler błąd fel fout articolo article artículo artigo artikel produit producto prodotto produto produkt cliente client klant kunde kund klienta "
            + "postal fiscal "
            + "fiscale dossier reparto stato estado statut motivo motif couleur colore color cor farbe kleur kolor färg "
        + "reader plate panel fitter supplier firmware log event events error zone sensor");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Off = WordSet.Of("off uit aus ausschalten abschalten entschärfen deaktivieren disarm "
        + "disarms disarmed désactiver désactivez désactive couper desactivar desactiva se-desactiva disattivare disinserire disattiva disinserisci desativar desativa "
        + "uitschakelen uitzetten eraf af av fra wyłączyć wyłącz");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> With = WordSet.Of("with mit met avec con com med using by");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Opening = WordSet.Of(
        "is has with on to it's its now ist hat mit auf lautet war jetzt c'est est avec maintenant es tiene con ahora è ha con adesso é tem com agora heeft met op is nu to ma "
            + "na jest teraz är har med nu code code: goes geht opens öffnet s'ouvre abre apre opent otwiera öppnas");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Between = WordSet.Of(
        "the a at in for by of our your new old still der die das am im beim vom neue seit gestern noch le la les du de des au se el los del al il lo gli della de het van w "
            + "przy do från vid på nya sich man wird werden can be by shed office back front main side house home gate door "
        + "schuppen hof keller garage haus büro cabane cave maison taller garaje casa cantina casa box schuur huis domu hemma förrådet");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Places = WordSet.Of(
        "door doors gate gates garage entrance entry building lobby stairwell lift elevator keypad lock locker lockbox padlock safe vault alarm panel cabinet cupboard fridge "
            + "shed cellar basement storage archive room hatch barrier "
        + "phone ipad iphone tablet screen laptop sim suitcase bike box intercom toilet restroom bathroom office flat apartment house airbnb cottage pool gym car "
        + "photocopier franking fax scanner projector turnstile kiosk reader terminal register trolley machine voicemail mailbox answerphone printer copier till locksmith "
            + "boiler bin bins stairs corridor staffroom kitchen pantry cloakroom card simcard "
        + "anrufbeantworter mailbox drucker kopierer kasse karte répondeur messagerie imprimante carte buzón impresora tarjeta segreteria stampante scheda impressora cartão "
            + "antwoordapparaat voicemail kaart pas drukarka karta karty poczta skrivare kort röstbrevlåda "
        + "toilette toilet wc bathroom toalety toaleta toaletę baño bagno toalett "
        + "tür haustür hintertür tor garage eingang keller tresor schließfach schloss alarm alarmanlage briefkasten spind fahrrad koffer handy büro haus wohnung schranke aufzug "
        + "porte portail immeuble hall entrée cave alarme coffre casier cadenas garage ascenseur barrière téléphone bureau vélo "
        + "puerta portal garaje entrada alarma caja taquilla candado trastero verja ascensor móvil oficina carro nevera "
        + "porta portone cancello ingresso allarme cassaforte armadietto lucchetto garage cantina cassetta ascensore telefono ufficio "
        + "portão garagem alarme cofre cacifo cadeado entrada elevador telemóvel escritório prédio "
        + "deur voordeur achterdeur poort kluis kluisje alarm slot hangslot garage ingang kelder lift telefoon kantoor fietsenstalling "
        + "drzwi brama bramy furtka furtki sejf sejfu alarm alarmu szafka szafki kłódka kłódki garaż garażu wejście winda piwnica domofon "
        + "døren døra dør låge lågen garagen kælder kælderen kjeller kjelleren skab skabet skap skapet låsen boks boksen pengeskab pengeskabet alarmen lageret printeren "
        + "kopimaskinen kopimaskine opgangen ovi ovelle oven portti portin hälytin hälyttimen kaappi kaapin lukko lukon kassakaappi kassakaapin kellari kellarin autotalli varasto "
        + "varaston dveře dveřím dveří dveri brána bráně brány trezor trezoru skříň skříňka skříňky garáž garáže sklep tiskárna tiskárny zámek zámku vchod ajtó ajtóé kapu kapué "
        + "széf széfé riasztó riasztóé garázs pince raktár nyomtató ușă ușa poartă poarta seif seiful alarmă alarma garaj imprimantă kapı kapının kapısı kasa kasanın kasası "
        + "alarmın dolap dolabın asansör yazıcı "
        + "дверь двери дверью дверей дверям ворота ворот калитка калитки подъезд подъезда сейф сейфа домофон домофона домофону гараж гаража сигнализация сигнализации шлагбаум шкаф шкафчик замок замка "
        + "двері дверях воріт під'їзд під'їзду сейфа гаража сигналізація сигналізації замка шафи підвал підвалу πόρτα πόρτας πύλη συναγερμός συναγερμού γκαράζ χρηματοκιβώτιο "
        + "דלת הדלת לדלת שער השער לשער כספת הכספת אזעקה האזעקה בניין לבניין מחסן המחסן חניה החניה باب الباب للباب بوابة البوابة خزنة الخزنة الإنذار मुख्यद्वार गेट दरवाज़े दरवाजे तिजोरी अलार्म cửa cổng két "
        + "pintu gerbang brankas garasi "
        + "dörr dörren port porten grind larm larmet kassaskåp skåp skåpet lås låset garage förråd tvättstuga hiss cykel källare kontoret");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OtherCodes = WordSet.Of(
        "fel fout streck käll lands sni naf ape hs budget error exit status return zip postal post country area dial dialing dialling source promo discount voucher coupon order "
            + "product http response qr bar tax currency sort booking tracking icd dress penal civil criminal legacy byte op opcode "
        + "machine native country-code fehler fehlercode rück postleit länder vorwahl quell gutschein rabatt erreur retour postal pays promotionnel barre fuente descuento "
            + "postale sconto errore fiscale língua error-code reason event language "
        + "color colour airport stock article item batch serial model part hs naics cpt gl cost project department course class subject date lot ewc sic cpv ean nace unspsc "
            + "waste diagnosis billing procedure tariff rate fare booked ordered ordering flight seat job task activity account nominal ledger fund grant programme program "
            + "channel "
            + "region store branch supplier vendor customer client category commodity ware waren artikel produkt kunden gruppen kosten abfall tarif grund status storno sach "
            + "kontierungs steuer filial liefer artikelnummer beställar kund vara varu produkt artikul klienta towaru błędu zamówienia błąd statusu kleur klant product artikel "
            + "article produit client motif statut couleur matière naf activité articolo cliente reparto prodotto colore stato tributo attività artículo artículo producto cliente "
            + "color estado motivo actividad impuesto artigo produto cliente cor estado motivo natureza source unicode ascii hex morse bin charm qr-code short sms message "
        + "alan posta ürün hata ülke indirim barkod stok poștal bare eroare produs țară virhe posti tuote maa maatunnus chybový chyby poštovní země hiba irányító termék ország");

    /// <summary>Words that stand before "code" and say nothing of what it is for, or that it opens something.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Qualifiers = WordSet.Of(
        "the a an this that your my our his her its their new old same right wrong correct actual current secret hidden temporary temp permanent first second third next last "
            + "master "
            + "guest staff visitor cleaner cleaners service user admin security entry unlock unlocking wifi wlan parking backup override duress arming disarm pin pass access "
            + "keypad "
            + "digit four five six numeric personal confirmation verification recovery emergency wrong use enter type with is was and or for of to in on at by from says "
            + "gives need "
            + "needs want wants has have got get forgot know tell send sent text change changed reset set der die das den dem des ein eine einen einem mein dein sein ihr "
            + "unser euer "
            + "neuer neue neuen alter alten richtige geheime mit und ist von zum im am vom le la les l un une mon ton son ce cet cette nouveau ancien bon mauvais avec et est "
            + "du au "
            + "el los las un una mi tu su este ese nuevo viejo con y es del al il lo gli uno mio tuo suo questo quel nuovo vecchio e è o os as um uma meu teu seu este esse novo "
            + "velho com het een de mijn jouw zijn haar deze die nieuwe oude met en is op van to ten ta mój twój jego jej nowy stary z i jest den det en ett min din sin hans "
            + "hennes "
            + "nya gamla nytt med och är på av");

    /// <summary>True when something with a door, a lock or a screen is named here.</summary>
    public static bool NamesPlace(ReadOnlySpan<char> text) => HasAny(text, Places);

    /// <summary>"GPIO pin 4": the pin of a plug or a chip.</summary>
    public static bool IsOfDevice(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        var start = end;
        while (start > 0 && char.IsLetterOrDigit(text[start - 1]))
        {
            start--;
        }

        return Devices.Contains(text[start..end]);
    }

    /// <summary>A word behind a lock's name of which its number follows: "padlock model 4711".</summary>
    public static bool IsKind(ReadOnlySpan<char> word) => Kinds.Contains(word);

    /// <summary>A word between what is opened and its code: "the gate is 2291#", "der Tresor geht mit 4482 auf".</summary>
    /// <param name="word">The word.</param>
    /// <param name="isDirect">True where the code follows directly.</param>
    public static bool Joins(ReadOnlySpan<char> word, out bool isDirect)
    {
        isDirect = Opening.Contains(word);
        return isDirect || Between.Contains(word);
    }

    /// <summary>Says that an alarm is switched off.</summary>
    public static bool IsOff(ReadOnlySpan<char> word) => Off.Contains(word);

    /// <summary>"with" what.</summary>
    public static bool IsWith(ReadOnlySpan<char> word) => With.Contains(word);

    /// <summary>A word that says of a code that it opens nothing.</summary>
    public static bool IsOtherCode(ReadOnlySpan<char> word) => OtherCodes.Contains(word);

    /// <summary>True for the word before "code" that names something which nobody enters: "shelf code", "panel code" of a list.</summary>
    public static bool IsUnknownCode(ReadOnlySpan<char> word) =>
        word.Length > 2 && !OtherCodes.Contains(word) && !Qualifiers.Contains(word) && !Places.Contains(word) && !Between.Contains(word) && !Opening.Contains(word);

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

    /// <summary>The letters before a place, blanks and hyphens between them passed over; none where something else stands there.</summary>
    public static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] is ' ' or '-')
        {
            end--;
        }

        var start = end;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text[start..end];
    }
}
