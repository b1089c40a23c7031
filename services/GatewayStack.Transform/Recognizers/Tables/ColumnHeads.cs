using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>What the heads of columns are called, in the languages of those who write them. A head may have more words: <c>Passport no. of guest</c>.</summary>
internal static class ColumnHeads
{
    public static readonly string[] Births = Words(
        "dob|d.o.b.|d.o.b|date of birth|date_of_birth|dateofbirth|birthdate|birth_date|birth date|birthday|b-day|bday|born|born on|geboren|geb.|geb|geb.-datum|geb.datum|"
            + "geb. datum|geb.-dat.|gebdat|"
        + "gebdatum|geb.dat.|geburtsdatum|geburtsdat.|geburtstag|date de naissance|date naiss.|date naiss|naissance|naiss.|né le|née le|né(e) le|ddn|fecha de nacimiento|"
            + "fecha nacimiento|fecha nac|"
        + "fecha_nac|f. nac|f.nac|f. nacimiento|f_nacimiento|nacimiento|nacido|data di nascita|data nascita|data_nascita|nascita|nato il|nata il|nato/a il|nato|"
            + "data de nascimento|data nasc|"
        + "data_nasc|dt. nasc|dt nasc|nasc.|nascimento|geboortedatum|geb.datum|geb datum|geboren op|data urodzenia|data ur|data_ur|ur.|urodzony|urodzona|född|födelsedatum|"
            + "fødselsdato|født"
        + "|f_nac|f_nacim|fecha_nacimiento|fnac|f.nacim.|narozen|narozena|narozen(a)|narozen/a|nar.|datum narození|dat. nar.|dat.nar.|dátum narodenia|"
        + "narodený|születési idő|szül. idő|szül.idő|szül.|született|syntymäaika|synt.|synt.aika|sünniaeg|sünnikuupäev|dzimšanas datums|gimimo data|"
        + "rođen|rođena|datum rođenja|datum rojstva|data nașterii|data naşterii|data nasterii|născut|doğum tarihi|doğum tar.|d. tarihi|doğum|doğumlu|"
        + "fæðingardagur|fødselsdag|fødd|data de naixement|tanggal lahir|tgl lahir|tgl. lahir|tgl_lahir|tarikh lahir|ngày sinh|năm sinh|geboorte|"
        + "дата рождения|дата рожд.|д.р.|д/р|рожд.|год рождения|г.р.|дата народження|нар.|рік народження|дата на раждане|датум рођења|ημ. γέννησης|"
        + "ημερομηνία γέννησης|γέννηση|تاريخ الميلاد|الميلاد|سنة الميلاد|تاریخ تولد|تولد|تاریخ پیدائش|תאריך לידה|ת. לידה|ת.לידה|שנת לידה|जन्मतिथि|"
        + "जन्म तिथि|जन्म दिनांक|जन्म|জন্ম তারিখ|জন্মতারিখ|பிறந்த தேதி|วันเกิด|วันเดือนปีเกิด|ปีเกิด|出生日期|出生年月|出生|生日|生年月日|誕生日|생년월일|생일");

    public static readonly string[] Ages = Words("age|ages|alter|âge|edad|età|eta|idade|leeftijd|wiek|ålder|alder|age (yrs)"
        + "|věk|vek|életkor|ikä|vanus|vârsta|varsta|yaş|yaşı|umur|usia|tuổi|возраст|вік|възраст|ηλικία|العمر|السن|عمر|גיל|उम्र|आयु|বয়স|อายุ|年龄|年齡|年齢|나이|"
        + "연령");

    public static readonly string[] Logins = Words(
        "login|log-in|username|user name|user_name|user id|user_id|userid|user|usr|handle|handles|nick|nickname|screen name|gamertag|benutzer|benutzername|kennung|anmeldename|"
            + "kürzel|kuerzel|usuario|"
        + "utente|nome utente|utenza|identifiant|gebruiker|gebruikersnaam|inlog|inlognaam|inloggning|użytkownik|nazwa użytkownika|użytk.|användare|användarnamn|utilizador|"
            + "usuário|nome de utilizador|"
        + "utilisateur|nom d'utilisateur|pseudo|alias|ad user|ad_user|ad account|samaccountname|sam account|upn|windows login|windows user|vpn user|db user|slack|slack handle|"
            + "github|gitlab|"
        + "twitter|instagram|insta|discord|telegram|mastodon|bluesky|tiktok|twitch|steam|nutzer|nutzername");

    /// <summary>Names that people choose.</summary>
    public static readonly string[] Handles = Words("handle|handles|nick|nickname|screen name|gamertag|pseudo|alias|discord|telegram|instagram|insta|twitter|mastodon|tiktok|"
        + "twitch|steam|slack|slack handle|github");

    /// <summary>Heads of columns that hold logins, or names, roles and teams.</summary>
    public static readonly string[] WeakLogins = Words(
        "account|acct|konto|compte|cuenta|conta|owner|owners|owned by|owned_by|assignee|assigned to|assigned_to|reviewer|reviewed by|approver|approved by|approved_by|author|"
            + "committer|operator|agent|"
        + "created by|created_by|updated by|updated_by|modified by|changed by|changed_by|last_modified_by|requested by|requested_by|requester|reporter|reported by|closed by|"
            + "opened by|granted to|"
        + "granted_to|locked by|actor|who|member|player|spieler|joueur|jugador|giocatore|speler|bearbeiter|sachbearbeiter|erstellt von|geändert von|angelegt von|verantwortlich|"
            + "zuständig|opérateur|"
        + "créé par|modifié par|responsable|operador|creado por|asignado a|operatore|assegnato a|creato da|medewerker|behandelaar|aangemaakt door|operatör|handläggare|ansvarig|"
            + "skapad av|"
        + "przypisany|utworzył|prowadzący|responsável|criado por|atribuído a|contact|on call|on-call|on_call|oncall|maintainer|maintainers|lead|tech lead");

    public static readonly string[] Passports = Words(
        "permit no|permit no.|permit number|residence permit|personalausweis oder pass|"
            + "passport|passport no|passport nr|passport number|passport_no|passport_number|pp no|id card|id card no|id no|id number|identity card|identity document|"
                + "travel document|"
            + "travel doc|document no|"
        + "document number|document|doc no|doc. no|doc|reisepass|passnummer|passnr|pass-nr|pass nr|ausweis|ausweisnummer|ausweis-nr|ausweisnr|personalausweis|passeport|"
            + "n° passeport|n° de passeport|"
        + "no passeport|carte d'identité|cni|pièce d'identité|pièce|pasaporte|n.º pasaporte|nº pasaporte|documento|documento de identidad|passaporto|n. passaporto|"
            + "carta d'identità|passaporte|"
        + "n.º passaporte|nº passaporte|cartão de cidadão|paspoort|paspoortnr|paspoortnummer|identiteitskaart|id-kaart|paszport|nr paszportu|dowód|nr dowodu|dowód osobisty|"
            + "seria i numer|pass|passnr.|"
        + "id-kort|legitimation"
        + "|č. pasu|číslo pasu|pas č.|číslo op|č. op|číslo dokladu|útlevél|útlevélszám|szig.|szem. ig.|passin numero|pașaport|serie și număr|pasaport no|"
        + "pasaport numarası|putovnica|broj putovnice|potni list|paspor|no paspor|no. paspor|số hộ chiếu|hộ chiếu|паспорт|номер паспорта|серия и номер|"
        + "загранпаспорт|серія та номер|διαβατήριο|αρ. διαβατηρίου|رقم الجواز|جواز السفر|رقم جواز السفر|الجواز|شماره پاسپورت|گذرنامه|דרכון|מספר דרכון|"
        + "पासपोर्ट|पासपोर्ट नंबर|পাসপোর্ট|พาสปอร์ต|หนังสือเดินทาง|เลขหนังสือเดินทาง|护照|护照号|护照号码|護照|護照號碼|パスポート|旅券番号|旅券|여권|여권번호");

    public static readonly string[] Licenses = Words(
        "license|licence|license no|licence no|licence number|license number|licence_no|license_no|driver license|driver licence|driver's license|driver's licence|"
            + "driving licence|driving license|"
        + "drivers license|drivers licence|driver_license|driving_licence|dl|dl no|dl number|dln|führerschein|führerschein-nr|führerscheinnummer|fs-nr|fs-nummer|fs nr|"
            + "fahrerlaubnis|fahrerlaubnis-nr|"
        + "fahrerkarte|permis|permis n°|n° permis|n° de permis|permis de conduire|licencia|licencia de conducir|carnet|carnet de conducir|nº carnet|permiso|permiso de conducir|"
            + "patente|n. patente|"
        + "patente n|patente di guida|carta|carta de condução|n.º carta|nº carta|carta cond|cnh|rijbewijs|rijbewijsnr|rijbewijsnummer|prawo jazdy|nr prawa jazdy|pr. jazdy|"
            + "körkort|körkortsnr|"
        + "körkortsnummer|tacho card|driver card");

    public static readonly string[] Charts = Words(
        "insurer no|insurer no.|insurer's no|insurer id|plan id|"
            + "mrn|chart|chart no|chart number|chart_no|patient id|patient_id|patient no|patient_no|patient nr|patient number|patient ref|pt id|pt no|pt|pat id|pat. id|"
                + "hospital no|"
            + "hospital number|hosp no|"
        + "hosp. no|hospital_no|member id|member_id|member no|member number|subscriber id|subscriber_id|insurance no|"
        + "insurance number|insurance id|insurance_no|insurance_id|insured id|insured no|policy no|policy number|policy_no|beneficiary id|health card|health id|health no|"
            + "scheme no|"
        + "patient|patientennummer|patienten-nr|patientennr|patienten-id|patnr|pat.-nr|pat.nr|pat-nr|pat. nr|pat nr|pat.-id|fallnummer|fall-nr|fallnr|fall-id|aufnahmenummer|"
            + "aufnahme-nr|kartei|"
        + "versichertennummer|versichertennr|versicherten-nr|versicherten-nummer|versichertennr.|versicherungsnr|versicherungs-nr|versicherungsnummer|vers.-nr|vers.nr|vers-nr|kvnr|kv-nr|kv-nummer|"
        + "kk-nr|krankenkasse-nr|dossier|n° dossier|dossier n°|n° de dossier|dossier patient|n° patient|numéro patient|ipp|iep|n° adhérent|adhérent|n° d'adhérent|n° mutuelle|"
        + "n° assuré|historia|historia clínica|nº historia|n.º historia|nº hc|n.º hc|nhc|hc|nº paciente|nº afiliado|afiliado|nº póliza|póliza|nº tarjeta|tarjeta sanitaria|"
            + "cartella|n. cartella|"
        + "cartella clinica|cartella n|id paziente|n. paziente|tessera sanitaria|nosologico|n. nosologico|n. polizza|n.º utente|nº utente|"
        + "n.º beneficiário|nº beneficiário|beneficiário|apólice|patiëntnummer|patiëntnr|patiëntnr.|patiënt-id|patnr.|dossiernr|dossiernummer|zorgpolis|polisnr|polisnummer|"
            + "verzekerdennr|"
        + "verzekerdennummer|verzekeringsnr|verzekeringsnummer|relatienummer zorg|numer pacjenta|nr pacjenta|id pacjenta|nr karty|nr kartoteki|nr historii|nr historii choroby|"
        + "nr ubezpieczenia|nr polisy|journalnummer|journalnr|journal-nr|patientnr|patientnummer|patient-id|försäkringsnr|försäkringsnummer");

    /// <summary>Heads that say a paper or a chart where the table is about persons.</summary>
    public static readonly string[] WeakPassports = Words(
        "permit no|permit no.|permit number|permit nr|permit|residence permit|work permit|visa no|visa no.|visa number|aufenthaltstitel|aufenthaltserlaubnis|titre de séjour|"
            + "permiso de residencia|"
            + "permesso di soggiorno|título de residência|verblijfsvergunning|karta pobytu|uppehållstillstånd|paper|papers|id|document|document type|card|card no|card no.|"
                + "card number|book no|book");

    public static readonly string[] WeakCharts = Words(
        "insurer no|insurer no.|insurer number|insurance|insurer ref|policy|scheme|record|record no|file no|akte|aktennr|akten-nr|versicherung|assurance|n° assurance|seguro|"
            + "nº seguro|assicurazione|"
            + "polizza|expediente|processo|seguro nº|verzekering|polis|ubezpieczenie|polisa|journal|försäkring|hospital|clinic no|number|no|no.|nr|nr.|n°|nº|card|card no|ref|id|"
                + "member|member no|nummer|numéro|número|numero|numer|karte|carte|tarjeta|tessera|kort|kaart|karta");

    public static readonly string[] Nationalities = Words(
        "nationality|nationalities|nat|nat.|nation|citizenship|citizen of|country of citizenship|nationalität|staatsangehörigkeit|staatsangeh.|staatsang.|staatsbürgerschaft|sta|"
            + "nationalité|"
        + "nationalite|nacionalidad|nac.|nacionalid.|nazionalità|nazionalita|naz.|cittadinanza|nacionalidade|nationaliteit|staatsburgerschap|obywatelstwo|obyw.|narodowość|nationalitet|medborgarskap|"
        + "medborgare i"
        + "|státní příslušnost|st. přísl.|národnost|občanství|štátna príslušnosť|állampolgárság|állampolg.|kansalaisuus|kodakondsus|cetățenie|cetăţenie|"
        + "naționalitate|uyruk|uyruğu|državljanstvo|kewarganegaraan|warganegara|quốc tịch|гражданство|национальность|громадянство|υπηκοότητα|εθνικότητα|"
        + "الجنسية|جنسية|تابعیت|ملیت|אזרחות|לאום|राष्ट्रीयता|नागरिकता|জাতীয়তা|สัญชาติ|国籍|國籍|국적");

    public static readonly string[] Accounts = Words(
        "account no|account nr|account number|account_no|account_number|acct no|acct number|acc no|acc. no|a/c|a/c no|ac no|bank account|bank_account|bank acct|bank a/c|"
            + "sort code|sort_code|sortcode|"
        + "bsb|routing|kontonummer|konto-nr|konto nr|kontonr|kto|kto.|kto-nr|bankkonto|bankverbindung|blz|bankleitzahl|n° compte|n° de compte|numéro de compte|compte bancaire|"
            + "rib|nº cuenta|n.º cuenta|"
        + "cuenta bancaria|número de cuenta|ccc|clabe|cbu|c/c|n. conto|conto|conto corrente|numero conto|nº conta|n.º conta|conta bancária|nib|rekening|rekeningnr|"
            + "rekeningnummer|bankrekening|nr konta|"
        + "numer konta|nr rachunku|rachunek|rachunek bankowy|kontonr.|bankkonto|clearing|clearingnr");

    /// <summary>Codes of banks, which have a standard and few names.</summary>
    public static readonly string[] BankCodes = Words(
        "bic|bic code|bic_code|bic/swift|code bic|código bic|codice bic|swift|swift code|swift_code|swift/bic|swift-bic|code swift|código swift|codice swift|kod swift");

    public static readonly string[] Positions = Words(
        "lat|lat.|latitude|lon|lon.|lng|long|long.|longitude|lat/lon|lat/long|lat, lon|latlon|latlng|lat_lon|coordinates|coordinate|coords|gps|gps position|position|geo|breite|"
            + "breitengrad|länge|"
        + "längengrad|koordinaten|coordonnées|coordonnees|coordenadas|latitud|longitud|latitudine|longitudine|coordinate gps|coördinaten|coordinaten|breedte|lengte|współrzędne|"
            + "szerokość|długość|"
        + "koordinater|latitud|longitud|standort");

    public static readonly string[] Phones = Words(
        "phone|phone no|phone number|phone_no|phone_number|telephone|tel|tel.|tel no|mobile|mobile no|mobile_no|cell|cell phone|contact no|contact number|landline|whatsapp|"
            + "telefon|telefonnr|tel.-nr|"
        + "handy|handynr|handynummer|mobil|mobilnr|mobilnummer|festnetz|rufnummer|téléphone|portable|teléfono|telefono|móvil|movil|celular|cellulare|cell.|recapito|telefone|telemóvel|telemovel|"
        + "telefoon|telefoonnr|mobiel|gsm|mob.|mob|komórka|tel. kom|nr telefonu|numer telefonu|mobilnr.|telefonnummer"
        + "|telefón|telefonní číslo|tel. číslo|tel. č.|mobilní telefon|mobilní|telefonszám|tel.szám|puhelin|puhelinnumero|puh.|puh|gsm-numero|"
        + "număr de telefon|nr. telefon|nr telefon|telefon nr|nr. tel.|nr tel|cep|cep tel|cep telefonu|telefon no|tel no.|tel nr|tlf|tlf.|tlf nr|"
        + "mobiltelefon|sími|no hp|no. hp|hp|nomor telepon|no telp|no. telp|telepon|no tel|số điện thoại|điện thoại|sđt|đt|телефон|тел.|тел|"
        + "номер телефона|моб.|мобильный|номер телефону|моб. тел.|τηλέφωνο|τηλ.|κινητό|الهاتف|هاتف|رقم الهاتف|الجوال|جوال|رقم الجوال|الموبايل|"
        + "رقم الموبايل|الهاتف المحمول|النقال|تلفن|شماره تماس|موبایل|فون نمبر|טלפון|נייד|מספר טלפון|फोन|फ़ोन|मोबाइल|मोबाइल नंबर|फोन नंबर|संपर्क नंबर|ফোন|"
        + "মোবাইল|โทรศัพท์|เบอร์โทร|เบอร์โทรศัพท์|เบอร์|โทร|โทร.|电话|手机|手机号|手机号码|电话号码|联系电话|聯絡電話|電話|手機|電話番号|携帯|携帯電話|連絡先|전화|전화번호|휴대폰|휴대전화|연락처|fone|"
        + "telefone fixo");

    public static readonly string[] Plates = Words(
        "plate|plates|plate no|number plate|licence plate|license plate|reg no|reg. no|reg|vrm|registration|vehicle reg|kennzeichen|kfz-kennzeichen|kfz-kz|kfz|amtl. kennzeichen|"
            + "immatriculation|"
        + "immat|immat.|plaque|matrícula|matricula|matr.|placa|placas|targa|kenteken|nr rejestracyjny|nr rej|nr rej.|rejestracja|tablica|regnr|reg.nr|registreringsnummer|"
            + "regnummer");

    public static readonly string[] Streets = Words(
        "address|home address|home_address|street|street address|street_address|address line 1|address_line1|address1|addr|postal address|delivery address|shipping_address|"
            + "anschrift|adresse|wohnadresse|"
        + "straße|strasse|str.|straße und nr|straße/nr|rue|voie|adresse postale|domicile|dirección|direccion|domicilio|calle|indirizzo|via|residenza|morada|endereço|endereco|"
            + "rua|logradouro|adres|"
        + "straat|straatnaam|adres zamieszkania|ulica|ul.|adress|gatuadress|gata|bostadsadress");

    public static readonly string[] Postcodes = Words(
        "zip|zip code|zip_code|zipcode|postcode|post code|post_code|postal code|postal_code|plz|postleitzahl|code postal|code_postal|cp|c.p.|cód. postal|código postal|"
            + "codigo postal|codigo_postal|"
        + "cap|c.a.p.|cep|kod pocztowy|kod_pocztowy|postnr|postnummer|post nr");

    /// <summary>Heads that say a person's name.</summary>
    public static readonly string[] Persons = Words(
        "first name|firstname|first_name|last name|lastname|last_name|surname|given name|forename|family name|full name|fullname|full_name|vorname|vornamen|nachname|"
            + "familienname|name, vorname|"
        + "nachname, vorname|vor- und nachname|prénom|prenom|nom de famille|nom et prénom|nom, prénom|nom prénom|nombre y apellidos|apellido|apellidos|apellidos y nombre|"
            + "cognome|nome e cognome|"
        + "cognome e nome|sobrenome|apelido|nome completo|voornaam|achternaam|naam en voornaam|imię|imie|nazwisko|imię i nazwisko|nazwisko i imię|förnamn|efternamn|"
            + "för- och efternamn|"
        + "patient name|patient_name|patientname|patient|patientin|patienten|paziente|paciente|patiënt|pacjent|pacjentka|employee name|employee_name|employee|mitarbeiter|"
            + "mitarbeiterin|salarié|"
        + "empleado|dipendente|funcionário|pracownik|anställd|guest name|guest_name|guest|gast|hôte|huésped|ospite|hóspede|gość|gäst|tenant|mieter|mieterin|locataire|inquilino|"
            + "inquilina|huurder|"
        + "najemca|hyresgäst|student|student name|schüler|schülerin|pupil|élève|alumno|alumna|alunno|aluno|leerling|uczeń|elev|child|child's name|child name|kind|enfant|bambino|"
            + "niño|niña|dziecko|barn|"
        + "volunteer|freiwillige|bénévole|voluntario|volontario|voluntário|vrijwilliger|wolontariusz|participant|teilnehmer|teilnehmerin|teilnehmende|participante|partecipante|deelnemer|uczestnik|"
        + "deltagare|ansprechpartner|ansprechpartnerin|contact person|contactpersoon|kontaktperson|personne de contact|driver|driver name|fahrer|fahrerin|conductor|autista|"
            + "chauffeur|kierowca|förare|"
        + "passenger|passenger name|fahrgast|passager|pasajero|passeggero|pasażer|resident|bewohner|bewohnerin|versicherter|versicherte|insured|assuré|asegurado|assicurato|"
            + "verzekerde|ubezpieczony|"
        + "spouse|parent|guardian|next of kin|emergency contact|notfallkontakt|tutor|candidate|bewerber|bewerberin|candidat|candidato|candidata|kandidat|nurse|doctor|arzt|"
            + "médecin|médico|medico|"
        + "lekarz|läkare|witness|zeuge|runner|rider|swimmer|holder|account holder|kontoinhaber|titulaire|titular|intestatario|cardholder|beneficiary|speaker|referent|referentin|"
            + "joueur|jugador|"
        + "instructor|trainer|coach|interpreter|dolmetscher|landlord|vermieter|attendee|invitee|mitglied"
        + "|jméno a příjmení|příjmení|příjmení a jméno|křestní jméno|zákonný zástupce|žák|pacient|meno a priezvisko|priezvisko|vezetéknév|keresztnév|"
        + "teljes név|beteg neve|etunimi|sukunimi|koko nimi|potilas|nume și prenume|nume si prenume|prenume|nume complet|ad soyad|adı soyadı|ad-soyad|"
        + "soyad|soyadı|hasta adı|ime i prezime|ime in priimek|prezime|priimek|fornavn|etternavn|fulde navn|fullt navn|nama lengkap|họ và tên|họ tên|фио|"
        + "ф.и.о.|фамилия|фамилия, имя|отчество|прізвище|ім'я|піб|пацієнт|пациент|име и фамилия|ονοματεπώνυμο|επώνυμο|الاسم الكامل|"
        + "اسم الموظف|اسم المريض|نام و نام خانوادگی|שם מלא|שם פרטי|שם משפחה|पूरा नाम|ชื่อ-สกุล|ชื่อ-นามสกุล|姓名|氏名|お名前|患者名|성명|환자명");

    /// <summary>Heads under which names stand, of persons and of other things.</summary>
    public static readonly string[] AnyNames = Words(
        "name|names|nom|noms|nombre|nome|naam|nazwa|namn|who|wer|qui|quien|quién|chi|wie|quem|kto|vem|customer|customer name|customer_name|client|client name|client_name|kunde|"
            + "kundin|kundenname|cliente|"
        + "klant|klient|kund|contact|kontakt|contacto|contatto|contato|member|membre|socio|lid|członek|medlem|owner|besitzer|propriétaire|propietario|proprietario|eigenaar|właściciel|ägare|"
        + "player|spieler|giocatore|jogador|speler|gracz|spelare|person|personne|persona|osoba|staff|teacher|lehrer|lehrerin|vertretung|deputy|manager|assigned to|assignee|"
            + "requested by|"
        + "claimant|author|applicant|antragsteller|antragstellerin|demandeur|solicitante|richiedente|requerente|aanvrager|wnioskodawca|sökande|absender|empfänger|sender|recipient|reporter"
        + "|jméno|meno|név|nimi|nume|isim|adı|ime|navn|nama|tên|имя|име|όνομα|الاسم|نام|שם|नाम|নাম|ชื่อ|이름");

    /// <summary>Heads under which surnames stand where given names have a column of their own.</summary>
    public static readonly string[] Surnames = Words("name|nom|naam|namn|navn");

    public static readonly string[] Organizations = Words(
        "company|company name|company_name|employer|employer name|organisation|organization|org|firm|firma|arbeitgeber|unternehmen|auftraggeber|employeur|entreprise|société|"
            + "raison sociale|empresa|"
        + "empleador|razón social|azienda|ditta|datore di lavoro|ragione sociale|empregador|entidade patronal|werkgever|bedrijf|bedrijfsnaam|opdrachtgever|pracodawca|"
            + "zakład pracy|företag|arbetsgivare|"
        + "school|schule|école|escuela|colegio|scuola|escola|szkoła|skola|club|verein|vereniging|klub|förening|hospital|clinic|klinik|krankenhaus|hôpital|clinique|clínica|clinica|ospedale|ziekenhuis|"
        + "szpital|sjukhus|insurer|versicherer|versicherung|krankenkasse|kasse|mutuelle|assureur|aseguradora|assicurazione|seguradora|zorgverzekeraar|verzekeraar|ubezpieczyciel|försäkringsbolag|"
        + "agency|agentur|agence|agencia|agenzia|charity|university|universität|université|universidad|università|universidade|universiteit|uczelnia|universitet|supplier|lieferant|fournisseur|"
        + "proveedor|fornitore|fornecedor|leverancier|dostawca|leverantör|contractor|spediteur|carrier|transporteur|exhibitor|aussteller|sponsor|venue partner");

    /// <summary>What is said of persons alone, beside their names.</summary>
    private static readonly SearchValues<string> OfPersons = SearchValues.Create(
        ["birth", "dob", "born", "geb", "naiss", "nacim", "nasc", "urodz", "född", "age", "alter", "edad", "età", "idade", "wiek", "phone", "tel", "mobil", "handy", "mail", "address", "adres", "anschrift",
            "direcc", "indirizzo", "nation", "staatsang", "passport", "pasaporte", "licen", "führersch", "patient", "user", "login", "salary", "iban", "vorname", "surname", "sex", "gender", "apellido",
            "cognome", "prénom", "nazwisko", "voornaam", "naroz", "szül", "synt", "naște", "doğum", "rođen", "puhelin", "příjmení", "pasu", "lahir", "ngày sinh", "điện thoại",
            "телефон", "рожд", "народж", "паспорт", "возраст", "фамилия", "γέννησ", "τηλ", "الهاتف", "هاتف", "الجوال", "الميلاد", "الجنسية", "الجواز", "العمر", "تولد", "טלפון", "לידה", "גיל",
            "फोन", "मोबाइल", "जन्म", "आयु", "उम्र", "ফোন", "জন্ম", "โทร", "เกิด", "อายุ", "电话", "手机", "生日", "出生", "性别", "年龄", "身份证", "電話", "生年月日", "年齢", "전화", "생년월일", "나이"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> OfGivenNames = SearchValues.Create(
        ["vorname", "first name", "first_name", "firstname", "given name", "given_name", "forename", "prénom", "prenom", "voornaam", "förnamn", "fornavn"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> OfPatients = SearchValues.Create(
        ["patient", "pacient", "pazient", "patiënt", "pacjent", "chart", "ward", "mrn", "doctor", "dr.", "arzt", "médec", "médic", "lekarz", "läkare", "diagnos", "allerg", "triage", "symptom", "journal",
            "ålder", "medic", "therap", "vaccin", "blood", "admitted", "clinic", "nurse"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> OfThings = SearchValues.Create(
        ["age of the ", "serial", "firmware", "machine", "maschine", "asset", "server", "host", "device", "gerät", "model", "modell", "building", "gebäude", "vehicle",
            "battery", "engine", "unit", "appareil", "equipo",
            "macchin", "máquina", "toestel", "urządz", "pump", "pid", "ttl", "size", "status", "cask", "tree", "bottle"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>True when another column of the head, in whose line the keyword stands, says something of persons.</summary>
    public static bool IsOfPersons(in Match match) => HeadOf(match) is var head && head.ContainsAny(OfPersons) && !head.Contains("age of the ", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when another column has given names.</summary>
    public static bool AreGivenNamesApart(in Match match) => HeadOf(match).ContainsAny(OfGivenNames);

    /// <summary>True when another column says something of patients.</summary>
    public static bool IsOfPatients(in Match match) => HeadOf(match).ContainsAny(OfPatients);

    /// <summary>True when another column says something of machines.</summary>
    public static bool IsOfThings(in Match match) => HeadOf(match).ContainsAny(OfThings);

    private static ReadOnlySpan<char> HeadOf(in Match match)
    {
        var text = match.Text;
        var start = text[..match.Start].LastIndexOfAny('\n', '\r') + 1;
        var length = text[match.Start..].IndexOfAny('\n', '\r');
        return text[start..(length < 0 ? text.Length : match.Start + length)];
    }

    private static string[] Words(string words) => [.. words.Split('|').Distinct(StringComparer.OrdinalIgnoreCase)];
}
