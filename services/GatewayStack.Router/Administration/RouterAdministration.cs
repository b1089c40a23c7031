using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Router.Administration;

/// <summary>The Router's own handlers: liveness, health, and what it routes to.</summary>
internal static class RouterAdministration
{
    public static void Add(IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddSingleton<FrontDoorHealth>();
        services.AddSingleton<ReloadHandler>();
        services.AddKeyedSingleton<RequestDelegate>("alive", (_, _) => http => http.Response.WriteAsync("alive"));
        services.AddKeyedSingleton<RequestDelegate>("health", (sp, _) => http => HealthAsync(http, sp.GetRequiredService<FrontDoorHealth>(), details: false));
        services.AddKeyedSingleton<RequestDelegate>("health.details", (sp, _) => http => HealthAsync(http, sp.GetRequiredService<FrontDoorHealth>(), details: true));
        services.AddKeyedSingleton<RequestDelegate>("admin.router", (sp, _) => http => ShowAsync(http, sp.GetRequiredService<RouterSnapshotStore>()));
        services.AddKeyedSingleton<RequestDelegate>("admin.router.reload", (sp, _) => sp.GetRequiredService<ReloadHandler>().HandleAsync);
    }

    private static async Task HealthAsync(HttpContext http, FrontDoorHealth health, bool details)
    {
        var (status, draining, report) = await health.CheckAsync(http.RequestAborted);
        http.Response.StatusCode = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        if (!details)
        {
            await http.Response.WriteAsync(status.ToString().ToLowerInvariant(), http.RequestAborted);
            return;
        }

        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", status.ToString().ToLowerInvariant());
        writer.WriteBoolean("draining", draining);
        writer.WriteStartObject("modules");
        foreach (var breaker in health.Breakers)
        {
            writer.WriteStartObject(breaker.Module);
            writer.WriteString("breaker", breaker.State.ToString().ToLowerInvariant());
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status", entry.Status.ToString().ToLowerInvariant());
            writer.WriteString("description", entry.Description);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static async Task ShowAsync(HttpContext http, RouterSnapshotStore store)
    {
        var snapshot = store.Current;
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("providers");
        foreach (var provider in snapshot.Providers.Values.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", provider.Name);
            writer.WriteString("kind", provider.Kind);
            writer.WriteString("base_url", provider.BaseUrl.ToString());
            writer.WriteString("class", provider.Class);
            writer.WriteString("region", provider.Region);
            writer.WriteBoolean("has_key", provider.ApiKey is not null);
            writer.WriteNumber("tenant_keys", provider.TenantKeys.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("models");
        foreach (var name in snapshot.ModelNames)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteStartArray("targets");
            foreach (var target in snapshot.Models[name].Targets)
            {
                writer.WriteStringValue($"{target.Provider.Name}/{target.Model}");
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("backends");
        foreach (var backend in snapshot.Backends.Values.OrderBy(b => b.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", backend.Name);
            writer.WriteString("base_url", backend.BaseUrl.ToString());
            writer.WriteString("audience", backend.Audience);
            writer.WriteBoolean("calls_back", backend.CallerCredential is not null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("mcp_servers");
        foreach (var server in snapshot.McpServers.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", server.Name);
            writer.WriteString("url", server.Url.ToString());
            writer.WriteString("assertion_audience", server.AssertionAudience);
            writer.WriteString("list", server.List.ToString().ToLowerInvariant());
            writer.WriteBoolean("has_credential", server.CredentialReference is not null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("last_errors");
        foreach (var error in store.Errors)
        {
            writer.WriteStringValue($"{error.Key} {error.Problem}");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads the configuration again; a bad one changes nothing. Every write has a reason and is an event.</summary>
    private sealed class ReloadHandler(RouterSnapshotStore store, IEventLog log, ErrorWriter errors, TimeProvider time)
    {
        public async Task HandleAsync(HttpContext http)
        {
            if (await ReasonAsync(http) is not { } reason)
            {
                await errors.WriteAsync(http, ErrorShape.Problem, http.TraceIdentifier, Refusal.BadRequest("reason_required", "Send {\"reason\":\"...\"}: why this is done, in "
                    + "at most 500 characters."));
                return;
            }

            var wrong = store.Reload();
            var caller = ((GatewayPrincipal)http.User).Caller;
            var act = new EventAdministration { Operation = "router.reload", Reason = reason, Succeeded = wrong.IsEmpty };
            log.Append(act.By(caller, http.TraceIdentifier, time.GetUtcNow()) with { Route = "admin.router.reload" });
            if (!wrong.IsEmpty)
            {
                await errors.WriteAsync(http, ErrorShape.Problem, http.TraceIdentifier, new Refusal
                {
                    Status = StatusCodes.Status422UnprocessableEntity,
                    Code = "configuration_not_valid",
                    Message = string.Join(" ", wrong.Select(e => $"{e.Key} {e.Problem}: {e.Remedy}.")),
                });
                return;
            }

            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("{\"reloaded\":true}", http.RequestAborted);
        }

        private static async Task<string?> ReasonAsync(HttpContext http)
        {
            var (body, refusal) = await BodyReader.ReadJsonAsync(http.Request, 16 * 1024, http.RequestAborted);
            if (refusal is not null || Json.StrictJson.TryParse(body, out var document) is not null)
            {
                return null;
            }

            using (document)
            {
                return document!.RootElement.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String
                    && reason.GetString() is { Length: > 0 and <= 500 } text && !string.IsNullOrWhiteSpace(text)
                    ? text
                    : null;
            }
        }
    }
}
