using System.Text.Json;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Documents;

/// <summary>Amounts as documents state them.</summary>
internal static class Amounts
{
    /// <summary>A count: a whole number from 0 on.</summary>
    public static long? Count(this DocumentNode node, string member)
    {
        if (node.Find(member) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var count) && count is >= 0 and <= MicroUnits.Max)
        {
            return count;
        }

        node.Error(member, "must be a whole number from 0 on");
        return null;
    }

    /// <summary>Money: micro-units as a whole number, or the currency's units as a decimal text, converted exactly.</summary>
    public static long? Money(this DocumentNode node, string member)
    {
        switch (node.Find(member))
        {
            case { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var micros) && micros is >= 0 and <= MicroUnits.Max:
                return micros;

            // The number's own digits: a fraction never passes through a double.
            case { ValueKind: JsonValueKind.Number } value when MicroUnits.TryParse(value.GetRawText(), out var micros):
                return micros;
            case { ValueKind: JsonValueKind.String } value when MicroUnits.TryParse(value.GetString(), out var micros):
                return micros;
            default:
                node.Error(member, "must be an amount from 0 on: micro-units as a whole number (5000000), or a decimal text with at most six places (\"5.00\")");
                return null;
        }
    }
}
