using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Server;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>The clients the issuer knows, however it came to know them.</summary>
internal sealed class ClientRegistry(IssuerContext store, IOpenIddictApplicationManager applications, DemoServerOptions options, TimeProvider time)
{
    private const string Nameless = "An application without a name";

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Keeps the clients that are shipped, as this version has them.</summary>
    public async Task KeepKnownAsync(CancellationToken cancellationToken)
    {
        foreach (var client in KnownClients.All.Where(c => !KnownClients.IsOpen(c)))
        {
            await KeepAsync(client.Id, client.Metadata, ClientKind.Known, cancellationToken);
        }
    }

    /// <summary>The client with an id, or null.</summary>
    public async Task<Client?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.ClientNotes.FindAsync([id], cancellationToken) is not { } row || await applications.FindByClientIdAsync(id, cancellationToken) is not { } application)
        {
            return null;
        }

        var name = await applications.GetDisplayNameAsync(application, cancellationToken);
        return new Client(id, name ?? Nameless, (ClientKind)row.Kind, row.Scope, await applications.GetRedirectUrisAsync(application, cancellationToken));
    }

    /// <summary>When a client's document was read last, or null.</summary>
    public async Task<DateTimeOffset?> ReadAtAsync(string id, CancellationToken cancellationToken) =>
        await store.ClientNotes.AsNoTracking().FirstOrDefaultAsync(c => c.ClientId == id && c.Kind == (int)ClientKind.Document, cancellationToken) is { } row
            ? DateTimeOffset.FromUnixTimeSeconds(row.Since)
            : null;

    /// <summary>Keeps a client, or what is new of it.</summary>
    public async Task KeepAsync(string id, ClientMetadata metadata, ClientKind kind, CancellationToken cancellationToken)
    {
        var descriptor = Describe(id, metadata);
        if (await applications.FindByClientIdAsync(id, cancellationToken) is { } known)
        {
            await applications.UpdateAsync(known, descriptor, cancellationToken);
        }
        else
        {
            await MakeRoomAsync(kind, cancellationToken);
            await applications.CreateAsync(descriptor, cancellationToken);
        }

        if (await store.ClientNotes.FindAsync([id], cancellationToken) is not { } row)
        {
            row = new ClientRow { ClientId = id, Kind = (int)kind, Since = Now };
            store.ClientNotes.Add(row);
        }

        (row.Kind, row.Scope, row.Since) = ((int)kind, metadata.Scope, Now);
        await store.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Notes that somebody signed in with a client.</summary>
    public Task UsedAsync(string id, CancellationToken cancellationToken)
    {
        var now = Now;
        return store.ClientNotes.Where(c => c.ClientId == id).ExecuteUpdateAsync(c => c.SetProperty(r => r.Used, now), cancellationToken);
    }

    /// <summary>Strangers are kept up to a bound: one that nobody ever signed in with goes first, then the one unused for longest.</summary>
    private async Task MakeRoomAsync(ClientKind kind, CancellationToken cancellationToken)
    {
        if (kind == ClientKind.Known)
        {
            return;
        }

        var strangers = store.ClientNotes.Where(c => c.Kind != (int)ClientKind.Known);
        var surplus = await strangers.CountAsync(cancellationToken) - options.ClientBounds.Kept + 1;
        if (surplus <= 0)
        {
            return;
        }

        foreach (var id in await strangers.OrderBy(c => c.Used ?? 0).ThenBy(c => c.Since).Select(c => c.ClientId).Take(surplus).ToListAsync(cancellationToken))
        {
            if (await applications.FindByClientIdAsync(id, cancellationToken) is { } application)
            {
                await applications.DeleteAsync(application, cancellationToken);
            }

            await store.ClientNotes.Where(c => c.ClientId == id).ExecuteDeleteAsync(cancellationToken);
            await store.Consents.Where(c => c.ClientId == id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static OpenIddictApplicationDescriptor Describe(string id, ClientMetadata metadata)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientType = ClientTypes.Public,
            ApplicationType = metadata.RedirectUris.All(r => r.StartsWith("https:", StringComparison.Ordinal)) ? ApplicationTypes.Web : ApplicationTypes.Native,
            ConsentType = ConsentTypes.Explicit,
            DisplayName = metadata.Name,
        };
        descriptor.RedirectUris.UnionWith(metadata.RedirectUris.Select(r => new Uri(r, UriKind.Absolute)));
        descriptor.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Endpoints.EndSession,
            Permissions.ResponseTypes.Code, .. metadata.Grants.Select(g => Permissions.Prefixes.GrantType + g),
        ]);
        if (metadata.Grants.Contains(ClientMetadataReader.DeviceGrant, StringComparer.Ordinal))
        {
            descriptor.Permissions.Add(Permissions.Endpoints.DeviceAuthorization);
        }

        return descriptor;
    }
}
