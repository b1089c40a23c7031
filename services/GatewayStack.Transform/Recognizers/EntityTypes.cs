namespace GatewayStack.Transform.Recognizers;

/// <summary>Types of what the table finds; they stand in findings, policies, placeholders and metrics. National ids are named by their rows.</summary>
internal static class EntityTypes
{
    // Persons, and where they are.
    public const string Person = "PERSON";
    public const string Location = "LOCATION";
    public const string Organization = "ORGANIZATION";
    public const string Address = "ADDRESS";
    public const string DateOfBirth = "DATE_OF_BIRTH";
    public const string Age = "AGE";
    public const string Nationality = "NATIONALITY";
    public const string Coordinates = "COORDINATES";

    // How they are reached.
    public const string Phone = "PHONE";
    public const string Email = "EMAIL";
    public const string Url = "URL";
    public const string Username = "USERNAME";
    public const string Ip = "IP";
    public const string Mac = "MAC";

    // Their money.
    public const string CreditCard = "CREDIT_CARD";
    public const string Cvv = "CVV";
    public const string Iban = "IBAN";
    public const string Swift = "SWIFT";
    public const string AbaRouting = "ABA_ROUTING";
    public const string BankAccount = "BANK_ACCOUNT";
    public const string Crypto = "CRYPTO";

    // Their papers and things.
    public const string Passport = "PASSPORT";
    public const string DriverLicense = "DRIVER_LICENSE";
    public const string MedicalRecord = "MEDICAL_RECORD";
    public const string Vin = "VIN";
    public const string Imei = "IMEI";
    public const string LicensePlate = "LICENSE_PLATE";
    public const string UsSsn = "US_SSN";

    // Credentials.
    public const string ApiKey = "API_KEY";
    public const string Jwt = "JWT";
    public const string PrivateKey = "PRIVATE_KEY";
    public const string ConnectionString = "CONNECTION_STRING";
    public const string Password = "PASSWORD";
    public const string Secret = "SECRET";
}
