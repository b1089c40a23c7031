using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Documents;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Documents;

/// <summary>The format <c>gateway.prices/v1</c>.</summary>
internal sealed class PricesFormat : IDocumentFormat<PriceTable>
{
    public const string ApiVersion = "gateway.prices/v1";

    private const int MostRows = 20_000;

    public DocumentResult<PriceTable> Compile(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var errors = new List<DocumentError>();
        var root = new DocumentNode(document.RootElement, string.Empty, errors);
        var rows = ImmutableArray.CreateBuilder<PriceRow>();
        string? currency = null;
        DateOnly? asOf = null;
        if (root.IsObjectOf("apiVersion", "description", "source", "currency", "as_of", "prices"))
        {
            if (root.Text("apiVersion", required: true) is { } version && version != ApiVersion)
            {
                root.Error("apiVersion", $"must be {ApiVersion}");
            }

            currency = root.Text("currency", required: true);
            if (currency is not null && (currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z')))
            {
                root.Error("currency", "must be a code of ISO 4217, such as USD");
            }

            asOf = Date(root, "as_of", required: true);
            var seen = new HashSet<(string, string, DateOnly?)>();
            foreach (var node in root.Items("prices", MostRows))
            {
                if (Row(node) is { } row)
                {
                    if (!seen.Add((row.Provider, row.Model, row.Effective)))
                    {
                        node.Error("the same provider, model and day stand here twice");
                    }

                    rows.Add(row);
                }
            }
        }

        return errors.Count > 0 ? new() { Errors = [.. errors] } : new() { Value = new PriceTable(currency!, asOf!.Value, rows.ToImmutable()) };
    }

    private static PriceRow? Row(DocumentNode node)
    {
        if (!node.IsObjectOf("provider", "model", "effective", "input", "output", "cached_input", "note"))
        {
            return null;
        }

        var provider = node.Text("provider", required: true);
        if (provider is not null and not "*" && provider.Contains('*', StringComparison.Ordinal))
        {
            node.Error("provider", "must be a provider's name, or * for any");
        }

        var model = node.Text("model", required: true);
        if (model?.IndexOf('*', StringComparison.Ordinal) is { } star and >= 0 && star != model.Length - 1)
        {
            node.Error("model", "may have a * at its end only");
        }

        var effective = Date(node, "effective", required: false);
        var input = node.Money("input");
        var output = node.Money("output");
        var cached = node.Find("cached_input") is null ? input : node.Money("cached_input");

        // A hold takes all input as uncached; a dearer cache would make it too small.
        if (cached > input)
        {
            node.Error("cached_input", "must not be dearer than input");
        }

        return provider is null || model is null || input is null || output is null || cached is null
            ? null
            : new PriceRow { Provider = provider, Model = model, Effective = effective, Input = input.Value, Output = output.Value, CachedInput = cached.Value };
    }

    private static DateOnly? Date(DocumentNode node, string member, bool required)
    {
        if (node.Text(member, required) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        node.Error(member, "must be a day as 2026-08-21");
        return null;
    }
}
