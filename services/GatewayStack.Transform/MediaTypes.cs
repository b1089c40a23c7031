namespace GatewayStack.Transform;

/// <summary>Media types that Transform treats apart.</summary>
internal static class MediaTypes
{
    /// <summary>True for JSON, with or without parameters.</summary>
    public static bool IsJson(ReadOnlySpan<char> mediaType)
    {
        var end = mediaType.IndexOf(';');
        var type = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
