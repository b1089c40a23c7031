using GatewayStack.Credentials;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>Tokens as a test wants them, and every question that was asked.</summary>
internal sealed class ScriptedSource(TimeProvider time) : ITokenSource
{
    private readonly Lock _lock = new();
    private readonly List<TokenDemand> _demands = [];

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

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            _demands.Add(demand);
            number = _demands.Count;
        }

        await Before();
        return new AccessToken($"token-{number}", time.GetUtcNow() + Lifetime, Lifetime);
    }
}
