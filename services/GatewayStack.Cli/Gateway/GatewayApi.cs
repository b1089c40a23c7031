using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Http;

namespace GatewayStack.Cli.Gateway;

/// <summary>Calls a gateway's own endpoints as somebody. What it refuses ends the command with the gateway's own words.</summary>
internal sealed class GatewayApi : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _scope;

    /// <param name="address">Where it listens.</param>
    /// <param name="source">Whose tokens.</param>
    /// <param name="scope">The scope that its endpoints ask for, to be said where it is missing.</param>
    /// <param name="time">The clock.</param>
    public GatewayApi(Uri address, ITokenSource source, string scope, TimeProvider time)
    {
        if (!SafeAddress.IsSafe(address))
        {
            throw new CommandException(ExitCodes.BadInput, $"{address.OriginalString} is neither https nor on this machine: a token is not sent there.");
        }

        _scope = scope;
        var transport = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) };
        _http = new HttpClient(new CredentialHandler(new RenewingCredential(address, source, time), transport)) { BaseAddress = address, Timeout = Longest };
    }

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, content: null, type, cancellationToken);

    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await SendAsync(method, path, content, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCodes.Refused, $"{_http.BaseAddress} does not answer as a gateway does: is it the address that you meant?");
        }
    }

    /// <summary>Sends a request and returns the body of its answer.</summary>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? body : throw Refusal(response.StatusCode, body);
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(ExitCodes.Unreachable, $"{_http.BaseAddress} cannot be reached ({e.HttpRequestError}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.Unreachable, $"{_http.BaseAddress} gave no answer within {Longest.TotalSeconds:0} seconds.");
        }
    }

    public static HttpContent Json<T>(T document, JsonTypeInfo<T> type) => JsonContent.Create(document, type);

    public void Dispose() => _http.Dispose();

    private CommandException Refusal(HttpStatusCode status, byte[] body)
    {
        var problem = Parse(body);
        var lines = (List<string>)[problem?.Detail ?? problem?.Title ?? $"{_http.BaseAddress} answered {(int)status}."];
        lines.AddRange((problem?.Errors ?? []).Select(e => $"  {e.Key}: {e.Problem}{(e.Remedy is null ? string.Empty : $"; {e.Remedy}")}"));
        if (status == HttpStatusCode.Forbidden && problem?.Code == "insufficient_scope")
        {
            lines.Add($"Sign in for it: gatewaystack login --scope \"{_scope}\"");
        }

        var code = status == HttpStatusCode.Unauthorized ? ExitCodes.SignInNeeded : (int)status >= 500 ? ExitCodes.Unreachable : ExitCodes.Refused;
        return new CommandException(code, string.Join(Environment.NewLine, lines.Select(Plain)));
    }

    private static Problem? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, GatewayJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
