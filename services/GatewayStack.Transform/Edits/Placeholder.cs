using System.Globalization;

namespace GatewayStack.Transform.Edits;

/// <summary>What stands where something was: its type and nothing of its value.</summary>
internal static class Placeholder
{
    /// <summary>Such as <c>[EMAIL]</c>.</summary>
    public static string For(string type) => $"[{type}]";

    /// <summary>Such as <c>[EMAIL_1]</c>.</summary>
    public static string For(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"[{type}_{number}]");
}
