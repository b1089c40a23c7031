namespace GatewayStack.Transform.Recognizers;

/// <summary>Types of what the table finds; they stand in findings, policies, placeholders and metrics.</summary>
internal static class EntityTypes
{
    public const string ApiKey = "API_KEY";
    public const string CreditCard = "CREDIT_CARD";
    public const string Email = "EMAIL";
    public const string Iban = "IBAN";
    public const string Ip = "IP";
    public const string Jwt = "JWT";
    public const string Phone = "PHONE";
    public const string UsSsn = "US_SSN";
    public const string PrivateKey = "PRIVATE_KEY";
    public const string ConnectionString = "CONNECTION_STRING";
    public const string Password = "PASSWORD";
    public const string Secret = "SECRET";
}
