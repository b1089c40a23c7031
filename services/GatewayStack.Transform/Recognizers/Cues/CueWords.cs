using static GatewayStack.Transform.Recognizers.Cues.CueKind;

namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>The words of each kind, in the languages of those who write them. Accents, case and joining marks make no difference, nor does a plural s.</summary>
internal static class CueWords
{
    private static readonly (CueKind Kind, string Words)[] Table =
    [
        (Order, "bon|bons|bordereau|partij|guia|auftragsnr|order|orders|order no|order number|po no|po nr|po number|purchase order|invoice|invoices|inv|receipt|ticket|"
                + "tickets|case|booking|reservation|shipment|shipping|consignment|envoi|expedition|colis|envio|spedizione|zending|paket|pakket|paczka|przesylka|forsandelse|" +
            "tracking|parcel|delivery|" +
            "bestellung|bestellnummer|auftrag|auftragsnummer|rechnung|rechnungsnummer|sendung|vorgang|commande|facture|pedido|factura|fatura|ordine|fattura|bestelling|factuur|zamowienie|faktura|" +
            "quote|quotation|rma|waybill|awb|confirmation|transaction|transactions|txn|trx|issue|bug|pr|job|batch|lot|run|build|request|req|trace|span|session|event|msg|message|queue|offset|pid|process|thread|订单|发票|注文|" +
            "numero de commande|numero de pedido|numero d ordine|bestelnummer|numero do pedido|numer zamowienia|ordernummer|bestellnr|encomenda|sendungsnummer|numero de suivi|" +
            "numero de seguimiento|numero di spedizione|trackingnummer|numero de rastreio|" +
            "numer przesylki|sparningsnummer|air waybill|luftfrachtbrief|lettre de transport|lettera di vettura|vrachtbrief|list przewozowy|fraktsedel|container|conteneur|" +
            "contenedor|rechnungsnr|numero de facture|numero de factura|numero fattura|factuurnummer|" +
            "numer faktury|fakturanummer|vorgangsnummer|incidencia|segnalazione|chamado|zgloszenie|arende|beleg|belegnummer|belegnr|piece comptable|comprobante|" +
            "documento contabile|dowod ksiegowy|boekstuk|comprovativo|verifikat|ausschreibung|" +
            "appel d offres|licitacion|aanbesteding|przetarg|upphandling|tender|lieferschein|lieferscheinnummer|bon de livraison|albaran|bolla|pakbon|guia de remessa|foljesedel|" +
            "work order|change request|incident"),
        (Reference, "ref|reference|isbn|issn|doi|arxiv|rfc|iso|ean|upc|gtin|asin|barcode|page|pages|chapter|section|figure|table|row|rows|column|port|ports|error|code|exit|status|patent|" +
            "docket|dossier|grant|project|referens|repere|kenmerk|pratica|processo|sprawa|znak sprawy|zlecenie|record|records|index|idx|key id|object|node|shard|partition|" +
            "hts|duns|ein|vat|registration|cod|aktenzeichen|az|precedent|statement|voucher|" +
            "company number|handelsregister|hrb|siren|siret|cin|acn|lei|cusip|isin|wkn|sedol|zip|postal|plz|postcode|" +
            "permis de construire|devis|offerte|preventivo|presupuesto|angebot|angebotsnummer|oferta|offert|software licence|software license|licences|iccid|reference no|ref no|" +
            "ref nr|referenznummer|referenz|reference number|referencia|riferimento|referentie|numer referencyjny|diarienummer|file reference|dossiernummer|expediente|" +
            "sygnatura|sygn|vertragsnummer|contract reference|contract number|" +
            "contract no|reference du contrat|referencia del contrato|riferimento contratto|contractnummer|referencia do contrato|numer umowy|avtalsnummer|cig|vat number|vat id|" +
            "vat no|vat ue|nif iva|ust idnr|ust id|ustid|tva|p iva|partita iva|btw nummer|btw|" +
            "numero de iva|momsnummer|rcs|registro mercantil|kvk nummer|kvk|krs|regon|organisationsnummer|orgnr|org nr|gl account|g l account|general ledger|ledger account|" +
            "sachkonto|compte general|cuenta contable|conto di contabilita|grootboekrekening|" +
            "conta contabilistica|konto ksiegowe|bokforingskonto|kostenstelle|cost centre|cost center|centre de couts|centro de coste|centro di costo|kostenplaats|" +
            "centro de custo|mpk|kostnadsstalle|profit center|hs code|zolltarifnummer|cpv|nace|cas|" +
            "catalogue no|katalognummer|standard|norm|norme|norma|abschnitt|chapitre|capitulo|capitolo|hoofdstuk|rozdzial|kapitel|brevet|octrooi"),
        (CueKind.Version, "version|versions|release|releases|build|firmware|ver|v|oid|semver|package|revision|rev|tag|kernel|driver version|sdk"),
        (Hash, "commit|commits|sha|sha1|sha256|sha512|md5|hash|digest|checksum|etag|uuid|guid|fingerprint|nonce|crc|blob"),
        (Amount, "total|amount|price|cost|sum|subtotal|balance|budget|revenue|quantity|qty|count|eur|usd|gbp|jpy|dollars|euros|betrag|preis|summe|montant|prix|importe|precio|preco|prezzo|bytes|size"),
        (Product, "sku|part|part no|part number|model|serial|serial number|serial no|s/n|item|items|product|article|artikel|artikelnummer|asset|device id|unit|catalog|catalogue|" +
            "referencia|modelo|batch no|lot no|lot number|component|teilenummer|bauteil|sachnummer|zeichnung|zeichnungsnummer|drawing|zahler|zahlernummer|zahlerstand|meter|" +
            "meter reading|pallet|palette|inventar|inventarnummer|inventaire|piece|pieces|torque|dimension|stock|" +
            "seriennummer|seriennr|numero de serie|numero di serie|serienummer|numer seryjny|teilenr|reference produit|referencia de pieza|codice articolo|onderdeelnummer|" +
            "referencia da peca|numer czesci|numero d article|numero de articulo|numero do artigo|" +
            "numer artykulu|artikelnr|item number|item no|charge|chargennummer|lote|lotto|partia|asset tag|inventarnummer|numero d inventaire|numero de inventario|" +
            "numero di inventario|inventarisnummer|numer inwentarzowy|inventarienummer|releve|lectura|" +
            "lettura|meterstand|leitura|stan licznika|matarstallning|sim card|rysunek|ritning|disegno|desenho|tekening"),
        (Network, "subnet|netmask|cidr|gateway|dns|broadcast|mask|bind|listen|localhost|loopback"),
        (Time, "timestamp|time|date|datetime|epoch|unix time|created|updated|expires|expiry|until|since|datum|fecha|uhrzeit|ts"),
        (Measure, "reading|readings|px|rgb|hex|temperature|voltage|weight|height|width|length|distance|score|ratio|percent|seed|random|pi|coefficient|value|values|max|min|"
                + "avg|mean|median|latency|elapsed|duration|uptime|limit|threshold"),

        (Phone, "tfn|tlf|telef|telnr|llamen|llamarle|llamarme|risponde al|fica em|ligar|mobiel|mobieltje|mobilnr|komorkowy|kom|telefonicznie|zadzwoncie|dzwonic|dzwon|prosze "
                + "dzwonic|llamad|avisar|" +
            "avisad|wsp|chiamami|chiamatemi|rappeler|joignable|nas pa|nar mig|bel me|bel mij|bereikbaar|te bereiken|ligue|ligar para|contactar|recapiti|recapito|contatti|" +
            "contacto|contactos|contato|kontakt|kontaktnummer|phone|phones|phone number|telephone|tel|mobile|cell|cellphone|cell phone|call me|fax|whatsapp|viber|sms|text me|" +
            "reach me|reach him|reach her|ring me|contact number|hotline|landline|msisdn|caller|phone no|mobile no|tel no|direct line|direct dial|fono|fon|telefonnr|ringa|" +
            "ring meg|volejte|zavolejte|zadzwon|soita|llamame|marque|llamada|telefonu|" +
            "telefon|telefonnummer|telefonnr|handy|handynummer|mobil|mobilnummer|mobiltelefon|rufnummer|durchwahl|anrufen|telefax|festnetz|ruckruf|erreichbar|telephone portable|" +
            "numero de telephone|appelez|appeler|joindre|telefono|movil|" +
            "celular|llamar|llame|telefone|telemovel|ligar|cellulare|chiamare|telefoon|telefoonnummer|gsm|bellen|telefon komorkowy|komorka|puhelin|matkapuhelin|cep|cep telefonu|" +
            "telefon numarasi|telefonni cislo|numar de telefon|" +
            "телефон|тел|моб|мобильный|номер телефона|τηλ|τηλεφωνο|电话|電話|手机|手機|电话号码|携帯|携帯電話|電話番号|전화|전화번호|휴대폰|연락처|โทร|โทรศัพท์|هاتف|جوال|رقم الهاتف|טלפון|נייד|फोन|मोबाइल|" +
            "dien thoai|so dien thoai|sdt|no hp|telepon|telefon bimbit|fone|bizum|yape|nequi|linka|klapka|telefonszam|mobilszam|puh|telf|teleph|telefonni cislo|mobilni cislo|tel c|" +
            "theo so|goi so|nomor wa|no wa|numaradan|numaramdan|numaramiz|телефону|телефона|новый номер|мой номер|его номер|ее номер|её номер|номер для связи|звоните|позвони|позвоните|дзвонить|мій номер|новий номер|" +
            "رقمي|رقمه|رقمها|على الرقم|الهاتف|الجوال|موبايل|واتساب|תתקשר|תתקשרי|בנייד|का नंबर|मेरा नंबर|अपना नंबर|नया नंबर|व्हाट्सएप|เบอร์|เบอร์โทร|ติดต่อ|打电话|联系电话|微信电话|連絡先|번호는"),
        (Call, "call|calls|called|dial|ring|contact|text|reach|signal|telegram|portable|mob|ext|cell"),
        (Email, "email|e mail|mail|courriel|correo|邮箱|メール|이메일|почта"),
        (Card, "card|card number|card no|credit card|debit card|creditcard|cc|cc number|ccn|pan|visa|mastercard|amex|american express|discover|diners|jcb|unionpay|maestro|rupay|" +
            "payment card|kreditkarte|kartennummer|carte|carte bancaire|carte de credit|" +
            "numero de carte|tarjeta|tarjeta de credito|cartao|cartao de credito|carta di credito|creditcardnummer|karta|kort|kortnummer|kredi karti|карта|номер карты|卡号|信用卡|银行卡|借记卡|储蓄卡|" +
            "カード番号|카드번호|card ending"),
        (Cvv, "cvv|cvv2|cvc|cvc2|csc|security code|card code|verification code|card verification|prufnummer|sicherheitscode|code de securite|cryptogramme|codigo de seguridad|"
            + "codigo de seguranca|安全码"),
        (Iban, "iban|international bank account"),
        (Swift, "swift|bic|swift code|bic code|swift bic|bank identifier"),
        (Routing, "routing number|routing no|routing nr|routing num|rtn|aba routing|aba number|aba no|aba nr|aba rtn|bank routing|wire routing|ach routing"),
        (Transit, "routing|aba|transit number|ach"),
        (Account, "acc|account|account number|account no|acct|acct no|acc no|bank account|checking account|savings account|sort code|bsb|kontonummer|konto|konto nr|" +
            "bankverbindung|blz|bankleitzahl|compte|numero de compte|rib|cuenta|numero de cuenta|clabe|cbu|cvu|" +
            "conta|conta corrente|agencia|rekening|rekeningnummer|rachunek|nr konta|numer konta|hesap|hesap no|ifsc|beneficiary|账号|帳號|银行账号|口座|口座番号|계좌|계좌번호|счет|номер счета"),
        (Crypto, "btc|bitcoin|eth|ethereum|wallet|wallet address|crypto|usdt|ltc|litecoin|xrp|ripple|doge|dogecoin|solana|tron|trx|cardano|monero|xmr|bch|zcash|polkadot|stellar|"
            + "xlm|tezos|cosmos"),
        (Passport, "piece d identite|identity document|passport|passport no|passport number|passeport|reisepass|passnummer|reisepassnummer|pasaporte|passaporto|passaporte|" +
            "paspoort|paszport|pasaport|passi|pas|pass nr|паспорт|загранпаспорт|护照|護照|パスポート|旅券|여권|paspor|" +
            "travel document|document number|residence permit|titre de sejour|aufenthaltstitel|aufenthaltserlaubnis|permiso de residencia|permesso di soggiorno|" +
            "titulo de residencia|verblijfsdocument|karta pobytu|uppehallstillstand|passnr|pass no|pass nummer|paszportu|passport nr|nr paszportu|seria dowodu|dowodu|ho chieu|" +
            "جواز|جواز سفر|דרכון|पासपोर्ट"),
        (License, "hgv|hgv licence|lgv|lgv licence|lorry licence|permis|tacho card|drv card|driver card|fahrerkarte|carte conducteur|tarjeta de conductor|carta conducente|"
                + "bestuurderskaart|driver license|" +
            "drivers license|driver s license|driving license|driving licence|drivers licence|driver licence|driver s licence|dl no|dl number|dln|driver id|" +
            "fuhrerschein|fuhrerscheinnummer|permis de conduire|permis b|permis no|permis n|permis numero|car licence|car license|provisional licence|licence from|" +
            "fahrerlaubnis|fuhrerschein nr|patente|patente n|carnet de conducir n|carta de conducao n|korkortsnummer|rijbewijsnummer|rijbewijs nr|nr prawa jazdy|" +
            "prawa jazdy|licencia de conducir|permiso de conducir|carnet de conducir|cnh|carteira de motorista|carta de conducao|patente di guida|rijbewijs|" +
            "prawo jazdy|surucu belgesi|ehliyet|korkort|ajokortti|kjorekort|водительское|водительское удостоверение|驾照|驾驶证|免許証|운전면허"),
        (Permit, "licence|license|licence no|license no|licence number|license number|licence nr|licence id|license id|license nr"),
        (Medical, "krankenversichertennr|krankenvers nr|clinic record|clinic ref|kartoteka|clinical record|patient file|chart|chart nr|health record|record no|file no|" +
            "health card no|healthcare number|insurance nr|insured no|insurance member|historia|historia n|n historia|numero de historia|tarjeta sanitaria|tsi|cip|" +
            "n de afiliado|asegurado|poliza|numero de poliza|tessera sanitaria|tessera|cartella|cartella n|n cartella|numero cartella|ipp|adherent|n adherent|" +
            "numero d adherent|mutuelle|n de mutuelle|numero de patient|n patient|dossier patient|policy holder no|policy holder|kv nr|kvnr|kartoteka|nr ksiegi glownej|" +
            "ksiegi glownej|nr ksiegi|polis|polisnummer|verzekeringsnummer|verzekerdennummer|patientnummer|patientnr|patient nr|versichertennr|versicherten nr|vers nr|pat nr|" +
            "patienten nr|fall nr|numer pacjenta|nr pacjenta|karta pacjenta|numer karty|nr ubezpieczenia|journalnummer|journalnr|journal nr|numero de utente|n de utente|" +
            "n processo|numero do processo|processo clinico|carteira|carteirinha|cartao de saude|nhs ref|hospital ref|clinic no|mrn|medical record|medical record number|" +
            "medical record no|patient id|patient no|patient number|patient ref|chart no|chart number|hospital number|hospital no|hosp no|hosp nr|hospital id|health plan id|" +
            "health id|health card|health insurance|" +
            "insurance id|insurance no|member id|member no|member number|" +
            "policy no|policy number|policy id|insurance policy|subscriber id|subscriber no|group no|beneficiary id|krankenkasse|versichertennummer|krankenversicherungsnummer|" +
            "kvnr|patientennummer|fallnummer|dossier medical|numero de dossier|historia clinica|cartella clinica|prontuario|nhc"),
        (Npi, "npi|national provider|national provider identifier|provider id|provider number|provider no"),
        (Dea, "dea|dea number|dea no|dea registration|prescriber"),
        (Mbi, "mbi|medicare|medicare beneficiary|medicare number|medicare id|hicn"),
        (Vin, "fin|quadro|chassisnummer|chassisnr|numero de quadro|telaio n|nr nadwozia|vin|vin number|vehicle identification|vehicle identification number|chassis|"
            + "chassis number|chassis no|fahrgestellnummer|fahrgestellnr|fahrgestell nr|fahrzeug identifizierungsnummer|numero de chassis|bastidor|telaio|chassi|vehicle"),
        (Imei, "imei|imei number|imei2|device imei|meid|imsi"),
        (Vehicle, "plate|plates|reg|tag|car|cars|van|lorry|truck|trailer|tractor|minibus|coach|taxi|cab|vehicle|vehicles|driver|motorbike|motorcycle|scooter|fahrzeug|auto|wagen|pkw|lkw|transporter|anhanger|fahrer|fahrerin|motorrad|voiture|vehicule|camion|camionnette|fourgon|remorque|conducteur|" +
            "conductrice|chauffeur|moto|coche|furgoneta|furgo|camion|remolque|conductor|conductora|vehiculo|taxista|macchina|automobile|vettura|furgone|autista|conducente|veicolo|rimorchio|bestelbus|bestelauto|bus|busje|vrachtwagen|bestuurder|voertuig|aanhanger|carrinha|carro|viatura|camiao|" +
            "motorista|condutor|condutora|veiculo|reboque|samochod|auto|ciezarowka|naczepa|przyczepa|kierowca|pojazd|bil|bilen|lastbil|skapbil|slap|forare|fordon|volvo|audi|bmw|vw|volkswagen|ford|transit|sprinter|vito|kangoo|ducato|opel|vauxhall|peugeot|renault|citroen|fiat|seat|skoda|toyota|" +
            "nissan|mercedes|tesla|kia|hyundai|mazda|honda|dacia|panda|golf|passat|polo|corsa|clio|berlingo|parked|parking|parkplatz|stationnement|aparcamiento|aparcado|parcheggio|geparkeerd|estacionamento|parkowanie"),
        (Plate, "tablica|tablice|numer rejestracyjny|license plate|licence plate|plate number|plate no|number plate|registration plate|registration number|vehicle registration|" +
            "reg no|reg number|registration|tag number|kennzeichen|kfz kennzeichen|nummernschild|immatriculation|immatricule|immatriculee|plaque|plaque d immatriculation|" +
            "matricula|placa|placas|targa|kenteken|rejestracja|nr rejestracyjny|plaka|registreringsnummer|regnr|rekisterinumero|госномер|车牌|車牌|ナンバー|차량번호|rego"),
        (Position, "lat|latitude|lon|lng|longitude|coordinates|coords|coordinate|gps|geo|geolocation|location|koordinaten|coordonnees|coordenadas|latlng|latlong|lat lng|"
            + "whereabouts|standort|ubicacion"),
        (Username, "username|user name|user|userid|user id|login|login name|logon|screen name|handle|nickname|nick|account name|benutzername|benutzer|nutzername|anmeldename|" +
            "identifiant|nom d utilisateur|usuario|nombre de usuario|nome utente|utente|gebruikersnaam|" +
            "kullanici adi|anvandarnamn|brukernavn|nazwa uzytkownika|用户名|ユーザー名|twitter|instagram|github|telegram|skype|discord|tiktok|snapchat"),
        (Birth, "born|dob|date of birth|birthday|birthdate|birth|geboren|geburtsdatum|ne le|nee le|nacimiento|nascimento|nato|nata"),
        (Secret, "password|passwort|pwd|pin|otp|passcode|secret|token|api key|apikey|access key|private key|code is|2fa|mot de passe|contrasena|senha"),
        (Address, "address|street|anschrift|adresse|direccion|endereco|indirizzo|apartment|suite|p o box|po box"),

        (NationalId, "national id|national id number|national identity|national identification|national identification number|nationalid|national no|national number|" +
            "identity number|identity no|identity card|identity document|id card|id card no|id card number|id number|id no|" +
            "citizen id|citizen number|citizenship number|personal id|personal number|personal identity|personal identification number|personal identity code|resident id|" +
            "resident registration|government id|govt id|state id|national insurance|nin|nric|nid|" +
            "personalausweis|personalausweisnummer|ausweisnummer|ausweis|carte d identite|cni|documento de identidad|documento nacional|documento|cedula|cedula de identidad|" +
            "cedula de ciudadania|carta d identita|bilhete de identidade|cartao de cidadao|identiteitskaart|" +
            "id kaart|dowod osobisty|nr dowodu|kimlik|kimlik no|henkilotunnus|personnummer|身份证|身份證|身份证号|证件号码|주민등록번호|บัตรประชาชน|nik|ktp|mykad|cccd|cmnd|can cuoc"),
        (TaxId, "tax id|tax id number|tax identification|tax identification number|taxpayer|taxpayer id|tin|tax no|tax number|tax file|tax file number|steuernummer|steuer id|" +
            "steueridentifikationsnummer|steuerliche identifikationsnummer|idnr|steuer idnr|stnr|nif|numero fiscal|" +
            "identification fiscale|codice fiscale|contribuinte|vergi|vergi no|vergi numarasi|fiscal code|fiscal number|tax ref|tax reference|nip|инн"),
        (SocialSecurity, "social security|social security number|social security no|social insurance|social insurance number|ssn|soc sec|social|sozialversicherungsnummer|" +
            "sozialversicherung|sv nummer|svnr|rentenversicherungsnummer|versicherungsnummer|securite sociale|" +
            "numero de securite sociale|seguridad social|seguro social|nss|afiliacion|previdenza|previdencia|niss|ahv|avs|insurance number"),

        (UnitedStates, "ssn|social security|social security number|itin|individual taxpayer|us tax id|taxpayer id|last four of social|w 2|w2|w 9|w9|1099"),
        (UnitedKingdom, "national insurance|national insurance number|national insurance no|ni number|ni no|nino|nin|utr|unique taxpayer reference|self assessment"),
        (UkNhs, "nhs|nhs number|nhs no|health number|chi number"),
        (Canada, "sin|social insurance|social insurance number|sin number|nas|numero d assurance sociale|ohip|health card|ramq"),
        (Germany, "steuer id|steueridentifikationsnummer|steuerliche identifikationsnummer|idnr|steuer idnr|steuernummer|stnr|sozialversicherungsnummer|" +
            "rentenversicherungsnummer|sv nummer|rvnr|personalausweis|personalausweisnummer|ausweisnummer|ausweis|perso|krankenversichertennummer|" +
            "krankenversicherungsnummer|versichertennummer|kvnr|krankenkasse|lanr|arztnummer|bsnr"),
        (Austria, "svnr|sozialversicherungsnummer|sv nummer|versicherungsnummer|e card"),
        (Switzerland, "ahv|avs|ahv nummer|ahv nr|ahvn13|numero avs|navs|sozialversicherungsnummer|oasi"),
        (France, "nir|insee|numero de securite sociale|securite sociale|secu|numero secu|n ss|carte vitale|numero fiscal|spi|cni|carte d identite"),
        (Spain, "dni|nif|nie|d n i|n i f|documento nacional de identidad|numero de identidad de extranjero|seguridad social|nuss|naf"),
        (Italy, "codice fiscale|cod fiscale|cod fisc|cf|c f|carta d identita|tessera sanitaria"),
        (Portugal, "nif|contribuinte|numero de contribuinte|numero fiscal|cartao de cidadao|bilhete de identidade|niss|utente|n utente"),
        (Netherlands, "bsn|burgerservicenummer|sofinummer|sofi nummer|burger service nummer"),
        (Belgium, "rijksregisternummer|rijksregister|registre national|numero national|nationaal nummer|insz|niss|rrn|numero de registre national"),
        (Luxembourg, "matricule|matricule nationale|cns"),
        (Ireland, "pps|ppsn|pps number|pps no|personal public service|rsi"),
        (Sweden, "personnummer|samordningsnummer|person nr|pnr|personnr|ssn"),
        (Norway, "fodselsnummer|fodselsnr|personnummer|fnr|d nummer|dnr"),
        (Denmark, "cpr|cpr nr|cpr nummer|cpr number|personnummer"),
        (Finland, "hetu|henkilotunnus|henkilotunnuksen|sotu|sosiaaliturvatunnus|personbeteckning"),
        (Iceland, "kennitala"),
        (Poland, "pesel|nr pesel|numer pesel|dowod|dowod osobisty|seria i numer|nip|nr dowodu"),
        (Czechia, "rodne cislo|r c|r. c|rodneho cisla|cislo obcanskeho prukazu|rodnym cislom|birth number"),
        (Hungary, "taj|taj szam|szemelyi szam|szemelyi azonosito|adoazonosito|adoazonosito jel|szemelyi igazolvany"),
        (Romania, "cnp|cod numeric personal|serie si numar|buletin"),
        (Bulgaria, "egn|егн|единен граждански номер|lnch|лнч"),
        (Greece, "amka|αμκα|afm|αφμ|tax registry|ταυτοτητα"),
        (Croatia, "oib|osobni identifikacijski broj|jmbg"),
        (Slovenia, "emso|davcna stevilka|davcna"),
        (Serbia, "jmbg|јмбг|maticni broj"),
        (Estonia, "isikukood|id code|personal code|isikukoodi"),
        (Latvia, "personas kods|personas koda"),
        (Lithuania, "asmens kodas|asmens koda"),
        (Ukraine, "ипн|рнокпп|іпн|rnokpp|ipn|ідентифікаційний|код платника"),
        (Russia, "инн|снилс|паспорт|snils|inn|серия|серия и номер"),
        (Kazakhstan, "иин|iin|жсн"),
        (Turkey, "tc|tc kimlik|t c kimlik|tckn|kimlik|kimlik no|kimlik numarasi|tc no|tc kimlik no|tc kimlik numarasi|vergi"),
        (Israel, "teudat zehut|id number|israeli id|תעודת זהות|ת ז|מספר זהות|ת\"ז"),
        (Emirates, "emirates id|eid|emirates id number|رقم الهوية|الهوية"),
        (Saudi, "iqama|iqama number|national id|saudi id|رقم الهوية|الإقامة|هوية"),
        (Egypt, "national id|egyptian id|raqam qawmi|الرقم القومي|رقم قومي"),
        (SouthAfrica, "id number|sa id|sa id number|rsa id|south african id|identity number|id no|id nommer"),
        (Nigeria, "nin|bvn|national identification number|bank verification number|national identity number"),
        (Kenya, "kra|kra pin|huduma|huduma number|national id|id no"),
        (Ghana, "ghana card|ghanacard|gha"),
        (India, "aadhaar|aadhar|adhaar|aadhaar number|aadhaar no|uid|uidai|vid|pan|pan card|pan no|pan number|permanent account number|voter id|epic|epic no|uan|gstin|आधार|"
            + "ration card|abha"),
        (Pakistan, "cnic|nic|nicop|nadra|cnic number|cnic no|شناختی کارڈ"),
        (Bangladesh, "nid|nid no|nid number|smart card|voter id"),
        (SriLanka, "nic|nic no|nic number"),
        (China, "身份证|身份证号|身份证号码|公民身份号码|证件号码|居民身份证|resident id|resident identity|id card|chinese id|shenfenzheng|证件号"),
        (HongKong, "hkid|hkid no|hk id|hong kong id|hong kong identity|香港身份證|身份證"),
        (Taiwan, "身分證|身分證字號|身份證字號|roc id|taiwan id|統一編號"),
        (Japan, "my number|mynumber|マイナンバー|個人番号|kojin bango|individual number"),
        (Korea, "rrn|resident registration|주민등록번호|주민번호|외국인등록번호|frn|jumin"),
        (Singapore, "nric|fin|nric fin|nric no|fin no|uinfin|singpass"),
        (Malaysia, "nric|mykad|ic no|ic number|no kp|no kad pengenalan|kad pengenalan|no ic"),
        (Thailand, "thai id|citizen id|บัตรประชาชน|เลขประจำตัวประชาชน|เลขบัตรประชาชน|tnin|national id"),
        (Indonesia, "nik|ktp|no ktp|e ktp|nomor induk kependudukan|npwp|kk|nomor kk"),
        (Philippines, "philsys|psn|pcn|philhealth|sss|sss no|sss number|umid|tin|pag ibig|crn|gsis"),
        (Vietnam, "cccd|cmnd|can cuoc|can cuoc cong dan|chung minh|so cccd|so cmnd"),
        (Australia, "tfn|tax file number|tax file no|abn|australian business number|medicare|medicare number|medicare no|medicare card|ihi|crn|centrelink"),
        (NewZealand, "ird|ird number|ird no|nhi|nhi number"),
        (Brazil, "cpf|cnpj|c p f|cpf cnpj|cadastro de pessoas fisicas|rg|pis|pis pasep|nis|titulo de eleitor|titulo|cns|cartao sus|cnh|renavam"),
        (Mexico, "curp|rfc|clave unica|registro federal de contribuyentes|nss|ine|clave de elector|imss"),
        (Argentina, "dni|cuit|cuil|documento|d n i"),
        (Chile, "rut|r u t|cedula de identidad|rol unico tributario"),
        (Colombia, "cedula|cedula de ciudadania|nit|tarjeta de identidad|documento"),
        (Peru, "dni|ruc|documento"),
        (Uruguay, "cedula|documento"),
        (Ecuador, "cedula|ruc"),
        (Venezuela, "cedula|rif"),
        (Paraguay, "cedula|ruc"),
        (DominicanRepublic, "cedula|rnc"),
        (CostaRica, "cedula|dimex"),
    ];

    /// <summary>Each word with all the kinds it belongs to.</summary>
    public static IEnumerable<KeyValuePair<string, CueSet>> All { get; } =
        [.. Table.SelectMany(row => row.Words.Split('|'), (row, word) => (word: Plain(word), row.Kind))
            .GroupBy(p => p.word, p => p.Kind, StringComparer.Ordinal)
            .Select(g => KeyValuePair.Create(g.Key, CueSet.Of([.. g])))];

    private static string Plain(string word) =>
        string.Concat(word.ToUpperInvariant().Select(c => c is '/' ? ' ' : c < LatinBases.Count ? LatinBases.Of(c) : c));
}
