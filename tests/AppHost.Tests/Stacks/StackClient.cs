using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>
/// Asks a stack's front door as one of the demo's people. A machine that starts a stack is busy, and deadlines are milliseconds: "try again in a moment" is taken at its word.
/// </summary>
internal sealed class StackClient(Uri frontDoor) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = frontDoor, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks the medical model.</summary>
    public Task<(int Status, string Text)> ChatAsync(string user, CancellationToken cancellationToken) => AnswerAsync(
        () => new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "gpt-4-medical", messages = new[] { new { role = "user", content = "Is aspirin safe after surgery?" } } }),
        },
        user,
        cancellationToken);

    /// <summary>Reads something.</summary>
    public Task<(int Status, string Text)> GetAsync(string path, string? user, CancellationToken cancellationToken) =>
        AnswerAsync(() => new HttpRequestMessage(HttpMethod.Get, path), user, cancellationToken);

    /// <summary>How many events of a type the auditor sees.</summary>
    public async Task<int> CountAsync(string type, CancellationToken cancellationToken)
    {
        var (status, text) = await GetAsync("/audit/events?limit=1000&type=" + type, "audrey", cancellationToken);
        status.ShouldBe(200, text);
        return JsonNode.Parse(text)!["events"]!.AsArray().Count;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(int Status, string Text)> AnswerAsync(Func<HttpRequestMessage> ask, string? user, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            using var request = ask();
            var answer = await SendAsync(request, user, cancellationToken);
            if (answer.Status != 503 || limit.IsCancellationRequested)
            {
                return answer;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<(int Status, string Text)> SendAsync(HttpRequestMessage request, string? user, CancellationToken cancellationToken)
    {
        if (user is not null)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Post, "/demo/token") { Content = JsonContent.Create(new { user }) };
            asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
            using var token = await _http.SendAsync(asked, cancellationToken);
            var text = await token.Content.ReadAsStringAsync(cancellationToken);
            if (!token.IsSuccessStatusCode)
            {
                return ((int)token.StatusCode, text);
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
