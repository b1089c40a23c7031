using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Platform.Tests.Architecture;
using Json.Schema;

namespace GatewayStack.Platform.Tests.OpenApi;

/// <summary>A checked-in OpenAPI document: its operations, and what each says an answer looks like.</summary>
internal sealed class OpenApiDocument
{
    private const string Schemas = "#/components/schemas/";

    private static readonly string[] NotMethods = ["parameters", "summary", "description", "servers", "$ref"];

    private readonly Dictionary<string, JsonSchema> _compiled = new(StringComparer.Ordinal);

    private OpenApiDocument(string name, JsonObject root)
    {
        Name = name;
        Root = root;
        Operations =
        [
            .. root["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()
                .Where(m => !NotMethods.Contains(m.Key, StringComparer.Ordinal))
                .Select(m => new OpenApiOperation(p.Key, m.Key.ToUpperInvariant(), m.Value!.AsObject()))),
        ];
    }

    public static IReadOnlyList<string> Names { get; } = ["front-door", "management"];

    public string Name { get; }

    public JsonObject Root { get; }

    public ImmutableArray<OpenApiOperation> Operations { get; }

    public static OpenApiDocument Read(string name) =>
        new(name, JsonNode.Parse(File.ReadAllText(Repository.PathOf($"docs/openapi/{name}.json")), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject());

    /// <summary>Follows a reference within the document.</summary>
    public JsonNode Follow(JsonNode node) =>
        node is JsonObject found && found["$ref"] is { } reference ? Follow(At(reference.GetValue<string>())) : node;

    /// <summary>Where a reference leads.</summary>
    public JsonNode At(string reference)
    {
        JsonNode node = Root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            node = node[part] ?? throw new InvalidOperationException($"{Name}: {reference} leads nowhere");
        }

        return node;
    }

    /// <summary>What is wrong with an answer: a status, content type or body that the document does not have.</summary>
    /// <returns>Null where nothing is.</returns>
    public string? Judge(OpenApiOperation operation, int status, string? contentType, string body)
    {
        var responses = operation.Json["responses"]!.AsObject();
        var code = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if ((responses[code] ?? responses["default"]) is not { } found)
        {
            return $"{operation.Id} has no {code}";
        }

        var content = Follow(found)["content"]?.AsObject();
        if (body.Length == 0)
        {
            return content is null || operation.Method == "HEAD" || content.ContainsKey("*/*") ? null : $"{operation.Id} {code} has a body";
        }

        var media = contentType?.Split(';')[0] ?? "text/plain";
        if (content is null || (content[media] ?? content["*/*"]) is not { } described)
        {
            return $"{operation.Id} {code} has no {media}";
        }

        var isJson = media.EndsWith("json", StringComparison.Ordinal) && media != "application/x-ndjson";
        var values = isJson ? [body]
            : media == "application/x-ndjson" ? body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [JsonSerializer.Serialize(body)];
        var schema = Compile(described["schema"]!);
        return values.Select(v => Errors(schema, v)).FirstOrDefault(e => e is not null) is { } wrong ? $"{operation.Id} {code}: {wrong} in {body}" : null;
    }

    /// <summary>What is wrong with a request's body; null where nothing is.</summary>
    public string? JudgeRequest(OpenApiOperation operation, string body) =>
        operation.Json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Errors(Compile(schema), body) : $"{operation.Id} takes no body";

    private static string? Errors(JsonSchema schema, string value)
    {
        using var json = JsonDocument.Parse(value);
        var result = schema.Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        return result.IsValid ? null : string.Join("; ", (result.Details ?? []).Where(d => d.Errors is { Count: > 0 }).Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}"));
    }

    // A schema by itself, with those it refers to. Closed: a member that the document does not have is an error here, though not for a caller.
    private JsonSchema Compile(JsonNode schema)
    {
        var key = schema.ToJsonString();
        if (!_compiled.TryGetValue(key, out var compiled))
        {
            var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["$defs"] = Root["components"]!["schemas"]!.DeepClone() };
            Close(whole);
            var text = whole.ToJsonString().Replace(Schemas, "#/$defs/", StringComparison.Ordinal);
            compiled = JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
            _compiled.Add(key, compiled);
        }

        return compiled;
    }

    private static void Close(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (var (_, value) in found.ToList())
                {
                    Close(value);
                }

                if (found["properties"] is JsonObject && !found.ContainsKey("additionalProperties"))
                {
                    found["additionalProperties"] = false;
                }

                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    Close(value);
                }

                break;
        }
    }
}

/// <summary>One operation of a document.</summary>
internal sealed record OpenApiOperation(string Path, string Method, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();
}
