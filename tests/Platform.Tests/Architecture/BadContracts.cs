using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>Interfaces that could not cross a wire, one fault each, and one that could.</summary>
internal static class BadContracts
{
    public interface INotAsynchronous
    {
        string Ask(CancellationToken cancellationToken);
    }

    public interface INoToken
    {
        Task AskAsync(string question);
    }

    public interface ITakesAStream
    {
        Task AskAsync(Stream body, CancellationToken cancellationToken);
    }

    public interface ITakesADelegate
    {
        Task AskAsync(Action callback, CancellationToken cancellationToken);
    }

    public interface IGivesAnObject
    {
        Task<object> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesJson
    {
        Task<WithJson> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesAList
    {
        Task<WithList> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesAClass
    {
        Task<PlainClass> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesMoneyAsDouble
    {
        Task<WithDoubleMoney> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesMoneyAsDecimal
    {
        Task<WithDecimalMoney> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesPriceAsInt
    {
        Task<IntPrice> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesADoubleCount
    {
        Task<WithDoubleCount> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesABadEnum
    {
        Task<WithBadEnum> AskAsync(CancellationToken cancellationToken);
    }

    public interface IGivesAMutable
    {
        Task<WithSetter> AskAsync(CancellationToken cancellationToken);
    }

    public interface INested
    {
        Task<ImmutableArray<Outer>> AskAsync(CancellationToken cancellationToken);
    }

    public interface IStreamsBadly
    {
        IAsyncEnumerable<WithJson> AskAsync(IAsyncEnumerable<Good> questions, CancellationToken cancellationToken);
    }

    public interface IHasAState
    {
        int Count { get; }
    }

    public interface IGood
    {
        string Name { get; }

        Task<Good?> AskAsync(string question, CancellationToken cancellationToken);

        IAsyncEnumerable<Good> StreamAsync(IAsyncEnumerable<Good> questions, CancellationToken cancellationToken);
    }

    public enum BadEnum
    {
        First,
    }

    public enum GoodEnum
    {
        Unspecified,
    }

    public sealed record WithJson(JsonElement Body);

    public sealed record WithList(IReadOnlyList<string> Names);

    public sealed class PlainClass;

    public sealed record WithDoubleMoney(double TotalCost);

    public sealed record WithDecimalMoney(decimal? CostMicros);

    public sealed record IntPrice(int Input);

    public sealed record WithDoubleCount(double Tokens);

    public sealed record WithBadEnum(BadEnum Kind);

    public sealed record WithSetter
    {
        public string? Name { get; set; }
    }

    public sealed record Outer(ImmutableArray<WithJson> Items);

    public sealed record Good(
        string Text, bool Flag, int Number, long? CostMicros, double RiskScore, GoodEnum Kind, ImmutableArray<byte> Bytes, DateTimeOffset At, TimeSpan For, Good? Inner);
}
