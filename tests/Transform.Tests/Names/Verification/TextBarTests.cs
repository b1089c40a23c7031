using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Tests.Names.Verification;

public class TextBarTests
{
    [Fact]
    public void The_more_words_look_like_names_the_more_the_best_must_show_up_to_a_page()
    {
        var bars = Enumerable.Range(0, 200).Select(TextBar.OfBest).ToList();
        Assert.Equal(bars.Order(), bars);
        Assert.True(bars[40] > bars[4]);
        Assert.True(bars[4] > bars[1]);
        Assert.Equal(bars[60], bars[199]);
    }

    [Fact]
    public void A_single_name_need_only_be_more_likely_than_not() =>
        Assert.Equal(0.5, 1 / (1 + Math.Exp(-((TextBar.OfBest(1) / (double)TreeEnsemble.Unit) + TextBar.Name))), 0.001);

    [Fact]
    public void Where_nothing_stands_elsewhere_a_name_needs_more()
    {
        Assert.Equal(0, TextBar.OfName(2));
        Assert.True(TextBar.OfName(1) > 0);
        Assert.True(TextBar.OfName(1) < TextBar.OfBest(1));
    }
}
