using System.Text;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Tests.Documents;

public sealed class PricesFormatTests
{
    [Theory]
    [InlineData("gpt-4o-mini", 150_000, 600_000, 75_000)]
    [InlineData("gpt-4o", 2_500_000, 10_000_000, 1_250_000)]
    [InlineData("gpt-4o-2024-08-06", 2_500_000, 10_000_000, 1_250_000)]
    [InlineData("gpt-4.1-nano", 100_000, 400_000, 25_000)]
    [InlineData("gpt-4-medical", 2_500_000, 10_000_000, 1_250_000)]
    [InlineData("finance-internal", 0, 0, 0)]
    [InlineData("claude-sonnet-5", 3_000_000, 15_000_000, 300_000)]
    public void The_built_in_table_knows_the_current_models(string model, long input, long output, long cached)
    {
        var price = Load(BuiltInDocuments.Prices()).Value!.Find("cloud", model, LimitsFixture.Noon)!;
        (price.Provider, price.Model, price.Input, price.Output, price.CachedInput).ShouldBe(("cloud", model, input, output, cached));
    }

    [Fact]
    public void Decimal_texts_and_numbers_are_converted_from_their_digits()
    {
        var table = Load("""
            {"apiVersion": "gateway.prices/v1", "currency": "EUR", "as_of": "2026-01-02", "prices": [
              {"provider": "*", "model": "m", "input": "0.15", "output": 0.6, "cached_input": 75000}]}
            """).Value!;
        var row = table.Rows.ShouldHaveSingleItem();
        (row.Input, row.Output, row.CachedInput).ShouldBe((150_000, 600_000, 75_000));
        table.Currency.ShouldBe("EUR");
    }

    [Fact]
    public void Every_error_is_told_at_once_with_its_place()
    {
        const string Json = """
            {"apiVersion": "gateway.prices/v1", "currency": "usd", "as_of": "yesterday", "prices": [
              {"provider": "cl*", "model": "a*b", "input": -1, "output": "x", "effective": "2026-02-30"},
              {"provider": "*", "model": "m", "input": 1, "output": 1, "cached_input": 2, "cache": 0},
              {"provider": "*", "model": "n", "input": 1, "output": 1},
              {"provider": "*", "model": "n", "input": 2, "output": 1}]}
            """;
        Load(Json).Errors.Select(e => e.Pointer).ShouldBe(
        [
            "/currency", "/as_of",
            "/prices/0/provider", "/prices/0/model", "/prices/0/effective", "/prices/0/input", "/prices/0/output",
            "/prices/1/cache", "/prices/1/cached_input",
            "/prices/3",
        ]);
    }

    private static LoadedDocument<PriceTable> Load(string text) => DocumentLoader.Compile(new PricesFormat(), Encoding.UTF8.GetBytes(text));
}
