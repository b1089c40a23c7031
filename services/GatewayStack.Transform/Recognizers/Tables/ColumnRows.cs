using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>The table's rows for columns: below a head that says what stands there, a value needs no word of its own.</summary>
internal static class ColumnRows
{
    private const int Window = 560;
    private const int Lines = 6;

    private static readonly string[] Births =
    [
        "dob", "d.o.b.", "date of birth", "date_of_birth", "dateofbirth", "birthdate", "birth_date", "birth date", "birthday", "born", "geboren", "geb.", "geb", "geburtsdatum",
        "geburtstag", "date de naissance", "naissance", "né le", "née le",
        "fecha de nacimiento", "fecha nac", "f. nac", "nacimiento", "data di nascita", "nascita", "nato il", "data de nascimento", "nascimento", "geboortedatum",
        "data urodzenia", "ur.", "född", "födelsedatum", "fødselsdato",
    ];

    private static readonly string[] Ages = ["age", "alter", "âge", "edad", "età", "idade", "leeftijd", "wiek", "ålder", "alder"];

    private static readonly string[] Logins =
    [
        "login", "username", "user name", "user_name", "user id", "user", "account", "handle", "nick", "nickname", "benutzer", "benutzername", "kennung", "anmeldename",
        "usuario", "utente", "nome utente", "identifiant", "gebruiker",
        "gebruikersnaam", "użytkownik", "nazwa użytkownika", "användare", "användarnamn", "utilizador", "usuário",
    ];

    private static readonly string[] Passports =
    [
        "passport", "passport no", "passport number", "passport_no", "id card", "id no", "id number", "reisepass", "passnummer", "ausweis", "ausweisnummer", "passeport",
        "carte d'identité", "pasaporte", "documento", "passaporto", "carta d'identità",
        "passaporte", "paspoort", "paszport", "dowód", "nr dowodu", "pass",
    ];

    private static readonly string[] Licenses =
    [
        "license", "licence", "license no", "licence no", "driver license", "driving licence", "drivers license", "dl no", "führerschein", "permis", "licencia", "carnet",
        "patente", "carta de condução", "rijbewijs", "prawo jazdy", "körkort",
    ];

    private static readonly string[] Charts =
    [
        "mrn", "chart", "chart no", "patient id", "patient_id", "patient no", "hospital no", "member id", "policy no", "patientennummer", "fallnummer", "versichertennummer",
        "versichertennr", "dossier", "nhc", "historia", "cartella", "patiëntnummer",
        "numer pacjenta", "journalnummer",
    ];

    private static readonly string[] Codes =
    [
        "pin", "unlocks with", "unlock", "key safe", "keysafe", "lockbox", "alarm", "safe", "padlock", "combination", "alarme", "alarma", "alarmcode", "keypad", "door code",
        "door_code", "locker code", "locker_code", "gate code", "alarm code", "alarm_code", "access code", "access_code", "entry code", "safe code", "panel", "türcode",
        "zugangscode", "digicode", "código puerta", "clave",
        "toegangscode", "kod dostępu", "portkod",
    ];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        .. Column("birth-column", EntityTypes.DateOfBirth, Births, ColumnValues.IsBirth, 0.9),
        .. Column("age-column", EntityTypes.Age, Ages, ColumnValues.IsAge, 0.75),
        .. Column("login-column", EntityTypes.Username, Logins, ColumnValues.IsLogin, 0.8),
        .. Column("passport-column", EntityTypes.Passport, Passports, ColumnValues.IsNumber, 0.85),
        .. Column("license-column", EntityTypes.DriverLicense, Licenses, ColumnValues.IsNumber, 0.85),
        .. Column("chart-column", EntityTypes.MedicalRecord, Charts, ColumnValues.IsNumber, 0.85),
        .. Column("code-column", EntityTypes.Password, Codes, ColumnValues.IsCode, 0.8),
    ];

    private static IEnumerable<Recognizer> Column(string name, string type, string[] heads, CellCheck check, double score) =>
        Enumerable.Range(0, Lines).Select(line => new Recognizer
        {
            Name = $"{name}-{line + 1}",
            Type = type,
            Gate = Gate.Keyword,
            Keywords = heads,
            Body = CredentialAlphabets.Any,
            MaxLength = Window,
            Before = 128,
            Glance = TableReader.MayBeHead,
            Score = score,
            Verify = (in Match match) => Verify(match, line, check, score),
        });

    private static Verdict Verify(in Match match, int line, CellCheck check, double score)
    {
        var cell = TableReader.Read(match, line, static (head, keyword, length) => ColumnValues.IsName(head, keyword, length));
        return cell.Start >= 0 && check(match.Text.Slice(cell.Start, cell.Length), out var length) ? new Verdict(length, score) { Offset = cell.Start - match.Start } : Verdict.No;
    }
}
