namespace GatewayStack.Platform.Tests.Wire;

/// <summary>An enum of the contracts and its twin of the protos.</summary>
internal static class EnumPair
{
    public static void ShouldBeEqual(Type record, Type message) =>
        Enum.GetValues(record).Cast<object>().Select(v => $"{v} {(int)v}").ShouldBe(Enum.GetValues(message).Cast<object>().Select(v => $"{v} {(int)v}"));
}
