using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>What a word says about an age.</summary>
internal enum AgeWord
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Someone who has an age.</summary>
    Person,

    /// <summary>Something that has one.</summary>
    Thing,

    /// <summary>Announces an age: <c>aged</c>.</summary>
    Cue,

    /// <summary>Years.</summary>
    Years,

    /// <summary>Years, and that they are an age: <c>jährig</c>.</summary>
    YearsOld,

    /// <summary>Says that the years are an age: <c>old</c>.</summary>
    Old,

    /// <summary>Months, weeks, days: an age of a child, or a time.</summary>
    Months,

    /// <summary>Has or is an age: <c>is</c>, <c>tiene</c>.</summary>
    Verb,

    /// <summary>Comes to an age, and to nothing else: <c>turns</c>.</summary>
    Turns,

    /// <summary>Stands between a verb and an age: <c>already</c>.</summary>
    Adverb,

    /// <summary>Goes on behind an age: <c>and</c>.</summary>
    Joint,

    /// <summary>Says that the years are none: <c>ago</c>.</summary>
    Time,
}

/// <summary>The words round ages.</summary>
internal static class AgeWords
{
    private static readonly WordTable<AgeWord> Words = Build();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = (
        "the a an this that our its their every each der die das dem den des ein eine einen einem einer dieser diese dieses unser unsere el la los las un una este esta ese "
            + "esa nuestro "
            + "nuestra il lo i gli l le les une ce cette cet notre uno questo questa quel quella nostro nostra o os a as um uma esse essa nosso nossa de het een deze die dit "
            + "dat onze "
        + "ten ta to nasz nasza det en ett denna detta vår vårt").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What spirits, wines, cheeses and hams grow old in, and people do not.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Vessels = (
        "oak cask casks barrel barrels barrique barriques wood sherry bourbon cellar cellars cave caves bottle bottles tank tanks steel stone clay amphora amphorae "
            + "eiche eichenfass eichenfässern fass fässern holzfass holzfässern keller flasche flaschen chêne fût fûts barrique bouteille roble barrica barricas "
            + "bodega botella rovere botte botti legno cantina carvalho barril barris garrafa eiken vat vaten fust dębie dębowej beczce beczkach ek ekfat fat")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for what a thing ripens in.</summary>
    public static bool IsVessel(ReadOnlySpan<char> word) => Vessels.Contains(word);

    /// <summary>Stands before a thing, and before a person only with a word for one.</summary>
    public static bool IsArticle(ReadOnlySpan<char> word) => Articles.Contains(word);

    /// <summary>What a word says.</summary>
    public static AgeWord Of(ReadOnlySpan<char> word) => Words.TryGetValue(word, out var found) ? found : AgeWord.None;

    private static WordTable<AgeWord> Build()
    {
        (AgeWord Kind, string Words)[] lists =
        [
            (AgeWord.Person,
                "sig sig.ra sra senhor senhora monsieur madame dame messieurs señor señora don doña signora signore i he she they we you i'm he's she's who me him her man woman "
                    + "men women boy girl boys girls male female males females patient patients son daughter sons daughters child children kid kids "
                + "baby toddler infant teen teenager adult adults student students teacher nurse doctor engineer lawyer driver worker employee employees manager actor actress "
                    + "singer artist "
                + "player pensioner retiree resident victim suspect defendant plaintiff person people citizen mother father mom mum dad brother sister husband wife uncle aunt "
                    + "nephew niece "
                + "cousin grandfather grandmother grandson granddaughter in-law law widow widower guy lady gentleman youth veteran farmer soldier officer immigrant refugee "
                    + "applicant candidate client "
                + "caucasian hispanic african asian white black right-handed left-handed pregnant married single divorced retired unemployed smoker nonsmoker friend colleague "
                    + "neighbor neighbour "
                + "twin twins user customer member claimant parent caller consultant accountant chef designer developer analyst mr mrs ms herr hr meneer youngest oldest "
                + "eldest jüngste jüngster älteste ältester jongste oudste cadet cadette aîné aînée mayor menor pequeño pequeña najmłodszy "
                    + "najmłodsza najstarszy yngsta yngste äldsta äldste mein meine sohn tochter ich er sie "
                    + "mann frau patientin "
                + "junge mädchen kind bruder schwester mutter vater oma opa enkel enkelin säugling zwilling zwillinge bub jag hon han ik hij zij ze ona hij bror lillebror "
                    + "storebror syster lillasyster storasyster dotter mamma pappa mormor farmor farfar morfar pojke flicka kvinna barn zoon dochter kleinzoon kleindochter "
                    + "broer zus broertje zusje moeder vader jongen meisje vrouw meneer mevrouw żona żony mąż pacjenta pacjentki ehefrau ehemann gattin syn córka brat siostra "
                    + "matka ojciec mama tata babcia dziadek dziecko chłopiec dziewczynka mężczyzna kobieta pacjent pacjentka pan pani niño niña bebé hermano hermana abuelo "
                    + "carpenter plumber electrician mason roofer welder mechanic butcher baker cook waiter waitress barista janitor gardener fisherman sailor firefighter policeman "
                    + "policewoman paramedic pharmacist dentist surgeon midwife therapist psychologist physicist chemist biologist scientist researcher professor lecturer librarian "
                    + "journalist reporter novelist poet musician drummer guitarist pianist dancer photographer sculptor architect surveyor programmer economist banker secretary "
                    + "receptionist salesman saleswoman cashier shopkeeper hairdresser barber seamstress postman trucker chauffeur miner lumberjack priest nun monk rabbi imam "
                    + "prosecutor politician mayor senator entrepreneur businessman businesswoman landlord landlady homemaker housewife babysitter nanny "
                    + "abuela varón peque chico chica madre padre nieto nieta garçon fillette bébé frère sœur soeur mère père enfant patiente bambino bambina fratello sorella "
                    + "nonno nonna ragazzo ragazza nipote marito moglie menino menina bebê irmão irmã avó avô neto neta mãe pai il elle homme femme fils fille je yo io eu el "
                    + "she'll he'll i'll they'll leader pilot captain skipper tenant guest witness carer swimmer cyclist climber lodger volunteer apprentice trainee chap bloke "
                        + "lass lad pupil "
                    + "fahrer fahrerin mieter mieterin schüler schülerin zeuge zeugin conducteur conductrice locataire témoin conductor conductora inquilino inquilina testigo "
                    + "autista testimone condutor condutora huurder getuige kierowca najemca świadek förare hyresgäst vittne "
                    + "ella hombre mujer hijo hija paciente uomo donna figlio figlia paziente lui lei ele ela homem mulher filho filha"),
            (AgeWord.Thing,
                "blade tool oven laptop computer server car vehicle truck house building home company startup business firm codebase code bug repo repository project software "
                    + "library system website site bridge "
                + "tree wine whisky whiskey cheese cheeses ham vinegar rum brandy cognac scotch bond bonds contract lease warranty mortgage loan plan phone device machine tradition church castle ruin ruins temple "
                    + "city town "
                + "institution organization program study experience data version release issue ticket law policy it its this that dog cat horse puppy kitten pet problem "
                    + "mystery feud war "
                + "agreement deal treasury note record file account email server's router printer battery fridge boiler roof game movie film song album book article post thread "
                    + "history "
                + "universe earth planet star fossil rock technology framework api database cache log backup certificate license cert rifle gun ship boat aircraft plane jet max "
                    + "min maximum minimum average mean median stone bronze iron middle gap password passwords token tokens cookie session image backup page pump valve "
                    + "engine motor lift crane van bus tram train "
                + "truck kettle boat trailer runner rack switch cable pipe floor window kiln mill press lathe drill saw fleet club team school museum theatre festival brand "
                + "gerät geräte kiste rechner pumpe anlage dach motor maschine heizung kessel aufzug auto wagen bus zug schiff haus gebäude vertrag verein firma baum linde eiche "
                + "servidor caldera máquina equipo coche edificio contrato programador bomba motor tejado serveur chaudière machine voiture bâtiment contrat pompe toit "
                + "moteur logiciel "
                + "caldaia macchina auto edificio contratto pompa tetto motore quercia ketel machine auto gebouw contract pomp dak motor boom caldeira carro edifício "
                + "contrato telhado "
                + "kocioł maszyna samochód budynek umowa pompa dach silnik pannan maskinen bilen huset avtalet pumpen taket motorn"),
            (AgeWord.Cue,
                "aged age ages âgé âgée alter alters âge edad età idade leeftijd ålder alder wiek wieku yaş возраст turned turns turning age_years patient_age 年齢 年龄 나이 "
                    + "ikä kor věk věku vek vârsta vârstă yaşı yaşım вік віком віці възраст ηλικία ηλικίας usia umur berusia berumur tuổi عمره عمرها عمري العمر السن عمر سن גיל בגיל उम्र आयु বয়স อายุ"),
            (AgeWord.Years, "j year years yr yrs y jahre jahren jahr ans an años año anni anno anos ano jaar år vuotta let roků lat lata éves лет года год ετών років роки рік rokov vuoden ani ára tahun år سنة سنوات سنين عاما عامًا عام سال שנים שנה साल वर्ष বছর ปี"),
            (AgeWord.YearsOld, "yo y.o y/o yrold jährig jährige jähriger jährigen jähriges jarige jährigem-year-old åring årig vuotias letý letá latek letni letnia 歳 岁 세 才 "
                + "yaşındaki летний летняя летнего летней летнему річний річна річного річної річну годишен годишна годишно ročný ročná ročného ročnej aastane vecs godišnji godišnja yaşında χρονών godina letá tuổi ساله वर्षीय"),
            (AgeWord.Old, "old alt âgé oud gammal gammel of-age alte alten altes"),
            (AgeWord.Months, "months month mos weeks week days old-months monate monaten monat wochen woche mois semaines semaine meses mes semanas semana mesi mese settimane "
                + "settimana mês maanden maand weken week miesiące miesięcy miesiąc tygodni "
                + "månader månad veckor vecka años añitos añito aninhos aninho anitos"),
            (AgeWord.Verb, "is was i'm he's she's are were be been being ist bin war wird werde wurde est suis était avait a ai as aura tiene tengo tienes tenía tenia tem tenho "
                + "tinha ha ho hai aveva ma mam miał miała är blir var heeft ben werd wordt jest jestem bent c'est"),
            (AgeWord.Turns, "turn turns turned turning cumple cumplo cumplió cumplirá cumplen fyller fyllde fyllt compie compirà compio compiuto skończył skończyła kończy fez "
                + "faz completa completou"),
            (AgeWord.Adverb, "now already just only nearly almost about still currently barely also even well today tomorrow schon jetzt erst gerade noch übrigens auch bald "
                + "fast ja déjà maintenant bientôt ya ahora casi apenas solo sólo già ora quasi solo já agora quase só al nu bijna pas już teraz dopiero prawie redan nu snart "
                + "bara själv toch zojuist"),
            (AgeWord.Joint, "and but so with who now next at in when years und aber mit als hat et mais avec qui y pero con que e ma con che em mas com en maar met i ale z och "
                + "men med mañana tomorrow today morgen demain domani amanhã jutro imorgon this on am au el il no na w ist is"),
            (AgeWord.Time, "experience ago of in later before after warranty guarantee hence now-on straight running erfahrung vor lang her garantie d'expérience expérience "
                + "plus durant pendant experiencia atrás despues después garantía esperienza fa garanzia experiência ervaring geleden later doświadczenia temu gwarancji "
                + "erfarenhet sedan senare garanti "
                + "service left remaining each per away old-fashioned contract notice prison jail probation free off"),
        ];
        var words = new Dictionary<string, AgeWord>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, list) in lists)
        {
            foreach (var word in list.Split(' '))
            {
                words.TryAdd(word, kind);
            }
        }

        // An occupant is of a number, too.
        foreach (var word in RelatedNames.Words.Except(["bewoner", "bewoonster"]))
        {
            words.TryAdd(word, AgeWord.Person);
        }

        return new WordTable<AgeWord>(words);
    }
}
