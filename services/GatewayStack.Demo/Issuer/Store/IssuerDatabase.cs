using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Server;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Store;

/// <summary>
/// Where the issuer keeps clients and grants: a SQLite file in the key folder, or memory where there is none. Made at the first request that needs it, because most
/// starts of the demo never see one.
/// </summary>
internal sealed class IssuerDatabase(DemoServerOptions options, IServiceScopeFactory scopes, EndedSessions ended, TimeProvider time) : IDisposable
{
    // The number is the schema's: a file of another one is left alone.
    private const string FileName = "demo-issuer-1.db";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private SqliteConnection? _open;
    private volatile bool _ready;
    private long _prunedAt = time.GetTimestamp();

    /// <summary>The address of the database, for SQLite.</summary>
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        // The VFS of this name shares memory between connections, with the locks of a file.
        DataSource = options.KeyFolder is { } folder ? Path.Combine(folder, FileName) : $"file:/demo-issuer-{Guid.NewGuid():N}?vfs=memdb",
        DefaultTimeout = 10,
    }.ToString();

    /// <summary>Returns when tables and the clients that are known beforehand are there.</summary>
    public async ValueTask EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_ready && time.GetElapsedTime(Interlocked.Read(ref _prunedAt)) < PruneEvery)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
            {
                await PrepareAsync(cancellationToken);
                _ready = true;
            }
            else if (time.GetElapsedTime(_prunedAt) >= PruneEvery)
            {
                Interlocked.Exchange(ref _prunedAt, time.GetTimestamp());
                await using var scope = scopes.CreateAsyncScope();
                await PruneAsync(scope.ServiceProvider, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        if (_open is { } connection)
        {
            SqliteConnection.ClearPool(connection);
            connection.Dispose();
        }

        _one.Dispose();
    }

    /// <summary>SQLite gives its journals the mode of the file, and the file the mode of everything else.</summary>
    private static void MakeFile(string path)
    {
        var open = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, open);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.KeyFolder is { } folder)
        {
            PrivateFolder.Create(folder);
            MakeFile(Path.Combine(folder, FileName));
        }

        // Held open: memory lasts as long as a connection to it does.
        _open ??= new SqliteConnection(ConnectionString);
        await _open.OpenAsync(cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IssuerContext>();
        await store.Database.EnsureCreatedAsync(cancellationToken);
        await ended.LoadAsync(store, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ClientRegistry>().KeepKnownAsync(cancellationToken);
        await PruneAsync(scope.ServiceProvider, cancellationToken);
    }

    private async Task PruneAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Codes of devices are of no use once they ran out; used refresh tokens are, as long as one of their chain may come again.
        var now = time.GetUtcNow();
        var past = now.UtcDateTime - PruneEvery;
        await services.GetRequiredService<IssuerContext>().Set<OpenIddictEntityFrameworkCoreToken>()
            .Where(t => (t.Type == TokenTypeIdentifiers.Private.DeviceCode || t.Type == TokenTypeIdentifiers.Private.UserCode) && t.ExpirationDate < past)
            .ExecuteDeleteAsync(cancellationToken);
        await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - Kept, cancellationToken);
        await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - Kept, cancellationToken);
    }
}
