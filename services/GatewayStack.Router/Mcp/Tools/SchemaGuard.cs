using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Json.Schema;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>
/// Judges a tool's schema before anything is checked against it: it must stand on its own, end, and cost a bounded time whatever the caller sends. Patterns are left to
/// the server: what they are tried on is the caller's, and the two together can keep a thread busy for ever.
/// </summary>
internal sealed class SchemaGuard
{
    /// <summary>Subschemas that one value can be tried against, references followed.</summary>
    private const int MostEvaluated = 10_000;

    private const int MaxCharacters = 256 * 1024;
    private const int MaxDepth = 64;

    /// <summary>Keywords that hold a schema for the same value.</summary>
    private static readonly string[] InPlace = ["not", "if", "then", "else"];

    private static readonly string[] InPlaceLists = ["allOf", "anyOf", "oneOf"];

    private static readonly string[] Inside = ["items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains", "propertyNames", "additionalItems"];

    /// <summary>Keywords that hold a schema for each of a value's parts, by place.</summary>
    private static readonly string[] InsideLists = ["prefixItems", "items"];

    private static readonly string[] Maps = ["properties", "dependentSchemas", "dependencies", "$defs", "definitions"];

    /// <summary>The dialects that are read, by what their schemas name themselves; a schema that names none is of 2020-12, as MCP has it.</summary>
    private static readonly FrozenDictionary<string, Dialect> Dialects = new Dictionary<string, Dialect>(StringComparer.Ordinal)
    {
        ["http://json-schema.org/draft-06/schema"] = Dialect.Draft06,
        ["http://json-schema.org/draft-07/schema"] = Dialect.Draft07,
        ["https://json-schema.org/draft/2019-09/schema"] = Dialect.Draft201909,
        ["https://json-schema.org/draft/2020-12/schema"] = Dialect.Draft202012,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly JsonObject _root;
    private readonly HashSet<JsonNode> _clean = [];
    private readonly Dictionary<JsonNode, int> _costs = [];
    private readonly HashSet<JsonNode> _open = [];

    private SchemaGuard(JsonObject root) => _root = root;

    /// <returns>The schema without its patterns and its dialect, or null where it cannot be used.</returns>
    public static (string Text, Dialect Dialect)? Prepare(string text)
    {
        if (text.Length > MaxCharacters || JsonNode.Parse(text) is not JsonObject root)
        {
            return null;
        }

        var dialect = Dialect.Draft202012;
        if (root["$schema"] is JsonValue named && !(named.TryGetValue<string>(out var name) && Dialects.TryGetValue(name.TrimEnd('#'), out dialect!)))
        {
            return null;
        }

        var guard = new SchemaGuard(root);
        if (!guard.Clean(root, depth: 0) || guard.Cost(root, depth: 0) > MostEvaluated)
        {
            return null;
        }

        return (root.ToJsonString(), dialect);
    }

    /// <summary>Takes patterns out, and finds references that leave the schema.</summary>
    private bool Clean(JsonObject schema, int depth)
    {
        if (!_clean.Add(schema))
        {
            return true;
        }

        // A name of its own, below the root, moves what the references below it mean.
        if (depth > MaxDepth || schema.ContainsKey("$dynamicRef") || schema.ContainsKey("$recursiveRef")
            || (depth > 0 && (schema["$id"] is JsonValue || schema["id"] is JsonValue)))
        {
            return false;
        }

        // What a reference names may stand where no keyword leads.
        if (schema.TryGetPropertyValue("$ref", out var target)
            && !(target is JsonValue value && value.TryGetValue<string>(out var where) && Find(where) is { } named && Clean(named, depth + 1)))
        {
            return false;
        }

        schema.Remove("pattern");
        schema.Remove("$schema");
        if (schema.Remove("patternProperties"))
        {
            // Without them it cannot be said which properties are additional.
            schema.Remove("additionalProperties");
            schema.Remove("unevaluatedProperties");
        }

        return Children(schema).All(c => Clean(c.Schema, depth + 1));
    }

    /// <summary>How many subschemas one value can be tried against; more than the bound where a reference leads back to itself without going deeper into the value.</summary>
    private int Cost(JsonObject schema, int depth)
    {
        if (_costs.TryGetValue(schema, out var known))
        {
            return known;
        }

        if (depth > 256 || !_open.Add(schema))
        {
            return MostEvaluated + 1;
        }

        long cost = 1;
        foreach (var (child, sameValue) in Children(schema))
        {
            // What is inside a value is another value: recursion through it ends with the value.
            cost += sameValue || !_open.Contains(child) ? Cost(child, depth + 1) : 1;
            if (cost > MostEvaluated)
            {
                break;
            }
        }

        if (schema["$ref"] is JsonValue reference && cost <= MostEvaluated)
        {
            cost += Find(reference.GetValue<string>()) is { } target ? Reference(schema, target, depth) : MostEvaluated;
        }

        _open.Remove(schema);
        return _costs[schema] = (int)Math.Min(cost, MostEvaluated + 1);
    }

    private int Reference(JsonObject from, JsonObject target, int depth)
    {
        if (!_open.Contains(target))
        {
            return Cost(target, depth + 1);
        }

        // It leads back: allowed where the way from there to here went into the value.
        return LeadsInPlace(target, from, []) ? MostEvaluated : 1;
    }

    /// <summary>Whether a schema reaches another for the same value.</summary>
    private bool LeadsInPlace(JsonObject from, JsonObject to, HashSet<JsonNode> seen)
    {
        if (ReferenceEquals(from, to))
        {
            return true;
        }

        if (!seen.Add(from))
        {
            return false;
        }

        return Children(from).Where(c => c.SameValue).Any(c => LeadsInPlace(c.Schema, to, seen))
            || (from["$ref"] is JsonValue reference && Find(reference.GetValue<string>()) is { } target && LeadsInPlace(target, to, seen));
    }

    private static IEnumerable<(JsonObject Schema, bool SameValue)> Children(JsonObject schema)
    {
        foreach (var name in InPlace)
        {
            if (schema[name] is JsonObject child)
            {
                yield return (child, true);
            }
        }

        foreach (var name in InPlaceLists)
        {
            foreach (var child in (schema[name] as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                yield return (child, true);
            }
        }

        foreach (var name in Inside)
        {
            if (schema[name] is JsonObject child)
            {
                yield return (child, false);
            }
        }

        foreach (var name in InsideLists)
        {
            foreach (var child in (schema[name] as JsonArray)?.OfType<JsonObject>() ?? [])
            {
                yield return (child, false);
            }
        }

        foreach (var name in Maps)
        {
            foreach (var (_, member) in schema[name] as JsonObject ?? [])
            {
                if (member is JsonObject child)
                {
                    yield return (child, name is "dependentSchemas" or "dependencies");
                }
            }
        }
    }

    private JsonObject? Find(string reference)
    {
        if (reference is "#" or "#/")
        {
            return _root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        JsonNode? at = _root;
        foreach (var token in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(token).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                JsonObject inside => inside[name],
                JsonArray list when int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return at as JsonObject;
    }
}
