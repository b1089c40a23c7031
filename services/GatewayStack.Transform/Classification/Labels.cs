using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification;

/// <summary>Labels that follow from what was found.</summary>
internal static class Labels
{
    public const string Pii = ContentLabels.PersonalData;
    public const string Credentials = ContentLabels.Credentials;
}
