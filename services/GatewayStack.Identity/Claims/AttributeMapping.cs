using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Claims;

/// <summary>Reads one attribute that the operator named and typed.</summary>
internal sealed record AttributeMapping(string Name, JsonPointer Pointer, IdentityAttributeType Type)
{
    /// <summary>The type of a configured word, or null.</summary>
    public static IdentityAttributeType? TypeOf(string word) => word switch
    {
        "string" => IdentityAttributeType.Text,
        "boolean" => IdentityAttributeType.Boolean,
        "integer" => IdentityAttributeType.Integer,
        "list" => IdentityAttributeType.List,
        _ => null,
    };

    /// <summary>Makes the attribute of a value of exactly its type; a text "true" is no boolean.</summary>
    /// <returns>The attribute, or null where the value has another type or is unsafe.</returns>
    public static IdentityAttribute? Make(string name, IdentityAttributeType type, JsonElement value)
    {
        var attribute = new IdentityAttribute { Name = name, Type = type };
        switch (type, value.ValueKind)
        {
            case (IdentityAttributeType.Text, JsonValueKind.String):
                var text = value.GetString()!;
                return ClaimText.IsLabel(text, ClaimText.LongLimit) ? attribute with { Text = text } : null;
            case (IdentityAttributeType.Boolean, JsonValueKind.True or JsonValueKind.False):
                return attribute with { Boolean = value.GetBoolean() };
            case (IdentityAttributeType.Integer, JsonValueKind.Number):
                return value.TryGetInt64(out var number) ? attribute with { Integer = number } : null;
            case (IdentityAttributeType.List, JsonValueKind.Array):
                return List(value) is { } list ? attribute with { List = list } : null;
            default:
                return null;
        }
    }

    private static ImmutableArray<string>? List(JsonElement value)
    {
        if (value.GetArrayLength() > ClaimText.ListLimit)
        {
            return null;
        }

        var list = ImmutableArray.CreateBuilder<string>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String || !ClaimText.IsLabel(element.GetString()!, ClaimText.LongLimit))
            {
                return null;
            }

            list.Add(element.GetString()!);
        }

        return list.ToImmutable();
    }
}
