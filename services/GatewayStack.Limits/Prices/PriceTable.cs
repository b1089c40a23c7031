using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Limits.Prices;

/// <summary>A compiled <c>gateway.prices/v1</c> document. Immutable.</summary>
/// <remarks>The provider's own rows come before those for any provider, an exact model before a beginning, a longer beginning before a shorter;
/// of the rows for one name the latest that is in force counts.</remarks>
internal sealed class PriceTable
{
    private readonly FrozenDictionary<string, ProviderPrices> _byProvider;

    public PriceTable(string currency, DateOnly asOf, ImmutableArray<PriceRow> rows)
    {
        Currency = currency;
        AsOf = asOf;
        Rows = rows;
        _byProvider = rows.GroupBy(r => r.Provider).ToFrozenDictionary(g => g.Key, g => new ProviderPrices(g));
    }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>The day the table was taken.</summary>
    public DateOnly AsOf { get; }

    public ImmutableArray<PriceRow> Rows { get; }

    /// <summary>The price of a target's tokens at a moment; null when the table does not know it.</summary>
    public TokenPrice? Find(string provider, string model, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var row = Find(provider, model, day) ?? Find("*", model, day);
        return row is null
            ? null
            : new TokenPrice { Provider = provider, Model = model, Input = row.Input, Output = row.Output, CachedInput = row.CachedInput };
    }

    private PriceRow? Find(string provider, string model, DateOnly day) => _byProvider.TryGetValue(provider, out var prices) ? prices.Find(model, day) : null;

    private sealed class ProviderPrices
    {
        private readonly FrozenDictionary<string, ImmutableArray<PriceRow>> _exact;
        private readonly ImmutableArray<Beginning> _beginnings;

        public ProviderPrices(IEnumerable<PriceRow> rows)
        {
            var byModel = rows.GroupBy(r => r.Model).ToList();
            _exact = byModel.Where(g => !g.Key.EndsWith('*')).ToFrozenDictionary(g => g.Key, LatestFirst);
            _beginnings = [.. byModel.Where(g => g.Key.EndsWith('*')).Select(g => new Beginning(g.Key[..^1], LatestFirst(g))).OrderByDescending(b => b.Text.Length)];
        }

        public PriceRow? Find(string model, DateOnly day)
        {
            if (_exact.TryGetValue(model, out var rows) && InForce(rows, day) is { } exact)
            {
                return exact;
            }

            foreach (var beginning in _beginnings)
            {
                if (model.StartsWith(beginning.Text, StringComparison.Ordinal) && InForce(beginning.Rows, day) is { } row)
                {
                    return row;
                }
            }

            return null;
        }

        private static ImmutableArray<PriceRow> LatestFirst(IEnumerable<PriceRow> rows) => [.. rows.OrderByDescending(r => r.Effective ?? DateOnly.MinValue)];

        private static PriceRow? InForce(ImmutableArray<PriceRow> rows, DateOnly day)
        {
            foreach (var row in rows)
            {
                if (row.Effective is not { } from || from <= day)
                {
                    return row;
                }
            }

            return null;
        }

        private sealed record Beginning(string Text, ImmutableArray<PriceRow> Rows);
    }
}
