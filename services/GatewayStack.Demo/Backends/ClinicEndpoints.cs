using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Backends;

/// <summary>What the clinic's own API takes.</summary>
internal sealed record ClinicQuestion(string? Model, string? Prompt);

internal sealed record ClinicAnswer(string Answer);

/// <summary>A customer's own chat API. It holds no provider key: it asks the gateway, with the assertion it was given and a secret of its own.</summary>
internal sealed class ClinicEndpoints(
    DemoServerOptions options, GatewayClient client, GatewayKeys keys, DemoAddresses addresses, TimeProvider time, ILogger<ClinicEndpoints> logger)
{
    public const string Name = "clinic";

    private readonly GatewayAssertionVerifier _verifier = new(Name, addresses, keys, time);

    public void Map(IEndpointRouteBuilder clinic) => clinic.MapPost("/chat", ChatAsync);

    private async Task ChatAsync(HttpContext context)
    {
        if (await BackendCaller.VerifyAsync(context, _verifier, addresses, "/backends/" + Name, logger) is null
            || await JsonBody.ReadAsync(context, DemoWire.Json.ClinicQuestion) is not { } question)
        {
            return;
        }

        if (question is not { Model: { Length: > 0 } model, Prompt: { Length: > 0 } prompt })
        {
            await DemoProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed request", "A question has a model and a prompt.");
            return;
        }

        using var call = Call(context.Request, model, prompt);
        try
        {
            using var response = await client.Http.SendAsync(call, context.RequestAborted);
            await AnswerAsync(context, response);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            DemoLog.GatewayUnreachable(logger, e.GetType().Name);
            await DemoProblem.WriteAsync(context, StatusCodes.Status502BadGateway, "No answer", "The clinic got no usable answer from the gateway.");
        }
    }

    // snippet: call-back
    private HttpRequestMessage Call(HttpRequest request, string model, string prompt)
    {
        var body = new JsonObject { ["model"] = model, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }) };
        var call = new HttpRequestMessage(HttpMethod.Post, new Uri(addresses.Gateway!, "v1/chat/completions")) { Content = JsonContent.Create(body) };
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Headers[GatewayAssertionVerifier.Header]);
        call.Headers.Add("Backend-Credential", $"{Name}:{options.ClinicSecret}");
        // endsnippet
        if (Activity.Current is null && request.Headers.TraceParent is [{ } parent])
        {
            // HttpClient passes the trace on by itself only where somebody records it.
            call.Headers.TryAddWithoutValidation("traceparent", parent);
        }

        return call;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage response)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonNode>(context.RequestAborted);
        if (response.IsSuccessStatusCode && Text(body?["choices"]?[0]?["message"]?["content"]) is { } answer)
        {
            await context.Response.WriteAsJsonAsync(new ClinicAnswer(answer), DemoWire.Json.ClinicAnswer, cancellationToken: context.RequestAborted);
            return;
        }

        if (response.Headers.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter.ToString();
        }

        var status = response.IsSuccessStatusCode ? StatusCodes.Status502BadGateway : (int)response.StatusCode;
        await DemoProblem.WriteAsync(context, status, "Refused", Text(body?["error"]?["message"]) ?? "The gateway refused the clinic's call.");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
