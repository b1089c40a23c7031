using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Reads a condition and checks its types, so that an ill-typed policy never comes into force.</summary>
internal static class PredicateReader
{
    public const int MaxDepth = 8;

    private const string Operators = "all, any, not, exists, eq, ne, lt, le, gt, ge, in or contains";

    /// <summary>The condition; null, with an error, when it cannot be read.</summary>
    public static Predicate? Read(DocumentNode node, NamedContent names) => Read(node, names, depth: 1);

    private static Predicate? Read(DocumentNode node, NamedContent names, int depth)
    {
        if (depth > MaxDepth)
        {
            node.Error($"is nested deeper than {MaxDepth} levels");
            return null;
        }

        var members = node.Members().Take(2).ToArray();
        if (members.Length != 1)
        {
            node.Error($"must be an object with one of {Operators}");
            return null;
        }

        var (name, operand) = members[0];
        return name switch
        {
            "all" => Parts(operand, names, depth) is { } parts ? new AllOf(parts) : null,
            "any" => Parts(operand, names, depth) is { } parts ? new AnyOf(parts) : null,
            "not" => Read(operand, names, depth + 1) is { } part ? new NotOf(part) : null,
            "exists" => Attribute(operand) is { } attribute ? new Exists(attribute) : null,
            "eq" => Equality(operand, Comparison.Equal),
            "ne" => Equality(operand, Comparison.NotEqual),
            "lt" => Order(operand, Comparison.Less),
            "le" => Order(operand, Comparison.LessOrEqual),
            "gt" => Order(operand, Comparison.Greater),
            "ge" => Order(operand, Comparison.GreaterOrEqual),
            "in" => In(operand, names),
            "contains" => ContainsOne(operand, names),
            _ => Unknown(operand),
        };
    }

    private static Predicate? Unknown(DocumentNode operand)
    {
        operand.Error($"is not a condition: use {Operators}");
        return null;
    }

    private static ImmutableArray<Predicate>? Parts(DocumentNode operand, NamedContent names, int depth)
    {
        var parts = ImmutableArray.CreateBuilder<Predicate>();
        var count = 0;
        foreach (var item in operand.Items())
        {
            count++;
            if (Read(item, names, depth + 1) is { } part)
            {
                parts.Add(part);
            }
        }

        if (count == 0 && operand.Kind == JsonValueKind.Array)
        {
            operand.Error("is empty: it would always be the same");
        }

        return parts.Count == count && count > 0 ? parts.ToImmutable() : null;
    }

    private static Compare? Equality(DocumentNode operand, Comparison comparison)
    {
        if (Pair(operand) is not var (attribute, value))
        {
            return null;
        }

        if (attribute.Type == AttributeType.List)
        {
            operand.Error($"compares the list {attribute.Name}: use contains or in");
            return null;
        }

        return Literal(value, attribute.Type) is { } literal ? new Compare(attribute, comparison, literal) : null;
    }

    private static Compare? Order(DocumentNode operand, Comparison comparison)
    {
        if (Pair(operand) is not var (attribute, value))
        {
            return null;
        }

        var type = attribute.Type == AttributeType.Dynamic ? AttributeType.Integer : attribute.Type;
        if (type is not (AttributeType.Integer or AttributeType.Number))
        {
            operand.Error($"orders {attribute.Name}, which is not a number");
            return null;
        }

        return Literal(value, type) is { } literal ? new Compare(attribute, comparison, literal) : null;
    }

    private static IsIn? In(DocumentNode operand, NamedContent names)
    {
        if (Pair(operand) is not var (attribute, values))
        {
            return null;
        }

        if (attribute.Type is AttributeType.Boolean or AttributeType.Number)
        {
            operand.Error($"looks for {attribute.Name} in a list: compare it with eq, le or ge");
            return null;
        }

        var items = values.Items().ToArray();
        var literals = items.Select(i => Literal(i, attribute.Type == AttributeType.List ? AttributeType.Text : attribute.Type)).OfType<Literal>().ToImmutableArray();
        if (items.Length == 0 || literals.Length != items.Length)
        {
            if (items.Length == 0 && values.Kind == JsonValueKind.Array)
            {
                values.Error("is empty: it would never match");
            }

            return null;
        }

        if (literals.Any(l => l.Type != literals[0].Type || l.Type == AttributeType.Boolean))
        {
            values.Error("must be texts, or integers, all of them");
            return null;
        }

        for (var i = 0; i < items.Length; i++)
        {
            names.Check(items[i], attribute, literals[i].Text);
        }

        return new IsIn(attribute, literals);
    }

    private static Contains? ContainsOne(DocumentNode operand, NamedContent names)
    {
        if (Pair(operand) is not var (attribute, value))
        {
            return null;
        }

        if (attribute.Type is not (AttributeType.List or AttributeType.Dynamic))
        {
            operand.Error($"asks what {attribute.Name} contains, which is not a list: use eq or in");
            return null;
        }

        if (value.Text() is not { } text)
        {
            return null;
        }

        names.Check(value, attribute, text);
        return new Contains(attribute, text);
    }

    private static (PolicyAttribute Attribute, DocumentNode Value)? Pair(DocumentNode operand)
    {
        var items = operand.Items().Take(3).ToArray();
        if (items.Length != 2)
        {
            if (operand.Kind == JsonValueKind.Array)
            {
                operand.Error("must be a list of two: the attribute and the value");
            }

            return null;
        }

        return Attribute(items[0]) is { } attribute ? (attribute, items[1]) : null;
    }

    private static PolicyAttribute? Attribute(DocumentNode node)
    {
        if (node.Text() is not { } name)
        {
            return null;
        }

        var attribute = AttributeCatalogue.Find(name);
        if (attribute is null)
        {
            node.Error($"{name} is not an attribute: use identity.attributes.NAME or one of {string.Join(", ", AttributeCatalogue.Names)}");
        }

        return attribute;
    }

    private static Literal? Literal(DocumentNode node, AttributeType type)
    {
        switch (type)
        {
            case AttributeType.Text:
                return node.Text() is { } text ? new Literal(AttributeType.Text, Text: text) : null;
            case AttributeType.Integer:
                return node.Integer() is { } integer ? new Literal(AttributeType.Integer, Integer: integer) : null;
            case AttributeType.Number:
                return node.Number() is { } number ? new Literal(AttributeType.Number, Number: number) : null;
            case AttributeType.Boolean:
                return node.Boolean() is { } boolean ? new Literal(AttributeType.Boolean, Boolean: boolean) : null;
            default:
                return Literal(node, node.Kind switch
                {
                    JsonValueKind.Number => AttributeType.Integer,
                    JsonValueKind.True or JsonValueKind.False => AttributeType.Boolean,
                    _ => AttributeType.Text,
                });
        }
    }
}
