using System.Text.Json;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>What stands beside the data of a file.</summary>
/// <param name="MediaType">Its media type, where it is not in the data.</param>
/// <param name="FileName">Its name.</param>
internal sealed record FilePart(string? MediaType, string? FileName)
{
    private const string Data = "file_data";

    /// <summary>The file whose data is a member of an object; null where the member is no file's data. <c>{"file_data":"data:...","filename":"a.txt"}</c>, or
    /// <c>{"type":"base64","media_type":"text/plain","data":"..."}</c>.</summary>
    public static FilePart? Find(JsonElement owner, string member) => member switch
    {
        Data => new FilePart(null, Text(owner, "filename")),
        "data" when Text(owner, "type") == "base64" && Text(owner, "media_type") is { } mediaType => new FilePart(mediaType, null),
        _ => null,
    };

    /// <summary>True for a part that has its file in it, and does not only name one.</summary>
    public static bool HasData(string member, JsonElement part) =>
        member is "file" or "input_file" && part.ValueKind == JsonValueKind.Object && part.TryGetProperty(Data, out var data) && data.ValueKind == JsonValueKind.String;

    private static string? Text(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
