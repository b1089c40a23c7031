using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GatewayStack.Demo.Issuer.Store;

/// <summary>
/// Lets SQLite itself wait for whoever reads while a statement ends: the provider repeats a step that finds the database locked, and not the end of one, which is where a
/// write is made good.
/// </summary>
internal sealed class BusyTimeout : DbConnectionInterceptor
{
    private const string Statement = "PRAGMA busy_timeout = 10000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statement;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Statement;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
