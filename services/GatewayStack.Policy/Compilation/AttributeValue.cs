using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Compilation;

internal enum AttributeType
{
    /// <summary>Typed by the operator in the issuer's settings; known when a caller arrives.</summary>
    Dynamic,
    Text,
    Integer,
    Number,
    Boolean,
    List,
}

internal enum AttributeState
{
    /// <summary>There is none: an error in a comparison, false under <c>exists</c>.</summary>
    Missing,

    /// <summary>There may be one, but it was not found out: an error everywhere.</summary>
    Unknown,
    Present,
}

/// <summary>The value of an attribute for one question.</summary>
internal readonly struct AttributeValue
{
    public static readonly AttributeValue Missing;
    public static readonly AttributeValue Unknown = new() { State = AttributeState.Unknown };

    public AttributeState State { get; private init; }

    public AttributeType Type { get; private init; }

    public string Text { get; private init; }

    public long Integer { get; private init; }

    public double Number { get; private init; }

    public bool Boolean { get; private init; }

    private ImmutableArray<string> Items { get; init; }

    private ImmutableArray<ContentLabel> Labels { get; init; }

    public static AttributeValue Of(string? text) =>
        text is null ? Missing : new() { State = AttributeState.Present, Type = AttributeType.Text, Text = text };

    public static AttributeValue Of(long? value) =>
        value is not { } integer ? Missing : new() { State = AttributeState.Present, Type = AttributeType.Integer, Integer = integer };

    public static AttributeValue Of(double value) => new() { State = AttributeState.Present, Type = AttributeType.Number, Number = value };

    public static AttributeValue Of(bool value) => new() { State = AttributeState.Present, Type = AttributeType.Boolean, Boolean = value };

    public static AttributeValue Of(ImmutableArray<string> items) => new() { State = AttributeState.Present, Type = AttributeType.List, Items = items };

    public static AttributeValue Of(ImmutableArray<ContentLabel> labels) => new() { State = AttributeState.Present, Type = AttributeType.List, Labels = labels };

    /// <summary>Whether a list has an item.</summary>
    public bool Contains(string item)
    {
        if (!Items.IsDefault)
        {
            return Items.Contains(item, StringComparer.Ordinal);
        }

        foreach (var label in Labels)
        {
            if (string.Equals(label.Name, item, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
