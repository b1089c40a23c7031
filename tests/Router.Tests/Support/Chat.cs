using System.Text.Json;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Readings of an answer.</summary>
internal static class Chat
{
    public static async Task<string> BodyAsync(this HttpResponseMessage response) => await response.Content.ReadAsStringAsync(CancellationToken.None);

    public static string Header(this HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : string.Empty;

    public static string RequestId(this HttpResponseMessage response) => response.Header("x-request-id");

    /// <summary>The code of an error, in either shape.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.BodyAsync());
        var root = document.RootElement;
        return (root.TryGetProperty("error", out var error) ? error : root).GetProperty("code").GetString();
    }

    /// <summary>Reads until what was read holds a text, or the answer ends.</summary>
    public static async Task<string> ReadUntilAsync(this Stream stream, string text)
    {
        var read = new MemoryStream();
        var buffer = new byte[1024];
        while (!Texts.Text(read.ToArray()).Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, CancellationToken.None);
            if (count == 0)
            {
                break;
            }

            read.Write(buffer, 0, count);
        }

        return Texts.Text(read.ToArray());
    }
}
