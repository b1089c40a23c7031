using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>The table's rows for columns: below a head that says what stands there, a value needs no word of its own.</summary>
internal static class ColumnRows
{
    private const int Window = 800;
    private const int Lines = 10;

    /// <summary>A year alone, which queens of bees and coins have too.</summary>
    private const int Year = 4;
    private const double YearScore = 0.8;

    private static readonly string[] Codes =
    [
        "pin", "unlocks with", "unlock", "key safe", "keysafe", "lockbox", "alarm", "safe", "padlock", "combination", "alarme", "alarma", "alarmcode", "keypad", "door code",
        "door_code", "locker code", "locker_code", "gate code", "alarm code", "alarm_code", "access code", "access_code", "entry code", "safe code", "panel", "türcode",
        "zugangscode", "digicode", "código puerta", "clave",
        "toegangscode", "kod dostępu", "portkod",
    ];

    private static readonly CellCheck Birth = ColumnValues.IsBirth;
    private static readonly Glance MayBeHead = TableReader.MayBeHead;
    private static readonly Glance IsName = ColumnValues.IsName;

    public static ImmutableArray<Recognizer> All { get; } =
    [
        .. Column("birth-column", EntityTypes.DateOfBirth, ColumnHeads.Births, Birth, 0.9),
        .. Column("age-column", EntityTypes.Age, ColumnHeads.Ages, ColumnValues.IsAge, 0.75, static (in head) => !ColumnHeads.IsOfThings(head)),
        .. Column("login-column", EntityTypes.Username, ColumnHeads.Logins, ColumnValues.IsLogin, 0.8),
        .. Column("weak-login-column", EntityTypes.Username, ColumnHeads.WeakLogins, ColumnValues.IsWeakLogin, 0.7),
        .. Column("handle-column", EntityTypes.Username, ColumnHeads.Handles, ColumnValues.IsHandle, 0.75),
        .. Column("passport-column", EntityTypes.Passport, ColumnHeads.Passports, ColumnValues.IsNumber, 0.85),
        .. Column("license-column", EntityTypes.DriverLicense, ColumnHeads.Licenses, ColumnValues.IsNumber, 0.85),
        .. Column("chart-column", EntityTypes.MedicalRecord, ColumnHeads.Charts, ColumnValues.IsChart, 0.85),
        .. Column("weak-passport-column", EntityTypes.Passport, ColumnHeads.WeakPassports, ColumnValues.IsMixedNumber, 0.8, ColumnHeads.IsOfPersons),
        .. Column("weak-chart-column", EntityTypes.MedicalRecord, ColumnHeads.WeakCharts, ColumnValues.IsChart, 0.8, ColumnHeads.IsOfPatients),
        .. Column("nationality-column", EntityTypes.Nationality, ColumnHeads.Nationalities, ColumnValues.IsNationality, 0.96),
        .. Column("account-column", EntityTypes.BankAccount, ColumnHeads.Accounts, ColumnValues.IsAccount, 0.8),
        .. Column("swift-column", EntityTypes.Swift, ColumnHeads.BankCodes, ColumnValues.IsBankCode, 0.9),
        .. Column("position-column", EntityTypes.Coordinates, ColumnHeads.Positions, ColumnValues.IsPosition, 0.8),
        .. Column("phone-column", EntityTypes.Phone, ColumnHeads.Phones, ColumnValues.IsPhone, 0.8),
        .. Column("plate-column", EntityTypes.LicensePlate, ColumnHeads.Plates, ColumnValues.IsPlate, 0.8),
        .. Column("street-column", EntityTypes.Address, ColumnHeads.Streets, ColumnPlaces.IsStreet, 0.8),
        .. Column("postcode-column", EntityTypes.Address, ColumnHeads.Postcodes, ColumnPlaces.IsPostcode, 0.75),
        .. Column("person-column", EntityTypes.Person, ColumnHeads.Persons, ColumnNames.IsPerson, 0.75),
        .. Column("name-column", EntityTypes.Person, ColumnHeads.AnyNames, ColumnNames.IsKnownPerson, 0.75, ColumnHeads.IsOfPersons),
        .. Column("surname-column", EntityTypes.Person, ColumnHeads.Surnames, ColumnNames.IsPerson, 0.75, ColumnHeads.AreGivenNamesApart),
        .. Column("organization-column", EntityTypes.Organization, ColumnHeads.Organizations, ColumnNames.IsOrganization, 0.7),
        .. Column("code-column", EntityTypes.Password, Codes, ColumnValues.IsCode, 0.8),
    ];

    /// <summary>A kind of column. What the table says besides may refuse it: a list of wares has names too, and machines have an age.</summary>
    private static IEnumerable<Recognizer> Column(string name, string type, string[] heads, CellCheck check, double score, HeadCheck? where = null) =>
        Enumerable.Range(0, Lines).Select(line => new Recognizer
        {
            Name = $"{name}-{line + 1}",
            Type = type,
            Gate = Gate.Keyword,
            Keywords = heads,
            Body = CredentialAlphabets.Any,
            MaxLength = Window,
            Before = 128,
            WholeWord = true,
            Glance = MayBeHead,
            Score = score,
            Outlook = (in Match soFar, int _) => Outlook(soFar, line),
            Verify = (in Match match) => Verify(match, line, check, where, score),
        });

    /// <summary>The cell stands below its head, in its own column.</summary>
    private static int? Outlook(in Match soFar, int line)
    {
        var cell = TableReader.Read(soFar, line, IsName, open: true);
        var aligned = cell.Start < 0 && (!soFar.Text[soFar.Start..].ContainsAny('\n', '\r') || IsName(soFar.Text, soFar.Start, soFar.Length))
            ? AlignedColumns.Read(soFar, line, open: true) : TableCell.None;
        return (cell.OutlookOf(soFar), aligned.OutlookOf(soFar)) switch
        {
            (null, var other) => other,
            (var one, null) => one,
            var (one, other) => Math.Min(one.Value, other.Value),
        };
    }

    private static Verdict Verify(in Match match, int line, CellCheck check, HeadCheck? where, double score)
    {
        var cell = TableReader.Read(match, line, IsName);
        if (cell.Start < 0 && IsName(match.Text, match.Start, match.Length))
        {
            cell = AlignedColumns.Read(match, line);
        }

        return cell.Start >= 0 && (where is null || where(match)) && check(match.Text.Slice(cell.Start, cell.Length), out var length)
            ? new Verdict(length, check == Birth && length == Year ? YearScore : score) { Offset = cell.Start - match.Start }
            : Verdict.No;
    }
}
