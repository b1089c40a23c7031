using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Llm;

/// <summary>Answers <c>GET /v1/models</c> and <c>GET /v1/models/{model}</c> with what the caller may use, in OpenAI's shape.</summary>
internal sealed class ModelListing : IRouteExecutor
{
    public IReadOnlyCollection<string> Routes => ["models.list", "models.get"];

    public async ValueTask<Refusal?> ExecuteAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var http = exchange.Http;
        // An encoded slash stays encoded in a path; some client libraries write one.
        var name = (http.Request.RouteValues["model"] as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (exchange.Route.Route.Name == "models.get" && !exchange.VisibleModels.Contains(name ?? string.Empty, StringComparer.Ordinal))
        {
            return new Refusal { Status = StatusCodes.Status404NotFound, Code = "model_not_found", Message = "The model does not exist here, or you may not use it.", Param = "model" };
        }

        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        if (exchange.Route.Route.Name == "models.get")
        {
            Model(writer, name!);
        }
        else
        {
            List(writer, exchange.VisibleModels);
        }

        await writer.FlushAsync(cancellationToken);
        return null;
    }

    private static void List(Utf8JsonWriter writer, ImmutableArray<string> names)
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        foreach (var name in names)
        {
            Model(writer, name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Model(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("id", name);
        writer.WriteString("object", "model");
        writer.WriteNumber("created", 0);
        writer.WriteString("owned_by", "gatewaystack");
        writer.WriteEndObject();
    }
}
