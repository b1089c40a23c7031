namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>What the words of addresses are. A word can be several things: <c>Park</c> is a kind of street and a part of names.</summary>
internal static class AddressWords
{
    private const int Longest = 20;

    /// <summary>Kinds of street that stand behind their name and are little else.</summary>
    private const string StrongTypes =
        "street avenue road boulevard lane terrace highway parkway expressway crescent turnpike freeway cul-de-sac st ave av rd blvd ln hwy pkwy cres crst ter tce "
        + "expy tpke jalan";

    /// <summary>Kinds of street that are words of their own as well.</summary>
    private const string MediumTypes =
        "drive dr court ct place pl square sq circle cir way trail trl close cl gardens gdns grove grv row mews alley loop path plaza walk quay esplanade parade pde "
        + "promenade embankment rise vale causeway wharf pike route rte drv nagar marg chowk bazaar cross sarani";

    /// <summary>Kinds of street by the rules of post offices, which hardly anybody would take for one without an address behind them.</summary>
    private const string WeakTypes =
        "branch bridge brook brooks burg bypass camp canyon cape center centre cliff cliffs club common commons corner corners course courts cove coves creek "
        + "crest crossing crossroad curve dale dam divide drives estate estates extension extensions fall falls ferry field fields flat flats ford fords forest forge "
        + "forges fork forks fort garden gateway glen glens green greens groves harbor harbors haven heights hill hills hollow inlet island islands isle junction "
        + "junctions key keys knoll knolls lake lakes land landing light lights loaf lock locks lodge mall manor manors meadow meadows mill mills mission motorway "
        + "mount mountain mountains neck orchard oval overpass park parks parkways pass passage pine pines plain plains point points port ports prairie radial ramp "
        + "ranch rapid rapids rest ridge ridges river roads rue run shoal shoals shore shores skyway spring springs spur squares station stravenue stream streets "
        + "summit throughway trace track trafficway tunnel underpass union unions valley valleys via viaduct view views village villages ville vista walks wall ways "
        + "well wells end gate chase yard fold croft copse mead lea dene down drove linn hl vw pt crk xing";

    /// <summary>Streets whose name is one word.</summary>
    private const string SoloStreets = "broadway bowery piccadilly cheapside whitehall embarcadero haymarket poultry holborn kurfürstendamm damrak rokin";

    /// <summary>Kinds of street behind their name, where the number follows.</summary>
    private const string LastTypes =
        "straße strasse str weg platz allee gasse ring damm ufer chaussee stieg steig straat laan plein gracht kade singel dijk dreef steeg gatan vägen gata väg "
        + "gränd torg gade vej allé plads gate veien vei katu kuja polku utca út útja tér körút caddesi cad cd sokak sokağı sok sk bulvarı blv bulvar mahallesi mah "
        + "náměstí nám ulice třída námestie ulitsa prospekt pereulok улица переулок проспект";

    /// <summary>Kinds of street before their name that are little else.</summary>
    private const string Prefixes =
        "rue chemin impasse allée quai ruelle calle carrera avenida avda paseo travesía glorieta ronda carretera callejón calzada rua travessa praça alameda "
        + "estrada rodovia largo ladeira viale piazza piazzale corso vicolo lungotevere lungomare largo contrada ul ulica aleja aleje osiedle plac ulitsa prospekt "
        + "strada bulevardul calea șoseaua soseaua aleea jalan jl cra cll bvd улица ул проспект пр-т переулок пер бульвар вул вулиця carrer passeig avinguda "
        + "praza rúa rambla cours faubourg montée traverse sentier";

    /// <summary>Kinds of street before their name that are other words as well.</summary>
    private const string SoftPrefixes = "via straße strasse platz allee avenue av boulevard bd blvd place square route plaza camino str pl al os cl kr dg pr esplanade passage "
        + "villa";

    private const string Units =
        "apt apartment apartments suite ste unit flat room rm bldg building block blk level lot shop office house plot tower wing villa door dept "
        + "appartement app appt bât bâtiment bat esc escalier étage wohnung whg top stiege etage stock og piso planta puerta pta esc escalera depto departamento "
        + "dpto int interior ext edif edificio local lote bloque torre casa apto ap apartamento bloco sala conjunto cj andar fração interno int scala palazzina lok "
        + "m mieszkanie kat daire d bus bte boîte hus lgh trappor th tv floor fl phase sector кв квартира корп дом д стр col colonia c.p cp";

    private const string UnitsAlone = "penthouse basement ph bajo entresuelo ático sótano parterre erdgeschoss eg loc rdc terreo térreo";

    private const string Floors = "floor fl flr stock og etage étage etg piso planta andar kat emeleti cross main stage phase block tv mf sal tr esq dto drt izq izda dcha dta";

    private const string Directions = "n s e w ne nw se sw n.e n.w s.e s.w north south east west northeast northwest southeast southwest";

    private const string StateCodes =
        "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr "
        + "gu vi ae ap aa as mp pw fm mh ab bc mb nb nl ns nt nu on pe qc sk yt nsw vic qld sa tas act ac am ap ba ce df es go ma mg ms mt pb pe pi pr rj rn rr rs rs sp se to";

    private const string Particles = "of the de la le les du des del della delle dei di da do dos das van von der den het 't op ten ter y e el los las san santa d l do i w na "
        + "ob o en am an im bei upon sur sous lès aux aan a.d a.m in";

    /// <summary>Words that names of streets begin with in German: <c>Am Hang</c>, <c>Unter den Linden</c>.</summary>
    private const string Locatives = "am an im in auf unter zum zur hinter vor bei beim zu aan op onder sur sous";

    /// <summary>Words that no name of a street or place is made of.</summary>
    private const string Stops =
        "and or but if is are was were be been has have had will would can could should may might must not from with for by as than then that this these those it its "
        + "he she they we you i my our your his her their who what when where which why how all any each every some no yes monday tuesday wednesday thursday friday "
        + "saturday sunday january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon "
        + "tue tues wed thu thur thurs fri am pm and/or vs via http https www und oder der die das dem ist sind war mit für bei nach et ou est sont avec pour par "
        + "que se con para por ed per con tel phone fax email e-mail mobile hello hi dear thanks regards best sincerely order invoice date total ref "
        + "into onto about after before new-line out up off over under more most other such only very just also at to in on";

    /// <summary>What is counted or measured: <c>2 Lane Road</c>, <c>10 minute drive</c>.</summary>
    private const string Things =
        "gb tb mb kb gigabyte terabyte hour hours hr hrs minute minutes min mins second seconds sec day days week weeks month months year years mile miles km "
        + "kilometer kilometre meter metre meters metres foot ft feet inch inches way ways lane lanes wheel star stars person people point points page pages step steps "
        + "percent usd eur dollars euros dollar euro mph kph kg kgs lb lbs gram bit bits byte bytes core cores thread threads x times item items pack mm cm ghz mhz hz "
        + "watt watts volt volts unit units players player seat seats door doors piece pieces am pm o'clock degree degrees billion million thousand hundred "
        + "different random additional separate total";

    private const string Boxes = "box postfach postbus postboks apartado casilla pobox bp b.p casella boks pf apdo bag schließfach";

    private const string NumberWords = "no nr n nº n° num núm number nro numero número numéro č čp čo № d д дом h.no hno km plot h sn s/n";

    private const string Countries =
        "usa u.s.a us u.s uk u.k england scotland wales ireland canada australia germany deutschland france spain españa italy italia netherlands nederland belgium "
        + "belgique belgië austria österreich switzerland schweiz suisse svizzera portugal poland polska czechia sweden sverige norway norge denmark danmark finland "
        + "suomi mexico méxico brazil brasil argentina chile colombia peru perú india china japan korea singapore malaysia indonesia philippines thailand vietnam "
        + "turkey türkiye greece hungary magyarország romania românia bulgaria croatia serbia slovenia slovakia ukraine russia россия israel egypt kenya nigeria "
        + "morocco tunisia luxembourg iceland estonia latvia lithuania uae";

    private const string ZipCues = "zip zipcode zip-code postcode postal plz postleitzahl cep pincode cap eircode psč irányítószám cp c.p postalcode postnummer";

    private const string Houses =
        "house cottage court building tower towers farm lodge mansions apartments residency heights mill hall manor villa villas flats residence complex society colony "
        + "enclave arcade chambers barn bungalow vicarage rectory grange campus";

    private const string Cues =
        "address addresses live lives lived living reside resides residing located location moved moving ship shipped shipping deliver delivered delivery mail mailing "
        + "send sent sending home residence residing billing visit visiting visited adresse anschrift wohnt wohne wohnhaft wohnen lieferadresse lieferanschrift "
        + "habite domicilié demeurant domicile vive vivo dirección domicilio residente indirizzo residenza abita endereço morada mora moro adres zamieszkały "
        + "adress adresi osoite cím bor asuu woont woonachtig gevestigd sede siège sitz street st addr addr1 line1 line street_address адрес проживает";

    private const string Highways = "highway hwy route rte road rd fm us sr cr county state i interstate";

    private const string Military = "apo fpo dpo psc cmr";

    /// <summary>What counts its parts: a number behind one of them is no house.</summary>
    private const string Headings =
        "sku serial batch product order ref tracking chapter section figure fig table step level season episode part page pages version phase wave day week grade line lines "
            + "item task issue bug ticket pr v ver "
        + "release volume vol act scene lesson unit exercise question slide sprint stage round rule article clause paragraph port build error code status rank top "
        + "model type class category iso rfc year windows python java node http php ios android";

    private static readonly WordTable<WordClass> Lookup = Build();

    private static readonly Suffixes StrongSuffixes = new(
    [
        "straße", "strasse", "straat", "gatan", "vägen", "veien", "gracht", "platz", "allee", "gasse", "str", "weg", "laan", "plein", "katu", "utca", "kade", "vej",
        "chaussee", "vejen", "gaten", "gata", "väg", "steeg", "singel", "dijk", "dreef", "vænget", "stræde", "gränd", "kuja", "polku", "daero", "-ro", "-gil", "caddesi", "sokak",
    ]);

    private static readonly Suffixes WeakSuffixes = new(
        ["damm", "ufer", "ring", "hof", "berg", "markt", "stieg", "steig", "pfad", "gade", "gate", "tie", "wal", "park", "vei", "torget", "backen", "stigen", "allé", "plads",
        "graben", "brink", "zeile"]);

    /// <summary>What a word is.</summary>
    public static WordClass Classify(ReadOnlySpan<char> word) => word.Length <= Longest && Lookup.TryGetValue(word, out var found) ? found : WordClass.None;

    /// <summary>What the end of a word makes it: <c>Hauptstraße</c>, <c>Prinsengracht</c>.</summary>
    public static SuffixClass Suffix(ReadOnlySpan<char> word) =>
        StrongSuffixes.End(word) ? SuffixClass.Strong : WeakSuffixes.End(word) ? SuffixClass.Weak : SuffixClass.None;

    private static WordTable<WordClass> Build()
    {
        var classes = new Dictionary<string, WordClass>(StringComparer.OrdinalIgnoreCase);
        (WordClass Class, string Words)[] lists =
        [
            (WordClass.StrongType, StrongTypes), (WordClass.MediumType, MediumTypes), (WordClass.WeakType, WeakTypes), (WordClass.Solo, SoloStreets),
            (WordClass.LastType, LastTypes), (WordClass.Prefix, Prefixes), (WordClass.SoftPrefix, SoftPrefixes), (WordClass.Unit, Units),
            (WordClass.UnitAlone, UnitsAlone), (WordClass.Floor, Floors), (WordClass.Direction, Directions), (WordClass.StateCode, StateCodes),
            (WordClass.Particle, Particles), (WordClass.Stop, Stops), (WordClass.Thing, Things), (WordClass.Box, Boxes), (WordClass.NumberWord, NumberWords),
            (WordClass.Country, Countries), (WordClass.ZipCue, ZipCues), (WordClass.House, Houses), (WordClass.Cue, Cues), (WordClass.Highway, Highways),
            (WordClass.Military, Military), (WordClass.Heading, Headings), (WordClass.Locative, Locatives),
        ];
        foreach (var (kind, words) in lists)
        {
            foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                classes[word] = classes.GetValueOrDefault(word) | kind;
            }
        }

        return new WordTable<WordClass>(classes);
    }
}

/// <summary>Ends of words, by their last letter.</summary>
internal sealed class Suffixes(string[] all)
{
    private readonly string[][] _byLast =
        [.. Enumerable.Range(0, 128).Select(c => all.Where(s => char.ToUpperInvariant(s[^1]) == char.ToUpperInvariant((char)c)).ToArray())];

    /// <summary>True when a word has one of them, and two more letters before it.</summary>
    public bool End(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
        {
            return false;
        }

        foreach (var suffix in word[^1] < 128 ? _byLast[word[^1]] : all)
        {
            if (word.Length >= suffix.Length + 2 && word.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>How much the end of a word says.</summary>
internal enum SuffixClass
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A street, where more speaks for it.</summary>
    Weak,

    /// <summary>A street.</summary>
    Strong,
}
