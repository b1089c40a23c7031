using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>The table's rows for numbers of papers, cards and accounts that no mask says: the word says what they are.</summary>
internal static class PaperRows
{
    private static readonly SearchValues<string> Health = Topic(
        "health|hospital|clinic|patient|doctor| dr.| ward|surger|medic|nurse| chart|diabet|allerg|hospice|physio|kranken|gesundheit|arzt|ärzt|klinik|arztpraxis|santé|"
            + "hôpital|clinique|médec|"
            + "medec|mutuelle|sanitar|salud|clínic|médic|ingreso|salute|ospedale|clinica|saúde|utente| zorg|ziekenhuis|huisarts|zdrow|szpital|lekarz|lekar|pacjent|sjuk|"
            + "vård|läkare|mottagning");

    private static readonly SearchValues<string> Banking = Topic(
        "bank|transfer|salar|wage|payroll|paid in|pay it|payment| rent |refund|bounced|sort code|routing|clearing|direct debit|savings|deposit|payee|sparkasse|überweis|"
            + "gehalt|lohn|miete|virement|salaire|loyer|"
            + "transferencia|nómina|ingresar|bonifico|stipendio|transferência|salário| banco | banco,|debitar|mensalidade|agência|banka|банк|बैंक|بنك|ธนาคาร|ngân hàng|银行|은행|overschrijv|salaris|huur|przelew|wynagrodz|wypłat|czynsz|lön|utbetal|överför|swish");

    private static readonly SearchValues<string> Patients = Topic(
        "health|hospital|clinic |patient|surgery| ward|nurse|diabet|allerg|physio|doctor|kranken|klinik|arzt|hôpital|médecin|ospedale|medico|médico|consulta|ziekenhuis|"
            + "huisarts|szpital|lekarz|pacjent|sjukhus|läkare|vårdcentral");

    private static readonly SearchValues<string> Accounts = Topic("account|bank|konto|compte|cuenta|conto|conta |rekening|rachun");

    private static readonly SearchValues<string> Driving = Topic("driv|fahr|conduc|conduir|guida|patente|rijbew|kierow|prawo|körkort|förare|vehicle|rental|minibus|"
        + " van | car |hgv|dvla");

    private static readonly SearchValues<string> Software = Topic("software|seats|licensetype|licencetype|license_type|licence_type|node-locked|driver_version|license key|licence key|apache-2|gpl-|subscription");

    private static readonly SearchValues<string> Things =
        Topic("pump passport|plant passport|tree passport|product passport|building passport|battery passport|pet passport|vaccination passport|produktpass|gebäudepass");

    /// <summary>What a number of any kind is called: where it is somebody's the talk round it says whose.</summary>
    private const string Numbers = "number|no.|n°|nº|numéro|número|numero|nummer|numret|numer|card|karte|carte|tarjeta|tessera|cartão|kaart|karta|kort|id";

    // Where the word itself is all that has to be seen.
    private const int BeforeWord = 2;

    private static readonly PaperKind[] Kinds =
    [
        new()
        {
            Name = "number-of-a-patient", Type = EntityTypes.MedicalRecord, Own = CueSet.Of(CueKind.Medical, CueKind.Card), Topic = Health, NeedsLetters = true, Weight = 0.8,
            Words = Words(Numbers),
        },
        new()
        {
            Name = "passport-said", Type = EntityTypes.Passport, Own = CueSet.Of(CueKind.Passport, CueKind.NationalId, CueKind.Permit), Longest = 14, FewestDigits = 7,
            OfThings = Things,
            Words = Words(
                "passport|identity card|id card|identity document|travel document|residence permit|residence card|work permit|residency card|refugee document|"
                    + "seaman's book|seafarer's book|"
                    + "discharge book|laissez-passer|"
                + "reisepass|passnummer|personalausweis|ausweisnummer|ausweis|aufenthaltstitel|aufenthaltserlaubnis|aufenthaltskarte|passeport|carte d'identité|"
                + "carte nationale d'identité|"
                    + "pièce d'identité|titre de séjour|carte de séjour|"
                + "pasaporte|documento de identidad|tarjeta de residencia|permiso de residencia|passaporto|carta d'identità|permesso di soggiorno|passaporte|"
                + "cartão de cidadão|título de residência|"
                    + "autorização de residência|"
                + "paspoort|identiteitskaart|verblijfsvergunning|verblijfsdocument|verblijfskaart|legitimatie|paszport|dowód osobisty|dowodu osobistego|dowód|"
                + "karta pobytu|kartę pobytu|karty pobytu|"
                    + "uppehållstillståndskort|visa no|visa no.|visa number|visumnummer|aufenthaltsgestattung|uppehållstillstånd|uppehållskort|id-kort|legitimation|"
                + "passnr|passport_no|passport_number|passport_nr|passportno|passportnumber|document_no|document_number|travel_document|id_card|permit_no"),
        },
        new()
        {
            Name = "permit-said", Type = EntityTypes.Passport, Own = CueSet.Of(CueKind.Passport, CueKind.NationalId, CueKind.Permit), Longest = 12, NeedsLetters = true,
            Topic = Topic("expire|runs out|her permit|his permit|my permit|your permit|their permit|residence|work permit|immigration|visa|nationality|citizen|home office"),
            Words = Words("permit"),
        },
        new()
        {
            Name = "license-said", Type = EntityTypes.DriverLicense, Own = CueSet.Of(CueKind.License, CueKind.Permit, CueKind.Vehicle), Longest = 18, FewestDigits = 7,
            Words = Words(
                "driving licence|driving license|driver's licence|driver's license|drivers licence|drivers license|driver licence|driver license|driver_license|"
                    + "driving_licence|führerschein|fahrerlaubnis|"
                    + "permis de conduire|permiso de conducir|carné de conducir|carnet de conducir|licencia de conducir|patente di guida|patente|carta de condução|cnh|"
                    + "rijbewijs|prawo jazdy|prawa jazdy|"
                + "körkort"),
        },
        new()
        {
            Name = "license-of-a-driver", Type = EntityTypes.DriverLicense, Own = CueSet.Of(CueKind.License, CueKind.Permit, CueKind.Vehicle), Longest = 18, NeedsLetters = true,
            Topic = Driving, OfThings = Software, MayBeListed = true,
            Words = Words("licence|license|permis"),
        },
        new()
        {
            Name = "chart-said", Type = EntityTypes.MedicalRecord, Own = CueSet.Of(CueKind.Medical, CueKind.Card, CueKind.Permit, CueKind.SocialSecurity), FewestDigits = 5,
            Words = Words(
                "medical record|hospital number|hospital no|hospital id|patient number|patient no|patient id|chart number|chart no|insurer's number|health insurance|"
                    + "health plan|member id|subscriber id|"
                    + "health card|mrn|clinic number|insurance card|health fund|doctor's note|"
                + "patientennummer|patientenakte|krankenakte|krankenversicherung|krankenkasse|kassennummer|versichertenkarte|versichertennummer|versicherungsnummer|"
                + "fallnummer|gesundheitskarte|mutuelle|dossier médical|dossier patient|"
                    + "numéro d'adhérent|n° d'adhérent|carte de santé|"
                + "tarjeta sanitaria|historia clínica|seguro médico|seguro privado|póliza de salud|número de afiliado|tessera sanitaria|cartella clinica|"
                + "número de utente|n.º de utente|processo clínico|"
                    + "seguro de saúde|zorgverzekering|zorgpolis|patiëntnummer|zorgpas|karta pacjenta|polisa zdrowotna|polisy zdrowotnej|complémentaire santé|"
                    + "sécu complémentaire|numer pacjenta|numer kartoteki|journalnummer|patientnummer|sjukförsäkring|"
                + "member_id|patient_id|patient_no|hospital_no|insurance_id|insurance_no|subscriber_id|policy_no"),
        },
        new()
        {
            Name = "chart-in-topic", Type = EntityTypes.MedicalRecord, Own = CueSet.Of(CueKind.Medical, CueKind.Card, CueKind.Permit, CueKind.Reference), Topic = Health, NeedsLetters = true,
            Words = Words(
                "chart|insurance|insurer|insured|policy|treated at|admitted to|akte|versicherung|police|assurance|dossier|póliza|seguro|expediente|assicurazione|"
                    + "polizza|cartella|apólice|processo|verzekering|polis|"
                    + "dossier|polisa|ubezpieczenie|kartoteka|journal|försäkring"),
        },
        new()
        {
            Name = "chart-of-a-patient", Type = EntityTypes.MedicalRecord, Own = CueSet.Of(CueKind.Medical, CueKind.Card), FewestDigits = 5, IsDirect = true, Weight = 0.9,
            Words = Words(
                "patient|pat|pat_id|patientid|patient_ref|patientin|paciente|paziente|patiënt|pacjent|pacjentka|versicherte|versicherter|assuré|assurée|adhérent|"
                    + "asegurado|asegurada|assicurato|afiliado|verzekerde|"
                    + "ubezpieczony|policyholder|insured person|subscriber|memberid|chart_no|chartno|chart_id"),
        },
        new()
        {
            Name = "file-of-a-patient", Type = EntityTypes.MedicalRecord, Own = CueSet.Of(CueKind.Medical, CueKind.Card, CueKind.Reference), FewestDigits = 5, IsDirect = true, Topic = Patients, Weight = 0.85,
            Words = Words("chart|insurance|insurer|policy|member|akte|kartei|versicherung|dossier|póliza|expediente|polizza|cartella|apólice|processo|polis|polisa|"
                + "kartoteka|journal|försäkring"),
        },
        new()
        {
            Name = "giro", Type = EntityTypes.BankAccount, Own = CueSet.Of(CueKind.Account), FewestDigits = 6, Longest = 14, HasNoLetters = true, IsDirect = true,
            Words = Words("kto|kto.|kontonr|konto nr|konto nr.|konto-nr|nr konta|a/c|bankgiro|bankgirot|plusgiro|plusgirot|postgiro|postkonto|clearingnummer|clearingnr|"
                + "personkonto|lönekonto|gehaltskonto|girokonto|sparkonto|compte courant|cuenta corriente|conto bancario|conta-ordenado"),
        },
        new()
        {
            Name = "paid-into", Type = EntityTypes.BankAccount, Own = CueSet.Of(CueKind.Account), FewestDigits = 8, Longest = 16, HasNoLetters = true, IsDirect = true, Topic = Accounts, Weight = 0.9,
            Words = Words("paid into|pay into|payable to|transfer to|transferred to|goes to|sent to|auf das konto|überweisen auf|virer sur|ingresar en|versare su|"
                + "overmaken op|przelać na|betala till"),
        },
        new()
        {
            Name = "account-said", Type = EntityTypes.BankAccount, Own = CueSet.Of(CueKind.Account, CueKind.Routing, CueKind.Transit), FewestDigits = 6, Longest = 18, HasNoLetters = true,
            Words = Words(
                "bank account|account number|account no|bank_account|account_no|account_number|bankkonto|kontonummer|compte bancaire|numéro de compte|cuenta bancaria|"
                    + "número de cuenta|conto corrente|"
                    + "numero di conto|conta bancária|"
                + "número de conta|bankrekening|rekeningnummer|numer konta|numer rachunku|rachunek bankowy|bankkonto|sort code|číslo účtu|účet č|účet číslo|na účet|bankszámla|"
                    + "bankszámlaszám|számlaszám|tilinumero|hesap numarası|hesap no|nr rachunku|număr de cont|cont bancar|broj računa|tekući račun|no rek|no. rek|nomor rekening|norek|"
                    + "tài khoản|số tài khoản|номер счета|номер счёта|расчетный счет|расчётный счёт|номер рахунку|αριθμός λογαριασμού|رقم الحساب|رقم حسابي|الحساب البنكي|מספר חשבון|"
                    + "חשבון בנק|खाता संख्या|खाता नंबर|बैंक खाता|บัญชีเลขที่|เลขที่บัญชี|เลขบัญชี|银行账号|银行卡号|收款账号|口座番号|계좌번호"),
        },
        new()
        {
            Name = "account-in-topic", Type = EntityTypes.BankAccount, Own = CueSet.Of(CueKind.Account, CueKind.Routing, CueKind.Transit), FewestDigits = 5, Longest = 18, HasNoLetters = true, Topic = Banking,
            Words = Words("account|acct|konto|kontot|clearing|clearingnummer|compte|cuenta|conto|conta|rekening|rachunek|konta|the new|giro"),
        },
        new()
        {
            Name = "routing-said", Type = EntityTypes.AbaRouting, Own = CueSet.Of(CueKind.Routing, CueKind.Transit), FewestDigits = 9, Longest = 9, HasNoLetters = true, Topic = Topic("bank|account|wire|transfer|deposit|bounced|payroll|salary"),
            Check = static value => Checksums.AmericanIds.UsRouting(value),
            Words = Words("routing|aba"),
        },
        new()
        {
            Name = "mac-said", Type = EntityTypes.Mac, Own = CueSet.Of(CueKind.Network), NeedsLetters = true, Longest = 12, IsDirect = true, Weight = 0.95,
            Check = static value => value.Length == 12 && !value.ContainsAnyExcept(Alphabets.Hex),
            Words = Words("mac|mac address|mac-adresse|mac_address|macaddress|hwaddr|bssid|adresse mac|dirección mac|indirizzo mac|endereço mac|mac-adres|adres mac|"
                + "mac-adress"),
        },
        new()
        {
            Name = "plate-said", Type = EntityTypes.LicensePlate, Own = CueSet.Of(CueKind.Plate, CueKind.Vehicle), NeedsLetters = true, Longest = 9,
            Words = Words(
                "number plate|licence plate|license plate|registration plate|reg plate|reg number|vehicle registration|registration|kennzeichen|immatriculation|"
                    + "immatriculée|immatriculé|plaque|matrícula|targa|kenteken|"
                    + "numer rejestracyjny|nr rejestracyjny|rejestracja|tablica rejestracyjna|registreringsnummer|regnr|license_plate|plate_no|spz|registrační značka|registrační značky|"
                + "rendszám|rendszáma|rekisterinumero|nr de înmatriculare|număr de înmatriculare|plaka|plakası|registarska oznaka|registarske oznake|biển số|plat nomor|nopol|nummerplade|nummerplaat|"
                + "госномер|гос номер|номерной знак|держномер|номерний знак|车牌|车牌号|車牌|차량번호"),
        },
        new()
        {
            Name = "plate-beside-a-vehicle", Type = EntityTypes.LicensePlate, Own = CueSet.Of(CueKind.Plate, CueKind.Vehicle), NeedsLetters = true, Longest = 8, IsBeside = true,
            Words = Words("car|van|pickup|truck|lorry|minibus|motorbike|trailer|auto|wagen|transporter|voiture|camionnette|coche|furgoneta|macchina|furgone|carro|"
                + "carrinha|bestelbus|samochód|bil|bilen|skåpbil"),
        },
    ];

    /// <summary>The rows: for the first value behind a word, and for another that is written like it.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        .. Kinds.SelectMany(kind =>
            Pair(kind.Name, kind.Name + "-too", kind.Type, kind.Words, PaperVerifier.Window, PaperVerifier.Before, index => PaperVerifier.For(kind, index))
                .Select((row, index) => row with { Outlook = PaperVerifier.OutlookFor(kind, index) })),
        .. Pair(
            "position-said-aloud", "position-said-aloud-too", EntityTypes.Coordinates, SpokenPosition.Words, SpokenPosition.Window, BeforeWord,
            index => (in Match match) => SpokenPosition.Verify(match, index)),
        .. Pair(
            "sort-code", "account-behind-sort-code", EntityTypes.BankAccount, SortCodes.Words, SortCodes.Window, BeforeWord,
            index => (in Match match) => SortCodes.Verify(match, index)),
    ];

    private static IEnumerable<Recognizer> Pair(string first, string second, string type, string[] words, int window, int before, Func<int, Verifier> verify) =>
        new[] { first, second }.Select((name, index) => new Recognizer
        {
            Name = name,
            Type = type,
            Gate = Gate.Keyword,
            Keywords = words,
            Body = Alphabets.Any,
            MaxLength = window,
            Before = before,
            Verify = verify(index),
            Score = 0.5,
        });

    private static string[] Words(string words) => [.. words.Split('|').Distinct(StringComparer.OrdinalIgnoreCase)];

    private static SearchValues<string> Topic(string words) =>
        SearchValues.Create([.. words.Split('|').Distinct(StringComparer.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase);
}
