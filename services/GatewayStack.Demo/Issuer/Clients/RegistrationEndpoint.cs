using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>A client that was registered (RFC 7591, 3.2.1).</summary>
internal sealed record RegistrationResponse(
    string ClientId,
    long ClientIdIssuedAt,
    string? ClientName,
    ImmutableArray<string> RedirectUris,
    ImmutableArray<string> GrantTypes,
    ImmutableArray<string> ResponseTypes,
    string TokenEndpointAuthMethod,
    string? Scope);

/// <summary>Dynamic registration: anybody may, so it is bounded in every direction, and the page says of such a client that nobody vouches for it.</summary>
internal sealed class RegistrationEndpoint(Intake intake, DemoMetrics metrics, TimeProvider time)
{
    public const string Path = "/connect/register";

    private const int LargestBody = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public void Map(IEndpointRouteBuilder demo) => demo.MapPost(Path, RegisterAsync);

    private async Task RegisterAsync(HttpContext context)
    {
        if (!intake.Registrations.TryTake())
        {
            context.Response.Headers.RetryAfter = "60";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "temporarily_unavailable", "Too many registrations came in just now: try again in a minute.");
            return;
        }

        if (await ReadAsync(context) is not { } reading)
        {
            await RefuseAsync(
                context, StatusCodes.Status400BadRequest, ClientMetadataReader.InvalidMetadata,
                $"The body must be one JSON object of at most {LargestBody / 1024} KiB, sent as application/json.");
            return;
        }

        if (reading.Metadata is not { } metadata)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, reading.Error!, reading.Description!);
            return;
        }

        var id = "reg-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        await context.RequestServices.GetRequiredService<ClientRegistry>().KeepAsync(id, metadata, ClientKind.Registered, context.RequestAborted);
        metrics.ClientRegistered();
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new RegistrationResponse(
                id, time.GetUtcNow().ToUnixTimeSeconds(), metadata.Name, metadata.RedirectUris, metadata.Grants, ["code"], "none", metadata.Scope),
            DemoWire.Json.RegistrationResponse,
            cancellationToken: context.RequestAborted);
    }

    private static async Task<MetadataReading?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType() || context.Request.ContentLength > LargestBody)
        {
            return null;
        }

        var buffer = new byte[LargestBody + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > LargestBody)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(buffer.AsMemory(0, length), Strict);
            return ClientMetadataReader.Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is no valid Unicode.
            return null;
        }
    }

    private Task RefuseAsync(HttpContext context, int status, string error, string description)
    {
        metrics.IssuerRefused("register", error);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new TokenError(error, description), DemoWire.Json.TokenError, cancellationToken: context.RequestAborted);
    }
}
