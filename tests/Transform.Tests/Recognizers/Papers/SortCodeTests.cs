using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Papers;

public sealed class SortCodeTests
{
    [Theory]
    [InlineData("Credit it to sort code 40-17-33, number 51830274.", "40-17-33", "51830274")]
    [InlineData("details: sort 40-17-33, account 51830274. From abroad", "40-17-33", "51830274")]
    [InlineData("Sort code: 40 17 33\nAcc no: 51830274\n", "40 17 33", "51830274")]
    public void Each_is_one(string text, string code, string account) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.BankAccount).ShouldBe([$"BANK_ACCOUNT={code}", $"BANK_ACCOUNT={account}"], ignoreOrder: true);

    [Theory]
    [InlineData("sort 12-10-24, number 512")]
    [InlineData("sort order 12-10-24-11, 51830274")]
    [InlineData("We sort 120 boxes, order 51830274, by 12-10-24")]
    [InlineData("resort 40-17-33, number 51830274")]
    public void Others_are_left_alone(string text) => Rows.Find(Transform.Recognizers.Papers.PaperRows.All, text, EntityTypes.BankAccount).ShouldBeEmpty();
}
