using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Backends;

/// <summary>Reads what a backend declared about its own API: the model and the texts by JSON pointers, the resources by templates and pointers.</summary>
internal static class BackendContentReader
{
    public static async ValueTask<Refusal?> ReadAsync(Exchange exchange, Backend backend, CancellationToken cancellationToken)
    {
        var request = exchange.Http.Request;
        exchange.Treatment = backend.Treatment;
        Templates(exchange, backend);
        if (!backend.CarriesContent || request is { ContentLength: null or 0, Headers.TransferEncoding.Count: 0 } && !CanHaveBody(exchange.Http))
        {
            exchange.Treatment = ContentTreatment.Off;
            return backend.ModelPointer is not null && request.Method is "POST" or "PUT" or "PATCH" ? WithoutModel(backend) : null;
        }

        (exchange.Body, var refusal) = await BodyReader.ReadJsonAsync(request, exchange.Snapshot.MaxBodyBytes, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (StrictJson.TryParse(exchange.Body, out var document) is { } wrong)
        {
            return Refusal.BadRequest("invalid_request", wrong);
        }

        if (OtherSpelling(document!.RootElement, backend) is { } member)
        {
            document.Dispose();
            return Refusal.BadRequest("invalid_request", $"'{member}' is spelt in another case; the backend could read it differently.", member);
        }

        return Take(exchange, backend, document, cancellationToken);
    }

    private static Refusal? Take(Exchange exchange, Backend backend, JsonDocument document, CancellationToken cancellationToken)
    {
        var collector = new SegmentCollector { Cancellation = cancellationToken };
        foreach (var pointer in backend.ContentPointers)
        {
            if (pointer.TryFind(document.RootElement, out var element))
            {
                collector.WalkMessage(element, pointer.Text, SegmentOrigin.User);
            }
        }

        if (collector.TooMuch)
        {
            document.Dispose();
            return Refusal.BadRequest("invalid_request", "The request has too many texts, or members with too long names.");
        }

        exchange.BackendContent = new BackendContent(exchange.Body, document)
        {
            Segments = collector.Segments.ToImmutable(),
            SegmentElements = collector.Elements.ToImmutable(),
            Unscanned = collector.Unscanned.ToImmutable(),
            Files = collector.Files,
            Attachments = collector.Attachments,
        };
        exchange.Context.Content = exchange.BackendContent.Segments;
        foreach (var resource in backend.ResourcePointers)
        {
            if (resource.Pointer.TryFind(document.RootElement, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                exchange.Context.Resources = exchange.Context.Resources.Add(new ResourceReference { Type = resource.Type, Id = id.ToString() });
            }
        }

        if (backend.ModelPointer is null)
        {
            return null;
        }

        if (!backend.ModelPointer.TryFind(document.RootElement, out var model))
        {
            return WithoutModel(backend);
        }

        if (model.ValueKind != JsonValueKind.String || model.GetString() is not { Length: > 0 and <= 256 } name)
        {
            return Refusal.BadRequest("invalid_request", $"'{backend.ModelPointer.Text}' must be a string of 1 to 256 characters.", backend.ModelPointer.Text);
        }

        exchange.Context.ModelRequest = new ModelRequest { Model = name };
        return null;
    }

    /// <summary>Who calls the model through us is decided there; who calls it alone must say which one it is.</summary>
    private static Refusal? WithoutModel(Backend backend) => backend.CallerCredential is not null
        ? null
        : Refusal.BadRequest("invalid_request", $"'{backend.ModelPointer!.Text}' is required.", backend.ModelPointer.Text);

    private static bool CanHaveBody(HttpContext http) =>
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;

    private static void Templates(Exchange exchange, Backend backend)
    {
        foreach (var template in backend.PathTemplates)
        {
            if (template.Match(exchange.Http.Request.Method, exchange.BackendPath) is { } resources)
            {
                exchange.BackendTemplate = template.Text;
                exchange.Context.Resources = resources;
                return;
            }
        }
    }

    /// <summary>Many backends read members in any case: a second spelling would be decided on by nobody.</summary>
    private static string? OtherSpelling(JsonElement root, Backend backend) =>
        backend.ContentPointers.Concat(backend.ResourcePointers.Select(r => r.Pointer)).Append(backend.ModelPointer).OfType<JsonPath>()
            .Select(p => p.FindOtherSpelling(root)).FirstOrDefault(m => m is not null);
}
