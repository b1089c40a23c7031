using GatewayStack.Transform.Recognizers;

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
        EntityTypes.ApiKey => new(0.9, Labels.Credentials),
        EntityTypes.PrivateKey => new(0.95, Labels.Credentials),
        EntityTypes.ConnectionString => new(0.9, Labels.Credentials),
        EntityTypes.Password or EntityTypes.Secret => new(0.8, Labels.Credentials),
        EntityTypes.Jwt => new(0.8, Labels.Credentials),
        EntityTypes.UsSsn => new(0.8, Labels.Pii),
        EntityTypes.CreditCard => new(0.7, Labels.Pii),
        EntityTypes.Iban => new(0.6, Labels.Pii),
        EntityTypes.Email => new(0.3, Labels.Pii),
        EntityTypes.Phone => new(0.3, Labels.Pii),
        EntityTypes.Ip => new(0.15, Labels.Pii),
        _ => null,
    };

    /// <summary>The class of an operator's type: personal data, unless the row says by its label what it is.</summary>
    public static TypeClass OfOperator(bool labelled) => new(0.3, labelled ? null : Labels.Pii);
}
