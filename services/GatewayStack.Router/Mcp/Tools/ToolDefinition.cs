using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>What a server says of one of its tools, as far as the gateway needs it. Immutable.</summary>
internal sealed record ToolDefinition
{
    public required string Name { get; init; }

    public ToolAnnotations? Annotations { get; init; }

    /// <summary>What a call's arguments must look like.</summary>
    public required ToolSchema Input { get; init; }

    /// <summary>What structured results must look like; null where the tool says nothing.</summary>
    public ToolSchema? Output { get; init; }

    /// <summary>Resources that show the tool's result (<c>_meta.ui.resourceUri</c>, <c>openai/outputTemplate</c>): they follow the tool's rule.</summary>
    public ImmutableArray<string> UiResources { get; init; } = [];

    /// <summary>Arguments that a header repeats (<c>x-mcp-header</c>): name of the header after its prefix, and the path of the argument.</summary>
    public ImmutableArray<HeaderParameter> HeaderParameters { get; init; } = [];

    /// <summary>A hash of what decides: annotations and schemas, but no words that a server may write for each person.</summary>
    public required string Shape { get; init; }

    /// <returns>The definition, or null where it has no name that can be called.</returns>
    public static ToolDefinition? TryRead(JsonElement tool)
    {
        if (NameOf(tool) is not { } name)
        {
            return null;
        }

        var input = tool.TryGetProperty("inputSchema", out var schema) && schema.ValueKind == JsonValueKind.Object ? schema : default;
        return new ToolDefinition
        {
            Name = name,
            Annotations = tool.TryGetProperty("annotations", out var hints) && hints.ValueKind == JsonValueKind.Object ? Read(hints) : null,
            Shape = ShapeOf(tool),
            Input = new ToolSchema(input),
            Output = tool.TryGetProperty("outputSchema", out var output) && output.ValueKind == JsonValueKind.Object ? new ToolSchema(output) : null,
            UiResources = UiResourcesOf(tool),
            HeaderParameters = input.ValueKind == JsonValueKind.Object ? HeaderParameter.Read(input) : [],
        };
    }

    /// <returns>The tool's name, or null where it has none that can be called.</returns>
    public static string? NameOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && name.GetString() is { Length: > 0 and <= 256 } text ? text : null;

    public static ImmutableArray<string> UiResourcesOf(JsonElement tool)
    {
        if (!tool.TryGetProperty("_meta", out var meta) || meta.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<string>();
        if (meta.TryGetProperty("ui", out var ui) && ui.ValueKind == JsonValueKind.Object && ui.TryGetProperty("resourceUri", out var uri))
        {
            Add(found, uri);
        }

        foreach (var member in (ReadOnlySpan<string>)["ui/resourceUri", "openai/outputTemplate"])
        {
            if (meta.TryGetProperty(member, out var flat))
            {
                Add(found, flat);
            }
        }

        return found.ToImmutable();
    }

    /// <returns>The page that a URI names, as it is compared; null where it is none.</returns>
    public static string? PageOf(string uri) =>
        uri.StartsWith("ui://", StringComparison.OrdinalIgnoreCase) ? uri.Split('#', 2)[0].ToLowerInvariant() : null;

    private static string ShapeOf(JsonElement tool)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in (ReadOnlySpan<string>)["annotations", "inputSchema", "outputSchema"])
        {
            hash.AppendData(tool.TryGetProperty(member, out var found) ? JsonMarshal.GetRawUtf8Value(found) : default);
            hash.AppendData([0]);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(ImmutableArray<string>.Builder found, JsonElement uri)
    {
        // Only a page is the tool's own; any other resource has rules of its own.
        if (uri.ValueKind == JsonValueKind.String && PageOf(uri.GetString()!) is { } page)
        {
            found.Add(page);
        }
    }

    private static ToolAnnotations Read(JsonElement hints) => new()
    {
        ReadOnly = Hint(hints, "readOnlyHint"),
        Destructive = Hint(hints, "destructiveHint"),
        Idempotent = Hint(hints, "idempotentHint"),
        OpenWorld = Hint(hints, "openWorldHint"),
    };

    private static bool? Hint(JsonElement hints, string name) =>
        hints.TryGetProperty(name, out var hint) && hint.ValueKind is JsonValueKind.True or JsonValueKind.False ? hint.GetBoolean() : null;
}

/// <summary>An argument that a header repeats.</summary>
internal sealed record HeaderParameter(string Header, ImmutableArray<string> Path)
{
    private const int MaxDepth = 8;

    public static ImmutableArray<HeaderParameter> Read(JsonElement schema)
    {
        var found = ImmutableArray.CreateBuilder<HeaderParameter>();
        Walk(schema, [], found);
        return found.ToImmutable();
    }

    /// <summary>The argument; null where it is left out or null.</summary>
    public JsonElement? Find(JsonElement? arguments)
    {
        var at = arguments;
        foreach (var name in Path)
        {
            at = at is { ValueKind: JsonValueKind.Object } inside && inside.TryGetProperty(name, out var member) ? member : null;
        }

        return at is { ValueKind: JsonValueKind.Null } ? null : at;
    }

    private static void Walk(JsonElement schema, ImmutableArray<string> path, ImmutableArray<HeaderParameter>.Builder found)
    {
        if (path.Length > MaxDepth || schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("x-mcp-header", out var header) && header.ValueKind == JsonValueKind.String)
            {
                found.Add(new HeaderParameter(header.GetString()!, path.Add(property.Name)));
            }

            Walk(property.Value, path.Add(property.Name), found);
        }
    }
}
