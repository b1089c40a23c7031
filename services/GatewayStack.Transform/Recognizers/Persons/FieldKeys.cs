
namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>What a field holds, by its key.</summary>
internal enum FieldKind
{
    /// <summary>Not known.</summary>
    None,

    /// <summary>One part of a person's name.</summary>
    NamePart,

    /// <summary>A person's name.</summary>
    Name,

    /// <summary>A person's name, or that of something else.</summary>
    AnyName,

    /// <summary>A city, a country.</summary>
    Place,

    /// <summary>A company, an employer.</summary>
    Organization,

    /// <summary>A street, an address.</summary>
    Address,
}

/// <summary>Keys of fields, in sentences (<c>Patient name: ...</c>), JSON and YAML. Compared by their letters alone.</summary>
internal static class FieldKeys
{
    private const int Longest = 28;

    private static readonly WordTable<FieldKind> Kinds = Build(
        (FieldKind.NamePart,
            "firstname lastname givenname familyname surname middlename forename maidenname fname lname vorname nachname familienname geburtsname prénom prenom nomdefamille "
                + "nomdenaissance apellido "
            + "apellidos primerapellido segundoapellido cognome sobrenome primeironome voornaam achternaam imię imie nazwisko förnamn efternamn fornavn etternavn efternavn "
                + "etunimi sukunimi jméno příjmení имя "
            + "фамилия mothersmaidenname motherfirstname nickname preferredname"),
        (FieldKind.Name,
            "fullname customername patientname employeename clientname membername contactname accountholder accountholdername cardholder cardholdername nameoncard holdername "
                + "beneficiary "
            + "beneficiaryname insuredname insured policyholder guestname passengername passenger studentname teachername doctorname drivername sendername recipientname "
                + "recipient authorname ownername "
            + "managername realname legalname mothername mothersname fathername fathersname spousename spouse emergencycontact nextofkin parentname guardian guardianname "
                + "childname witness notary "
            + "applicant applicantname candidate candidatename interviewer interviewee patient physician attendingphysician attending surgeon attorney plaintiff defendant "
                + "employee supervisor "
            + "linemanager reportsto assignedto assignee requester requestor requestedby approvedby signedby preparedby reviewedby submittedby contactperson attn attention "
                + "accountmanager salesrep "
            + "tenantname landlord buyer seller borrower lender doctor nurse therapist billto shipto caller callername residentname resident claimant payee payer payername "
                + "payeename signatory signature "
            + "ansprechpartner kundenname kunde inhaber kontoinhaber empfänger absender mitarbeiter unterzeichner bearbeiter sachbearbeiter geschäftsführer patientin "
                + "vollständigername nometprénom nomcomplet "
            + "destinataire expéditeur titulaire nomprénom nombrecompleto nombreyapellidos titular paciente destinatario remitente firmado nomecompleto nominativo intestatario "
                + "paziente mittente "
            + "volledigenaam imięinazwisko imieinazwisko fullständigtnamn фио имяфамилия фамилияимяотчество ім'я імяпрізвище прізвищеімя піб піп jménoapříjmení příjmeníajméno menoapriezvisko név telesnév betegneve "
                + "kokonimi numeșiprenume numelecomplet adsoyad adısoyadı isimsoyisim imeiprezime imeinpriimek namalengkap họtên họvàtên ονοματεπώνυμο الاسم الاسمالكامل اسمالمريض اسمالعميل اسمالموظف "
                + "نام نامونامخانوادگی שםמלא שםהמטופל שםהלקוח नाम पूरानाम রোগীরনাম ชื่อสกุล ชื่อนามสกุล žadatel zadavatel zástupce pacient kontaktníosoba "
                + "žiadateľ igénylő kapcsolattartó hakija yhteyshenkilö solicitant başvuran ilgilikişi podnositelj solicitante requerente abertopor elaboradopor aanvrager contactpersoon ansøger kontaktperson заявитель получатель "
                + "отправитель контактноелицо заявник одержувач відправник مقدمالطلب المستلم المرسل المعرف المعرّف fullnameof visitorsfullname witnessname emergencycontactname hiringmanager primarycontact customer manager"),
        (FieldKind.AnyName,
            "name nom nombre nome naam namn navn nimi from to cc bcc sender author owner contact by host agent member client reporter speaker organizer attendee attendees "
                + "participants createdby "
            + "von an de para da displayname student teacher instructor guest user lead responsible maintainer creator editor presenter username contacto kontakt cliente replyto"),
        (FieldKind.Place,
            "city town village country county province municipality birthplace placeofbirth birthcity hometown homecity residence placeofresidence cityofbirth countryofbirth "
                + "ort stadt wohnort geburtsort "
            + "ville pays lieudenaissance lieu commune ciudad país pais provincia lugardenacimiento municipio città citta comune luogodinascita paese cidade naturalidade "
                + "localidade miasto miejsceurodzenia "
            + "stad woonplaats geboorteplaats город location basedin citytown countryofresidence billingcity shippingcity homecountry"),
        (FieldKind.Organization,
            "company companyname employer organization organisation organizationname business businessname firm firma arbeitgeber unternehmen entreprise société societe "
                + "employeur empresa "
            + "azienda società werkgever bedrijf currentemployer previousemployer school university hospital clinic insurer insurancecompany bankname"),
        (FieldKind.Address,
            "address homeaddress mailingaddress billingaddress shippingaddress deliveryaddress postaladdress streetaddress currentaddress residentialaddress permanentaddress "
                + "workaddress street street1 "
            + "address1 addressline1 addressline addr line1 anschrift adresse adressepostale straße strasse rue dirección direccion domicilio calle indirizzo residenza via "
                + "endereço endereco logradouro "
            + "adres ulica adress gatuadress osoite адрес адреса адресдоставки адрестел адреспроживания адресрегистрации адресапроживання адреспрописки adresa bydliště trvalébydliště bytem trvalébytem bydlisko lakcím lakás lakóhely "
                + "kotiosoite adresă domiciliu adresi ikametgâh ikametgah ikametadresi alamat địachỉ địachỉthườngtrú địachỉnhà διεύθυνση العنوان العنوانالحالي عنوانالسكن العنوانالدائم عنوان آدرس כתובת כתובתמגורים पता स्थायीपता वर्तमानपता ঠিকানা ที่อยู่ ที่อยู่ปัจจุบัน 地址 住址 收货地址 家庭地址 住所 ご住所 현주소 주소 "
                + "morada moradafiscal bostadsadress hemadress bopæl bopel businessaddress officeaddress companyaddress lieferadresse rechnungsadresse wohnadresse patientaddress customeraddress "
                + "shipto"));

    /// <summary>What the field holds whose key ends before <paramref name="colon"/>.</summary>
    public static FieldKind Of(ReadOnlySpan<char> text, int colon)
    {
        var end = colon;
        while (end > 0 && text[end - 1] is ' ' or '"' or '\'' or '*' or '_')
        {
            end--;
        }

        Span<char> letters = stackalloc char[Longest];
        var count = 0;
        var found = FieldKind.None;
        for (var at = end; at > 0; at--)
        {
            var c = text[at - 1];
            if (char.IsLetterOrDigit(c) || WordStart.IsMark(c))
            {
                if (count == Longest)
                {
                    return WholeOr(found, []);
                }

                letters[Longest - ++count] = c;
                continue;
            }

            // The longest key that ends here counts, up to what cannot be in one.
            if (count > 0 && Kinds.TryGetValue(letters[^count..], out var kind))
            {
                found = kind;
            }

            if (c is not (' ' or '_' or '-' or '\'' or '’') || (c == ' ' && at < 2))
            {
                return c is '.' or '$' or '@' or '/' or '\\' or ':' ? FieldKind.None : WholeOr(found, letters[^count..]);
            }
        }

        return WholeOr(found, letters[^count..]);
    }

    /// <summary>A word like <c>name</c> counts where it is all of the key: a <c>file name</c> is nobody's.</summary>
    private static FieldKind WholeOr(FieldKind found, ReadOnlySpan<char> key) =>
        key.Length > 0 && Kinds.TryGetValue(key, out var whole) ? whole : found is FieldKind.AnyName or FieldKind.Address ? FieldKind.None : found;

    private static WordTable<FieldKind> Build(params (FieldKind Kind, string Keys)[] lists)
    {
        var kinds = new Dictionary<string, FieldKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, keys) in lists)
        {
            foreach (var key in keys.Split(' '))
            {
                kinds.TryAdd(key, kind);
            }
        }

        return new WordTable<FieldKind>(kinds);
    }
}
