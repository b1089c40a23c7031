using System.Globalization;
using Npgsql;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>
/// One database for each service that has data to keep, each with two roles: the owner, who migrates, and the one that the service runs as, which is neither
/// superuser nor owner nor exempt from row-level security.
/// </summary>
internal sealed class Databases(IResourceBuilder<IResourceWithConnectionString> server, ReferenceExpression address, StackFolder folder)
{
    private static readonly string[] Owners = [Resources.Identity, Resources.Policy, Resources.Limits, Resources.Audit];

    /// <summary>Identity's database: the key rings.</summary>
    public IServer Identity => new Database(this, Resources.Identity);

    /// <summary>Policy's database: the policies.</summary>
    public IServer Policy => new Database(this, Resources.Policy);

    /// <summary>Limits' database: limits, prices and the ledger.</summary>
    public IServer Limits => new Database(this, Resources.Limits);

    /// <summary>Audit's database: the audit log.</summary>
    public IServer Audit => new Database(this, Resources.Audit);

    /// <summary>Makes what is missing of databases and roles; may be repeated.</summary>
    /// <param name="superuser">A connection string of the superuser, without a database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CreateAsync(string superuser, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(superuser + ";Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        foreach (var owner in Owners)
        {
            await RoleAsync(connection, OwnerRole(owner), cancellationToken);
            await RoleAsync(connection, RuntimeRole(owner), cancellationToken);
            if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", DatabaseName(owner), cancellationToken))
            {
                await RunAsync(connection, $"CREATE DATABASE {DatabaseName(owner)} OWNER {OwnerRole(owner)}", cancellationToken);
            }

            // Everybody may connect and make temporary tables until this is taken away.
            await RunAsync(
                connection,
                $"REVOKE ALL ON DATABASE {DatabaseName(owner)} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE {DatabaseName(owner)} TO {RuntimeRole(owner)}",
                cancellationToken);
        }

        foreach (var owner in Owners)
        {
            await using var database = new NpgsqlConnection($"{superuser};Database={DatabaseName(owner)};Pooling=false");
            await database.OpenAsync(cancellationToken);
            await RunAsync(
                database,
                $"ALTER SCHEMA public OWNER TO {OwnerRole(owner)}; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO {RuntimeRole(owner)}",
                cancellationToken);
        }
    }

    private static string DatabaseName(string owner) => owner + "db";

    private static string OwnerRole(string owner) => owner + "_owner";

    private static string RuntimeRole(string owner) => owner + "_runtime";

    /// <summary>The password each time: a folder whose secrets were made anew still opens.</summary>
    private async Task RoleAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        var verb = await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellationToken) ? "ALTER" : "CREATE";
        await RunAsync(connection, $"{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD '{folder.Secret(role)}'", cancellationToken);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string question, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Names are this class's own and secrets are hexadecimal: nothing in the text comes from elsewhere.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, FormattableString text, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Roles and databases cannot be parameters.
        await using var command = new NpgsqlCommand(text.ToString(CultureInfo.InvariantCulture), connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Database(Databases All, string Owner) : IServer
    {
        public void GiveTo(IResourceBuilder<ProjectResource> service) => service
            .WithEnvironment("ConnectionStrings__" + DatabaseName(Owner), All.Connection(RuntimeRole(Owner), DatabaseName(Owner)))
            .WithEnvironment($"ConnectionStrings__{DatabaseName(Owner)}-migrations", All.Connection(OwnerRole(Owner), DatabaseName(Owner)))
            .WaitFor(All.Server);
    }

    private IResourceBuilder<IResourceWithConnectionString> Server => server;

    private ReferenceExpression Connection(string role, string database) =>
        ReferenceExpression.Create($"{address};Username={role};Password={folder.Secret(role)};Database={database}");
}
