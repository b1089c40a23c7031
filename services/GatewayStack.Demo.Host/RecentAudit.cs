using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace GatewayStack.Demo.Host;

/// <summary>
/// <c>GET /demo/audit</c>: the audit of the last minutes as the demo's auditor reads it, for a link in a browser, which cannot carry a token. Reading it is on record, too.
/// </summary>
internal sealed class RecentAudit(HttpClient http, Uri gateway, TimeProvider time)
{
    private const int DefaultMinutes = 15;
    private const int MostMinutes = 24 * 60;

    /// <summary>Answers with what the gateway answers; <c>minutes</c> says how far back, 15 unless said, at most a day.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var minutes = int.TryParse(context.Request.Query["minutes"], out var asked) ? Math.Clamp(asked, 1, MostMinutes) : DefaultMinutes;
        try
        {
            using var token = await http.PostAsJsonAsync(new Uri(gateway, "/demo/token"), new JsonObject { ["user"] = "audrey" }, context.RequestAborted);
            token.EnsureSuccessStatusCode();
            var issued = await token.Content.ReadFromJsonAsync<JsonObject>(context.RequestAborted);
            var from = (time.GetUtcNow() - TimeSpan.FromMinutes(minutes)).UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, "/audit/events?limit=100&from=" + Uri.EscapeDataString(from)));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issued?["access_token"]?.GetValue<string>());
            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            context.Response.Headers.CacheControl = "no-store";
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException e)
        {
            await Results.Problem($"The gateway at {gateway} does not answer: {e.Message}", statusCode: StatusCodes.Status502BadGateway).ExecuteAsync(context);
        }
    }
}
