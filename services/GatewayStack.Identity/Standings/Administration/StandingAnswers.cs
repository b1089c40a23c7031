using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Identity.Administration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>What the endpoints of measures have in common.</summary>
internal static class StandingAnswers
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>Answers for the caller whom the front door has identified; 503 while the store cannot be asked.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<CallerIdentity, Task> answer)
    {
        if (context.User is not GatewayPrincipal { Caller: { } caller })
        {
            await RefuseAsync(context, 401, "missing_token", "Send an access token in Authorization: Bearer.");
            return;
        }

        try
        {
            await answer(caller);
        }
        catch (IOException) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, 503, "gateway_unavailable", "The store of the standings cannot be asked; try again in a moment. Nothing was changed.");
        }
    }

    /// <summary>A handler of the module for an app that has no front door: the scope is asked for here.</summary>
    public static RequestDelegate Scoped(string route) => context =>
        context.User is GatewayPrincipal { Caller: { } caller } && caller.Scopes.Contains(FrontDoorRoutes.StandingScope, StringComparer.Ordinal)
            ? context.RequestServices.GetRequiredKeyedService<RequestDelegate>(route)(context)
            : RefuseAsync(context, 403, "insufficient_scope", $"This takes the scope {FrontDoorRoutes.StandingScope}.");

    public static Task RefuseAsync(HttpContext context, int status, string code, string detail) => AdministrationAnswers.WriteProblemAsync(context, new Problem
    {
        Status = status,
        Title = status switch { 400 => "Bad request", 401 => "Unauthorized", 403 => "Forbidden", 404 => "Not found", 415 => "Unsupported media type", _ => "Unavailable" },
        Detail = detail,
        Code = code,
    });

    /// <summary>Reads a body; answers with what is wrong with it where it is none.</summary>
    /// <returns>Null when the answer is written.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, 415, "unsupported_media_type", "Send a JSON body with the content type application/json.");
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length <= MaxBytes && Parse(buffer.AsSpan(0, length), type) is { } request)
        {
            return request;
        }

        var members = string.Join(", ", type.Properties.Select(p => p.Name));
        await RefuseAsync(context, 400, "invalid_request", $"The body is not a JSON object of these members, or is longer than {MaxBytes} bytes: {members}.");
        return null;
    }

    private static T? Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
