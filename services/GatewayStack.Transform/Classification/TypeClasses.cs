using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Codes;

namespace GatewayStack.Transform.Classification;

/// <summary>What a type means: personal or a credential, and how much it weighs in the risk score.</summary>
/// <param name="Weight">Risk of one certain finding, 0 to 1.</param>
/// <param name="Label">The label that follows from it; null when it is no personal data of its own.</param>
internal readonly record struct TypeClass(double Weight, string? Label);

/// <summary>The classes of all types.</summary>
internal static class TypeClasses
{
    /// <summary>The class of a built-in type; null for an operator's.</summary>
    public static TypeClass? Find(string type) => type switch
    {
        EntityTypes.PrivateKey or EntityTypes.ApiKey => new(0.9, Labels.Credentials),
        EntityTypes.Password or EntityTypes.Secret or EntityTypes.ConnectionString => new(0.9, Labels.Credentials),
        EntityTypes.Jwt => new(0.8, Labels.Credentials),
        EntityTypes.Passport or EntityTypes.DriverLicense or EntityTypes.MedicalRecord => new(0.7, Labels.Pii),
        EntityTypes.CreditCard or EntityTypes.Cvv => new(0.7, Labels.Pii),
        EntityTypes.Iban or EntityTypes.BankAccount => new(0.6, Labels.Pii),
        EntityTypes.DateOfBirth or EntityTypes.Address or EntityTypes.Crypto => new(0.4, Labels.Pii),
        EntityTypes.Email or EntityTypes.Phone or EntityTypes.Person => new(0.3, Labels.Pii),
        EntityTypes.Vin or EntityTypes.Imei or EntityTypes.LicensePlate or EntityTypes.Coordinates => new(0.3, Labels.Pii),
        EntityTypes.Username or EntityTypes.Url or EntityTypes.Nationality or EntityTypes.Age => new(0.2, Labels.Pii),
        EntityTypes.Ip or EntityTypes.Mac or EntityTypes.AbaRouting or EntityTypes.Swift => new(0.15, Labels.Pii),
        // A place or a company alone is nobody: "what is the capital of France?" has no personal data.
        EntityTypes.Location or EntityTypes.Organization => new(0.05, null),
        _ => NationalRows.Types.Contains(type) ? new(0.8, Labels.Pii) : null,
    };

    /// <summary>The class of an operator's type: personal data, unless the row says by its label what it is.</summary>
    public static TypeClass OfOperator(bool labelled) => new(0.3, labelled ? null : Labels.Pii);
}
