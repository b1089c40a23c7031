namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>Groups of types that are reported together.</summary>
internal static class TypeGroups
{
    private static readonly Dictionary<string, string> Groups = Of(
        ("persons", "PERSON"),
        ("places", "LOCATION ADDRESS COORDINATES"),
        ("organisations", "ORGANIZATION"),
        ("phones", "PHONE"),
        ("cards and bank numbers", "CREDIT_CARD CVV IBAN SWIFT ABA_ROUTING BANK_ACCOUNT CRYPTO"),
        ("e-mail, URL, IP", "EMAIL URL IP MAC"),
        ("user names", "USERNAME"),
        ("dates and ages", "DATE_OF_BIRTH AGE"),
        ("nationality", "NATIONALITY"),
        ("documents", "PASSPORT DRIVER_LICENSE MEDICAL_RECORD"),
        ("devices and vehicles", "VIN IMEI LICENSE_PLATE"),
        ("credentials", "API_KEY JWT PRIVATE_KEY CONNECTION_STRING PASSWORD SECRET"));

    /// <summary>The group of a type; a type with a country before it is a national identifier.</summary>
    public static string Of(string type)
    {
        if (Groups.TryGetValue(type, out var group))
        {
            return group;
        }

        return type.Length > 3 && type[2] == '_' && char.IsAsciiLetterUpper(type[0]) && char.IsAsciiLetterUpper(type[1]) ? "national identifiers" : "others";
    }

    private static Dictionary<string, string> Of(params (string Group, string Types)[] groups) =>
        groups.SelectMany(g => g.Types.Split(' ').Select(t => (Type: t, g.Group))).ToDictionary(t => t.Type, t => t.Group, StringComparer.Ordinal);
}
