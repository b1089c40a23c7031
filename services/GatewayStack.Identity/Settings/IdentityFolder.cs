namespace GatewayStack.Identity.Settings;

internal static class IdentityFolder
{
    /// <summary>The module's folder below the configured data path, or below the user's own data.</summary>
    public static string Below(string? dataPath) => Path.Combine(
        string.IsNullOrWhiteSpace(dataPath) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "gatewaystack") : dataPath,
        "identity");
}
