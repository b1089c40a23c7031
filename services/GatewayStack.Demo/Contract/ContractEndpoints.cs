using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Issuer;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Providers;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayStack.Demo.Contract;

/// <summary>
/// A person's contract goes through the gateway to a model: shows side by side what was written, what the provider saw and what came back.
/// </summary>
internal sealed class ContractEndpoints(DemoAddresses addresses, DemoTokens tokens, TokenResources resources, GatewayClient gateway, RequestRecorder recorder)
{
    private const string Model = "smart-model";
    private const string MarkerLetters = "BCDFGHJKLMNPQRSTVWXZ";

    public void Map(IEndpointRouteBuilder demo) => demo.MapPost("/contract", ShowAsync);

    private async Task ShowAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context, DemoWire.Json.ContractRequest) is not { } request)
        {
            return;
        }

        if (DemoPerson.All.FirstOrDefault(p => p.User == request.User) is not { } person || (request.Text ?? SampleContracts.Of(person.User)) is not { } text)
        {
            var users = request.Text is null ? SampleContracts.Users : DemoPerson.All.Select(p => p.User);
            var besides = request.Text is null ? " Others may show a \"text\" of their own." : string.Empty;
            await DemoProblem.WriteAsync(context, StatusCodes.Status404NotFound, "Unknown user", $"\"user\" must be one of: {string.Join(", ", users)}.{besides}");
            return;
        }

        if (addresses.Gateway is not { } url)
        {
            await DemoProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No gateway", "The demo does not know its gateway yet.");
            return;
        }

        // By this the request is known again where it arrives.
        var marker = RandomNumberGenerator.GetString(MarkerLetters, 8);
        var written = $"Draft {marker}. {text}";
        var (status, answer) = await AskAsync(url, person, written, context.RequestAborted);
        var page = status == HttpStatusCode.OK
            ? Columns.Render([("what was written", written), Seen(marker), ("what came back", answer)])
            : Columns.Render([("what was written", written), ("what the provider saw", Seen(marker).Text), ($"what came back ({(int)status})", answer)]);
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(page, context.RequestAborted);
    }

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(Uri url, DemoPerson person, string text, CancellationToken cancellationToken)
    {
        var token = tokens.Mint(person, DemoClient.All[0].Id, resources.Audience(null)!, person.Scopes).AccessToken;
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(url, "/v1/chat/completions"))
        {
            Content = JsonContent.Create(new ContractQuestion(Model, [new ContractMessage("user", text)]), DemoWire.Json.ContractQuestion),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        using var response = await gateway.Http.SendAsync(message, cancellationToken);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var root = body.RootElement;
        return (response.StatusCode, response.IsSuccessStatusCode
            ? root.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!
            : root.GetProperty("error").GetProperty("message").GetString()!);
    }

    private (string Title, string Text) Seen(string marker)
    {
        foreach (var provider in (SimulatedProvider[])[SimulatedProvider.Cloud, SimulatedProvider.OnPrem])
        {
            if (recorder.Read(provider).Requests.LastOrDefault(r => r.Body?.Contains(marker, StringComparison.Ordinal) == true) is { Body: { } body })
            {
                using var request = JsonDocument.Parse(body);
                return ($"what {provider.Name} saw", request.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!);
            }
        }

        return ("what the provider saw", "nothing");
    }
}
