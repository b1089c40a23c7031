using System.Globalization;
using System.Text.Json;
using GatewayStack.Audit.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Audit.Administration;

/// <summary><c>GET /admin/audit</c>: how many rows, how far each producer is stored, what is missing or was put aside, and whether the store answers.</summary>
internal sealed class AuditAdminHandler(IAuditStore store, AuditOptions options, TimeProvider time)
{
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    public async Task HandleAsync(HttpContext context)
    {
        AuditStoreStatus? status = null;
        try
        {
            status = await store.GetStatusAsync(context.RequestAborted);
        }
        catch (Exception e) when (StoreFailures.Is(e))
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
            json.WriteNumber("last_index"u8, status.LastIndex);
            json.WriteNumber("dead_letters"u8, status.DeadLetters);
            Watermarks(json, status);
            Gaps(json, status);
            Partitions(json, status);
        }

        json.WriteEndObject();
    }

    private static void Watermarks(Utf8JsonWriter json, AuditStoreStatus status)
    {
        json.WriteStartArray("watermarks"u8);
        foreach (var watermark in status.Watermarks)
        {
            json.WriteStartObject();
            json.WriteString("producer"u8, watermark.Producer);
            if (watermark.Feed.Length > 0)
            {
                json.WriteString("feed"u8, watermark.Feed);
            }

            json.WriteNumber("epoch"u8, watermark.Epoch);
            json.WriteNumber("seq"u8, watermark.Sequence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What is missing for a moment is on its way: two topics do not arrive at the same time.
    private void Gaps(Utf8JsonWriter json, AuditStoreStatus status)
    {
        var before = AuditTimes.Micros(time.GetUtcNow() - OnItsWay);
        json.WriteStartArray("gaps"u8);
        foreach (var gap in status.Gaps.Where(g => g.Since <= before))
        {
            json.WriteStartObject();
            json.WriteString("producer"u8, gap.Producer);
            json.WriteNumber("epoch"u8, gap.Epoch);
            json.WriteNumber("from"u8, gap.First);
            json.WriteNumber("to"u8, gap.Last);
            json.WriteString("since"u8, DateTime.UnixEpoch.AddTicks(gap.Since * TimeSpan.TicksPerMicrosecond));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Partitions(Utf8JsonWriter json, AuditStoreStatus status)
    {
        if (status.Partitions.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("partitions"u8);
        foreach (var partition in status.Partitions)
        {
            json.WriteStartObject();
            json.WriteString("retention"u8, partition.Retention);
            json.WriteString("month"u8, partition.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            json.WriteNumber("rows"u8, partition.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
