using System.Text.Json;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Reads members of records that may be absent.</summary>
internal static class JsonMembers
{
    /// <summary>The text or number at a path such as <c>caller.client_name</c>; null when it is not there.</summary>
    public static string? Member(this JsonElement element, string path) => element.Find(path) is { } found ? found.ToString() : null;

    public static long Number(this JsonElement element, string path) => element.Find(path) is { ValueKind: JsonValueKind.Number } found ? found.GetInt64() : 0;

    public static JsonElement? Find(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
