namespace GatewayStack.Transform.Classification;

/// <summary>Labels that follow from what was found.</summary>
internal static class Labels
{
    public const string Pii = "pii";
    public const string Credentials = "credentials";
}
