using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Classification;

/// <summary>Which rules speak of a type: a fact for policies, no legal advice.</summary>
internal static class Regulations
{
    private const string Gdpr = "gdpr";
    private const string Hipaa = "hipaa";
    private const string Pci = "pci";

    private static readonly ImmutableArray<string> Personal = [Gdpr];
    private static readonly ImmutableArray<string> Card = [Gdpr, Pci];
    private static readonly ImmutableArray<string> Health = [Gdpr, Hipaa];

    /// <summary>The labels of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="label">The label that follows from it.</param>
    public static ImmutableArray<string> Of(string type, string? label) => type switch
    {
        EntityTypes.CreditCard or EntityTypes.Cvv => Card,
        // HIPAA is a law of the United States: the health numbers of other countries are personal data under theirs.
        EntityTypes.MedicalRecord or "US_NPI" or "US_DEA" or "US_MBI" => Health,
        _ => label == Labels.Pii ? Personal : [],
    };
}
