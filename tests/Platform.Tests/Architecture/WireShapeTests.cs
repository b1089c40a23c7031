using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Platform.Tests.Architecture;

public class WireShapeTests
{
    public static TheoryData<Type> Contracts =>
    [
        .. typeof(IPolicyModule).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && (t.Name.EndsWith("Module", StringComparison.Ordinal) || t == typeof(IEventSink) || t == typeof(IDataKeys))),
    ];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_module_interface_can_cross_a_wire(Type contract) => WireShape.Problems(contract).ShouldBeEmpty();

    [Fact]
    public void All_modules_are_looked_at() =>
        Contracts.Select(t => ((Type)t.Data).Name).Order(StringComparer.Ordinal)
            .ShouldBe(["IAuditModule", "IDataKeys", "IEventSink", "IIdentityModule", "ILimitsModule", "IPolicyModule", "ITransformModule"]);

    [Fact]
    public void Every_enum_of_the_contracts_starts_with_unspecified() =>
        typeof(IPolicyModule).Assembly.GetExportedTypes().Where(t => t.IsEnum && Enum.GetName(t, 0) != "Unspecified").ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(BadContracts.INotAsynchronous), "INotAsynchronous.Ask is not asynchronous")]
    [InlineData(typeof(BadContracts.INoToken), "INoToken.AskAsync does not end with a CancellationToken")]
    [InlineData(typeof(BadContracts.ITakesAStream), "ITakesAStream.AskAsync(body) is a Stream")]
    [InlineData(typeof(BadContracts.ITakesADelegate), "ITakesADelegate.AskAsync(callback) is a Action")]
    [InlineData(typeof(BadContracts.IGivesAnObject), "IGivesAnObject.AskAsync is a Object")]
    [InlineData(typeof(BadContracts.IGivesJson), "WithJson.Body is a JsonElement")]
    [InlineData(typeof(BadContracts.IGivesAList), "WithList.Names is a IReadOnlyList`1")]
    [InlineData(typeof(BadContracts.IGivesAClass), "IGivesAClass.AskAsync is a PlainClass")]
    [InlineData(typeof(BadContracts.IGivesMoneyAsDouble), "WithDoubleMoney.TotalCost is money and no 64-bit integer")]
    [InlineData(typeof(BadContracts.IGivesMoneyAsDouble), "WithDoubleMoney.TotalCost is a double and no score")]
    [InlineData(typeof(BadContracts.IGivesMoneyAsDecimal), "WithDecimalMoney.CostMicros is money and no 64-bit integer")]
    [InlineData(typeof(BadContracts.IGivesMoneyAsDecimal), "WithDecimalMoney.CostMicros is a Decimal")]
    [InlineData(typeof(BadContracts.IGivesPriceAsInt), "IntPrice.Input is money and no 64-bit integer")]
    [InlineData(typeof(BadContracts.IGivesADoubleCount), "WithDoubleCount.Tokens is a double and no score")]
    [InlineData(typeof(BadContracts.IGivesABadEnum), "BadEnum has no Unspecified at 0")]
    [InlineData(typeof(BadContracts.IGivesAMutable), "WithSetter.Name can be changed")]
    [InlineData(typeof(BadContracts.INested), "WithJson.Body is a JsonElement")]
    [InlineData(typeof(BadContracts.IStreamsBadly), "WithJson.Body is a JsonElement")]
    [InlineData(typeof(BadContracts.IHasAState), "IHasAState.Count is not asked by a call")]
    public void The_walker_finds(Type contract, string problem) => WireShape.Problems(contract).ShouldContain(problem);

    [Fact]
    public void The_walker_lets_good_ones_pass() => WireShape.Problems(typeof(BadContracts.IGood)).ShouldBeEmpty();
}
