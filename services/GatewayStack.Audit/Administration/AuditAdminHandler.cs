using System.Data.Common;
using System.Text.Json;
using GatewayStack.Audit.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Audit.Administration;

/// <summary><c>GET /admin/audit</c>: how many rows, how far each producer is stored, what was put aside, and whether the store answers.</summary>
internal sealed class AuditAdminHandler(IAuditStore store, AuditOptions options)
{
    public async Task HandleAsync(HttpContext context)
    {
        AuditStoreStatus? status = null;
        try
        {
            status = await store.GetStatusAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            // That it does not answer is the answer; the sink logs why.
        }

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("mode"u8, options.Mode == AuditMode.Strict ? "strict"u8 : "standard"u8);
        json.WriteStartObject("store"u8);
        json.WriteString("kind"u8, store.Kind);
        json.WriteBoolean("healthy"u8, status is not null);
        json.WriteEndObject();
        if (status is not null)
        {
            json.WriteNumber("rows"u8, status.Rows);
            json.WriteNumber("dead_letters"u8, status.DeadLetters);
            json.WriteStartArray("watermarks"u8);
            foreach (var (producer, epoch, sequence) in status.Watermarks)
            {
                json.WriteStartObject();
                json.WriteString("producer"u8, producer);
                json.WriteNumber("epoch"u8, epoch);
                json.WriteNumber("seq"u8, sequence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
