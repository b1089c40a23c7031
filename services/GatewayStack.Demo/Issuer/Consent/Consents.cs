using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Server;
using Microsoft.EntityFrameworkCore;

namespace GatewayStack.Demo.Issuer.Consent;

/// <summary>What people let applications do, remembered for each person, client and resource.</summary>
internal sealed class Consents(IssuerContext store, DemoServerOptions options, TimeProvider time)
{
    /// <summary>Sorts what is asked for.</summary>
    public async Task<ConsentQuestion> AskAsync(DemoPerson person, string client, string resource, ImmutableArray<string> asked, CancellationToken cancellationToken)
    {
        var row = await store.Consents.FindAsync([person.Subject, client, resource], cancellationToken);
        var given = row?.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var holds = row is not null && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(row.Granted) < options.AccessTokenLifetime;
        return new ConsentQuestion(
            resource,
            resource == options.Audience ? "the gateway's API" : resource,
            [.. asked.Where(s => IssuerScopes.MayGrant(person, s) && !given.Contains(s, StringComparer.Ordinal))],
            [.. asked.Where(s => IssuerScopes.MayGrant(person, s) && given.Contains(s, StringComparer.Ordinal))],
            [.. asked.Where(s => !IssuerScopes.MayGrant(person, s))],
            holds);
    }

    /// <summary>Whether a person lets a client do anything, with whatever resource.</summary>
    public Task<bool> HasGrantedAsync(DemoPerson person, string client, CancellationToken cancellationToken) =>
        store.Consents.AnyAsync(c => c.Subject == person.Subject && c.ClientId == client && c.Scopes != "", cancellationToken);

    /// <summary>Remembers what a person allowed.</summary>
    /// <param name="person">Who.</param>
    /// <param name="client">Whom.</param>
    /// <param name="resource">For what.</param>
    /// <param name="granted">What they allowed now.</param>
    /// <param name="refused">What they were asked and left out: forgotten, if they once allowed it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RememberAsync(
        DemoPerson person, string client, string resource, ImmutableArray<string> granted, ImmutableArray<string> refused, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (await store.Consents.FindAsync([person.Subject, client, resource], cancellationToken) is not { } row)
        {
            row = new ConsentRow { Subject = person.Subject, ClientId = client, Resource = resource, Scopes = "", Granted = now };
            store.Consents.Add(row);
        }

        var all = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Union(granted, StringComparer.Ordinal).Except(refused, StringComparer.Ordinal);
        row.Scopes = string.Join(' ', all);
        row.Granted = now;
        try
        {
            await store.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The button was pressed twice, and the other press was quicker: it wrote the same.
            store.ChangeTracker.Clear();
        }
    }
}
