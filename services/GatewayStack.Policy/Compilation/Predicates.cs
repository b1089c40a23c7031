using System.Collections.Immutable;
using static GatewayStack.Policy.Compilation.TernaryLogic;

namespace GatewayStack.Policy.Compilation;

/// <summary>A condition, ready to be asked. Total: no loops over anything but the document's own lists, no I/O, no clock.</summary>
internal abstract class Predicate
{
    public abstract Ternary Evaluate(in Facts facts);

    /// <summary>True when it asks anything about the caller.</summary>
    public abstract bool AsksOfTheCaller { get; }
}

internal sealed class AllOf(ImmutableArray<Predicate> parts) : Predicate
{
    public override bool AsksOfTheCaller => parts.Any(p => p.AsksOfTheCaller);

    public override Ternary Evaluate(in Facts facts)
    {
        var result = Ternary.True;
        foreach (var part in parts)
        {
            result = And(result, part.Evaluate(facts));
            if (result == Ternary.False)
            {
                break;
            }
        }

        return result;
    }
}

internal sealed class AnyOf(ImmutableArray<Predicate> parts) : Predicate
{
    public override bool AsksOfTheCaller => parts.Any(p => p.AsksOfTheCaller);

    public override Ternary Evaluate(in Facts facts)
    {
        var result = Ternary.False;
        foreach (var part in parts)
        {
            result = Or(result, part.Evaluate(facts));
            if (result == Ternary.True)
            {
                break;
            }
        }

        return result;
    }
}

internal sealed class NotOf(Predicate part) : Predicate
{
    public override bool AsksOfTheCaller => part.AsksOfTheCaller;

    public override Ternary Evaluate(in Facts facts) => Not(part.Evaluate(facts));
}

internal sealed class Exists(PolicyAttribute attribute) : Predicate
{
    public override bool AsksOfTheCaller => attribute.IsOfTheCaller;

    public override Ternary Evaluate(in Facts facts) => attribute.Read(facts).State switch
    {
        AttributeState.Present => Ternary.True,
        AttributeState.Missing => Ternary.False,
        _ => Ternary.Error,
    };
}

/// <summary>An attribute against one literal of a type that was checked at load; an operator's own attribute may still turn out to have another.</summary>
internal sealed class Compare(PolicyAttribute attribute, Comparison comparison, Literal literal) : Predicate
{
    public override bool AsksOfTheCaller => attribute.IsOfTheCaller;

    public override Ternary Evaluate(in Facts facts)
    {
        var value = attribute.Read(facts);
        if (value.State != AttributeState.Present || value.Type != literal.Type)
        {
            return Ternary.Error;
        }

        return literal.Type switch
        {
            AttributeType.Text => Of(string.Equals(value.Text, literal.Text, StringComparison.Ordinal) == (comparison == Comparison.Equal)),
            AttributeType.Boolean => Of((value.Boolean == literal.Boolean) == (comparison == Comparison.Equal)),
            AttributeType.Integer => Order(value.Integer.CompareTo(literal.Integer)),
            // Nothing orders itself against "not a number".
            AttributeType.Number when double.IsNaN(value.Number) => Ternary.Error,
            AttributeType.Number => Order(value.Number.CompareTo(literal.Number)),
            _ => Ternary.Error,
        };
    }

    private Ternary Order(int order) => Of(comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    });
}

/// <summary>A single value that is one of the literals, or a list that has one of them.</summary>
internal sealed class IsIn(PolicyAttribute attribute, ImmutableArray<Literal> literals) : Predicate
{
    public override bool AsksOfTheCaller => attribute.IsOfTheCaller;

    public override Ternary Evaluate(in Facts facts)
    {
        var value = attribute.Read(facts);
        if (value.State != AttributeState.Present)
        {
            return Ternary.Error;
        }

        foreach (var literal in literals)
        {
            var found = (value.Type, literal.Type) switch
            {
                (AttributeType.Text, AttributeType.Text) => Of(string.Equals(value.Text, literal.Text, StringComparison.Ordinal)),
                (AttributeType.Integer, AttributeType.Integer) => Of(value.Integer == literal.Integer),
                (AttributeType.List, AttributeType.Text) => Of(value.Contains(literal.Text)),
                _ => Ternary.Error,
            };
            if (found != Ternary.False)
            {
                return found;
            }
        }

        return Ternary.False;
    }
}

internal sealed class Contains(PolicyAttribute attribute, string item) : Predicate
{
    public override bool AsksOfTheCaller => attribute.IsOfTheCaller;

    public override Ternary Evaluate(in Facts facts)
    {
        var value = attribute.Read(facts);
        return value.State != AttributeState.Present || value.Type != AttributeType.List ? Ternary.Error : Of(value.Contains(item));
    }
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>A value written in a condition.</summary>
internal readonly record struct Literal(AttributeType Type, string Text = "", long Integer = 0, double Number = 0, bool Boolean = false);
