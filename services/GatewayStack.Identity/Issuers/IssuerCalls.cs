using Polly;

namespace GatewayStack.Identity.Issuers;

/// <summary>Whose question to an issuer it is.</summary>
internal enum Asker
{
    /// <summary>Anybody: nothing is known of what they sent.</summary>
    Stranger,

    /// <summary>Somebody whose credential was found good before, or was verified already.</summary>
    Known,
}

/// <summary>
/// Questions of one kind to one issuer about what callers present. Strangers have a bulkhead, a breaker and connections of their own: whatever they make up, nobody who is known
/// waits behind it or finds the breaker open for it.
/// </summary>
internal sealed class IssuerCalls(string kind, string issuerName, TimeProvider time)
{
    private const int MostWaiting = 500;

    private readonly Lane _strangers = new(IssuerCallPipeline.Create(kind + "-strangers", issuerName, time), MostAtOnce: 16);
    private readonly Lane _known = new(IssuerCallPipeline.Create(kind, issuerName, time), MostAtOnce: 64);

    /// <summary>Asks when there is room.</summary>
    /// <exception cref="IssuerCallException">The issuer did not answer in a way that counts, or there was no room to ask it.</exception>
    public async Task<T> AskAsync<T>(Asker asker, string? source, Func<Asker, CancellationToken, Task<T>> question)
    {
        var lane = asker == Asker.Known ? _known : _strangers;
        if (!await lane.Bulkhead.EnterAsync(source ?? string.Empty))
        {
            throw new IssuerCallException("too_many_questions", isOutage: false);
        }

        try
        {
            // The time spent waiting for room is none of the issuer's.
            return await lane.Pipeline.ExecuteAsync(async token => await question(asker, token), CancellationToken.None);
        }
        finally
        {
            lane.Bulkhead.Leave();
        }
    }

    private sealed record Lane(ResiliencePipeline Pipeline, int MostAtOnce)
    {
        public Bulkhead Bulkhead { get; } = new(MostAtOnce, MostWaiting);
    }
}
