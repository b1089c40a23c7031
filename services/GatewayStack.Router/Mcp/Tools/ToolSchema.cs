using System.Text.Json;
using Json.Schema;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>A tool's JSON Schema: compiled at first use. A reference that leaves the schema is never followed, patterns are left to the server.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ToolSchema
{
    /// <summary>Values in what is checked; a document of so many costs milliseconds.</summary>
    private const int MostValues = 50_000;

    /// <summary>Entries of one array, where entries are compared with each other.</summary>
    private const int MostCompared = 1_000;

    private readonly Lazy<JsonSchema?> _compiled;
    private readonly bool _compares;

    public ToolSchema(JsonElement schema)
    {
        // The text is kept, not the element: a definition outlives the list that it came in.
        var text = schema.ValueKind == JsonValueKind.Object ? schema.GetRawText() : "{}";
        _compares = text.Contains("uniqueItems", StringComparison.Ordinal) || text.Contains("contains", StringComparison.Ordinal);
        _compiled = new Lazy<JsonSchema?>(() => Compile(text));
    }

    /// <summary>False where the schema cannot be used: it is not one, needs another document, or costs too much.</summary>
    public bool IsUsable => _compiled.Value is not null;

    /// <summary>Whether a value is as the schema says; what cannot be judged is not.</summary>
    public bool Accepts(JsonElement value)
    {
        var left = MostValues;
        if (_compiled.Value is not { } schema || !IsBounded(value, ref left))
        {
            return false;
        }

        try
        {
            return schema.Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid;
        }
        catch (Exception e) when (e is RefResolutionException or JsonSchemaException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool IsBounded(JsonElement value, ref int left)
    {
        if (--left < 0 || (_compares && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > MostCompared))
        {
            return false;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (!IsBounded(item, ref left))
                {
                    return false;
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (!IsBounded(member.Value, ref left))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static JsonSchema? Compile(string text)
    {
        try
        {
            return SchemaGuard.Prepare(text) is { } prepared
                ? JsonSchema.FromText(prepared.Text, new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = prepared.Dialect }) : null;
        }
        catch (Exception e) when (e is JsonException or JsonSchemaException or RefResolutionException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
