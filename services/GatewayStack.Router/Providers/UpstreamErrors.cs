using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>Hands a provider's error on: its words where they are about the request, ours where they are about the provider or our key.</summary>
internal static class UpstreamErrors
{
    private const int MaxErrorBytes = 64 * 1024;
    private const int MaxCode = 48;

    public static async Task RelayAsync(Exchange exchange, AttemptRun run, HttpResponseMessage response, int status, CancellationToken cancellationToken)
    {
        var (answered, refusal) = status switch
        {
            429 => (429, new Refusal
            {
                Status = 429,
                Code = "upstream_rate_limited",
                Message = "The model provider is over its own rate limit. Try again later.",
                RetryAfter = response.Headers.RetryAfter?.Delta is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(5),
            }),
            401 or 403 => (502, Failed("The model provider does not accept the gateway's key. Ask your administrator.")),
            408 or >= 500 => (502, Failed("The model provider failed on this request. Try again.")),
            < 400 => (502, Failed("The model provider gave an answer that is not one.")),
            _ => (status, (Refusal?)null),
        };
        run.Finish(EventOutcomes.Failed, answered, "upstream_" + status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (refusal is null && await ReadAsync(response, cancellationToken) is { } body)
        {
            if (!exchange.AnswerActions.ChangesNothing)
            {
                // Nobody looks at the words of an error, and some repeat what was asked.
                exchange.HeldBack = new RefusalEnd(exchange, Refused(status, CodeOf(body)));
                return;
            }

            exchange.Http.Response.StatusCode = status;
            exchange.Http.Response.ContentType = "application/json";
            exchange.HeldBack = new BytesEnd(exchange, body);
            return;
        }

        exchange.HeldBack = new RefusalEnd(exchange, refusal ?? Refused(status, null));
    }

    private static Refusal Refused(int status, string? code) => new() { Status = status, Code = code ?? "upstream_refused", Message = "The model provider refused the request." };

    /// <summary>The code of an error, by which clients find out what to do: <c>{"error":{"message":"...","code":"context_length_exceeded"}}</c>.</summary>
    private static string? CodeOf(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("error"u8, out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code"u8, out var code)
            && code.ValueKind == JsonValueKind.String && code.GetString() is { Length: > 0 and <= MaxCode } text && text.All(c => char.IsAsciiLetterLower(c) || c == '_')
            ? text
            : null;
    }

    private static Refusal Failed(string message) => new() { Status = StatusCodes.Status502BadGateway, Code = "upstream_error", Message = message };

    /// <summary>The provider's error when it is JSON of a bearable size; clients match its wording.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaxErrorBytes)
        {
            return null;
        }

        try
        {
            var buffer = new byte[MaxErrorBytes];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            using var document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new ReadOnlyMemory<byte>(buffer, 0, length) : default(ReadOnlyMemory<byte>?);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
