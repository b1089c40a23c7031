using System.Collections.Immutable;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Tests.Prices;

public sealed class PriceTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_providers_own_row_comes_before_the_one_for_any() =>
        Find([Row("*", "m", 1), Row("cloud", "m*", 2)], "cloud", "m").ShouldBe(2);

    [Fact]
    public void An_exact_model_comes_before_a_beginning() =>
        Find([Row("*", "m*", 1), Row("*", "mm", 2)], "cloud", "mm").ShouldBe(2);

    [Fact]
    public void The_longer_beginning_wins_wherever_it_stands()
    {
        Find([Row("*", "gpt-4o*", 1), Row("*", "gpt-4o-mini*", 2)], "cloud", "gpt-4o-mini-x").ShouldBe(2);
        Find([Row("*", "gpt-4o-mini*", 2), Row("*", "gpt-4o*", 1)], "cloud", "gpt-4o-x").ShouldBe(1);
    }

    [Fact]
    public void The_latest_row_in_force_counts_from_the_start_of_its_day()
    {
        ImmutableArray<PriceRow> rows = [Row("*", "m", 1), Row("*", "m", 2, "2026-11-26"), Row("*", "m", 3, "2026-11-25")];
        Find(rows, "cloud", "m", Now.AddTicks(-1)).ShouldBe(1);
        Find(rows, "cloud", "m", Now).ShouldBe(3);
        Find(rows, "cloud", "m", Now.AddDays(1).AddTicks(-1)).ShouldBe(3);
        Find(rows, "cloud", "m", Now.AddDays(1)).ShouldBe(2);
    }

    [Fact]
    public void A_row_that_is_not_yet_in_force_hides_nothing() =>
        Find([Row("*", "m*", 1), Row("*", "m", 2, "2027-01-01"), Row("cloud", "m", 3, "2027-01-01")], "cloud", "m").ShouldBe(1);

    [Fact]
    public void An_unknown_model_has_no_price()
    {
        Find([Row("*", "m", 1)], "cloud", "M").ShouldBeNull();
        Find([Row("other", "m", 1)], "cloud", "m").ShouldBeNull();
    }

    private static long? Find(ImmutableArray<PriceRow> rows, string provider, string model, DateTimeOffset? at = null) =>
        new PriceTable("USD", new DateOnly(2026, 8, 21), rows).Find(provider, model, at ?? Now)?.Input;

    private static PriceRow Row(string provider, string model, long input, string? effective = null) => new()
    {
        Provider = provider,
        Model = model,
        Effective = effective is null ? null : DateOnly.Parse(effective, System.Globalization.CultureInfo.InvariantCulture),
        Input = input,
        Output = input,
        CachedInput = input,
    };
}
