using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Events.Kafka.Consuming;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka.Administration;

/// <summary><c>POST /admin/{module}/consumer</c>: pauses the consumer of this process, or lets it go on.</summary>
internal sealed class ConsumerHandler(string sink, ConsumerSwitch control, IEventLog? events, TimeProvider time, ILogger<ConsumerHandler> logger)
{
    private const int MaxReason = 500;
    private const int MaxBytes = 8 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (await ReadAsync(context.Request, context.RequestAborted) is not var (paused, reason))
        {
            await WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"Send a JSON body {{\"paused\": true or false, \"reason\": \"...\"}} with a reason of 1 to {MaxReason} characters: every administrative act says why.");
            return;
        }

        // Once begun it runs to its end and is recorded, whether or not the administrator waits for the answer.
        var before = control.IsPaused;
        if (paused)
        {
            logger.Paused(sink, reason);
            await control.PauseAsync(CancellationToken.None);
        }
        else
        {
            logger.Resumed(sink, reason);
            control.Resume();
        }

        Record(context, reason, before, paused);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteBoolean("paused"u8, paused);
        json.WriteEndObject();
    }

    private static async Task<(bool Paused, string Reason)?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
            return length <= MaxBytes && json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("paused"u8, out var paused) && paused.ValueKind is JsonValueKind.True or JsonValueKind.False
                && json.RootElement.TryGetProperty("reason"u8, out var said) && said.ValueKind == JsonValueKind.String
                && said.GetString()!.Trim() is { Length: > 0 and <= MaxReason } reason
                ? (paused.GetBoolean(), reason)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, "Body missing"u8);
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        json.WriteString("code"u8, "reason_required"u8);
        json.WriteString("request_id"u8, context.TraceIdentifier);
        json.WriteEndObject();
    }

    private void Record(HttpContext context, string reason, bool before, bool after)
    {
        if (events is null || context.User is not GatewayPrincipal { Caller: { } caller })
        {
            return;
        }

        var act = new EventAdministration
        {
            Operation = $"{sink}.consumer",
            Reason = reason,
            Before = before ? "paused" : "running",
            After = after ? "paused" : "running",
            Succeeded = true,
        };
        var result = events.Append(act.By(caller, context.TraceIdentifier, time.GetUtcNow()) with
        {
            Route = $"admin.{sink}.consumer",
            Operation = $"POST /admin/{sink}/consumer",
            Status = StatusCodes.Status200OK,
        });
        if (!result.Appended)
        {
            logger.SwitchNotRecorded(sink);
        }
    }
}
