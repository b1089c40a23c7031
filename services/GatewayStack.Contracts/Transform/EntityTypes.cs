using System.Collections.Frozen;
using System.Reflection;

namespace GatewayStack.Contracts.Transform;

/// <summary>Types of what is built in; they stand in findings, policies, settings, placeholders and metrics. A row of the table that finds another one fails a test.</summary>
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

    /// <summary>Numbers that states give to persons: the country (ISO 3166, or UK) and what it calls the number.</summary>
    public static readonly FrozenSet<string> National = new[]
    {
        UsSsn,
        "US_ITIN", "US_NPI", "US_DEA", "US_MBI", "CA_SIN", "CA_HEALTH", "UK_NINO", "UK_NHS", "UK_UTR", "IE_PPS", "DE_TAX_ID", "DE_TAX_NUMBER",
        "DE_SOCIAL_SECURITY", "DE_HEALTH_INSURANCE", "DE_ID_CARD", "AT_SVNR", "CH_AHV", "FR_NIR", "FR_TAX_ID", "FR_ID_CARD", "ES_NIF", "ES_NIE",
        "ES_NSS", "IT_FISCAL_CODE", "IT_ID_CARD", "PT_NIF", "PT_ID_CARD", "PT_NISS", "NL_BSN", "BE_NATIONAL_NUMBER", "LU_NATIONAL_NUMBER",
        "SE_PERSONNUMMER", "NO_FODSELSNUMMER", "DK_CPR", "FI_HETU", "IS_KENNITALA", "PL_PESEL", "PL_NIP", "PL_ID_CARD", "CZ_BIRTH_NUMBER", "HU_TAJ",
        "HU_TAX_ID", "HU_PERSONAL_ID", "RO_CNP", "BG_EGN", "GR_AMKA", "GR_AFM", "HR_OIB", "RS_JMBG", "SI_TAX_ID", "EE_ISIKUKOOD", "LT_ASMENS_KODAS",
        "LV_PERSONAS_KODS", "UA_RNOKPP", "RU_INN", "RU_SNILS", "TR_NATIONAL_ID", "IL_ID", "AE_EMIRATES_ID", "SA_NATIONAL_ID", "EG_NATIONAL_ID",
        "ZA_ID", "NG_NIN", "KE_KRA_PIN", "KE_ID", "GH_CARD", "KZ_IIN", "IN_AADHAAR", "IN_PAN", "IN_VOTER", "IN_GSTIN", "PK_CNIC", "BD_NID", "LK_NIC",
        "CN_RESIDENT_ID", "HK_ID", "TW_ID", "JP_MY_NUMBER", "KR_RRN", "SG_NRIC", "MY_NRIC", "TH_NATIONAL_ID", "ID_NIK", "ID_NPWP", "PH_TIN", "PH_SSS",
        "PH_PHILSYS", "VN_CCCD", "VN_CMND", "AU_TFN", "AU_ABN", "AU_MEDICARE", "NZ_IRD", "NZ_NHI", "BR_CPF", "BR_CNPJ", "BR_RG", "BR_PIS", "BR_SUS",
        "MX_CURP", "MX_RFC", "MX_NSS", "AR_CUIT", "AR_DNI", "CL_RUT", "CO_CEDULA", "CO_NIT", "PE_RUC", "PE_DNI", "UY_CEDULA", "EC_CEDULA",
        "VE_CEDULA", "PY_CEDULA", "DO_CEDULA", "CR_CEDULA", "NATIONAL_ID",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static readonly FrozenSet<string> All = typeof(EntityTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
        .Select(f => (string)f.GetRawConstantValue()!).Concat(National).ToFrozenSet(StringComparer.Ordinal);
}
