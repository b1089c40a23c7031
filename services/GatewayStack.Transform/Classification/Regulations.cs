using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification;

/// <summary>Which rules speak of a type: a fact for policies, no legal advice.</summary>
internal static class Regulations
{
    private static readonly ImmutableArray<string> Personal = [ContentLabels.Gdpr];
    private static readonly ImmutableArray<string> Card = [ContentLabels.Gdpr, ContentLabels.Pci];
    private static readonly ImmutableArray<string> Health = [ContentLabels.Gdpr, ContentLabels.Hipaa];

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
