using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>Asks a stack's front door as one of the demo's people.</summary>
internal sealed class StackClient(Uri frontDoor) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = frontDoor, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks the medical model.</summary>
    public async Task<(int Status, string Text)> ChatAsync(string user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "gpt-4-medical", messages = new[] { new { role = "user", content = "Is aspirin safe after surgery?" } } }),
        };
        return await SendAsync(request, user, cancellationToken);
    }

    /// <summary>Reads something.</summary>
    public async Task<(int Status, string Text)> GetAsync(string path, string? user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, user, cancellationToken);
    }

    /// <summary>How many events of a type the auditor sees.</summary>
    public async Task<int> CountAsync(string type, CancellationToken cancellationToken)
    {
        var (status, text) = await GetAsync("/audit/events?limit=1000&type=" + type, "audrey", cancellationToken);
        status.ShouldBe(200, text);
        return JsonNode.Parse(text)!["events"]!.AsArray().Count;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Status, string Text)> SendAsync(HttpRequestMessage request, string? user, CancellationToken cancellationToken)
    {
        if (user is not null)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, "/demo/token") { Content = JsonContent.Create(new { user }) };
            asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
            using var token = await _http.SendAsync(asked, cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.Content.ReadAsStringAsync(cancellationToken));
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
