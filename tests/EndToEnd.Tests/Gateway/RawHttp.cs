using System.Net.Sockets;
using System.Text;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>Sends bytes as they are: what no HTTP client would send.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A request with a token and these header lines, byte by byte.</summary>
    public static string Get(Uri address, string target, string token, params string[] headers) =>
        string.Join("\r\n", [$"GET {target} HTTP/1.1", "Host: " + address.Authority, "Authorization: Bearer " + token, .. headers, string.Empty, string.Empty]);

    /// <summary>Everything that came back until the other side closed or nothing more came.</summary>
    public static async Task<string> SendAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Longest);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, deadline.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Reset, or kept open: what was read until then is the answer.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
