using System.Threading.Channels;
using GatewayStack.Credentials;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>Tokens as a test wants them, and every question that was asked.</summary>
internal sealed class ScriptedSource(TimeProvider time) : ITokenSource
{
    private readonly Lock _lock = new();
    private readonly List<TokenDemand> _demands = [];
    private readonly Channel<TokenDemand> _asked = Channel.CreateUnbounded<TokenDemand>();

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Awaited before each answer; may throw.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<TokenDemand> Demands
    {
        get
        {
            lock (_lock)
            {
                return [.. _demands];
            }
        }
    }

    /// <summary>Ends when it has been asked once more than was waited for.</summary>
    public ValueTask<TokenDemand> AskedAsync() => _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            _demands.Add(demand);
            number = _demands.Count;
        }

        _asked.Writer.TryWrite(demand);
        await Before();
        return new AccessToken($"token-{number}", time.GetUtcNow() + Lifetime, Lifetime);
    }
}
