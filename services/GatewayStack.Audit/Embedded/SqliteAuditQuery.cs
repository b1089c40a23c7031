using System.Collections.Immutable;
using System.Text;
using GatewayStack.Audit.Storage;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>A filter as SQL. The tenant stands in the one place that every query is built from.</summary>
internal static class SqliteAuditQuery
{
    public static SqliteCommand Build(SqliteConnection connection, AuditFilter filter)
    {
        var command = connection.CreateCommand();
        var sql = new StringBuilder("SELECT idx, bytes FROM audit_event AS e WHERE tenant = $tenant");
        _ = command.Parameters.AddWithValue("$tenant", filter.Tenant);

        foreach (var (column, value) in filter.Equal)
        {
            Add(AuditColumns.Name(column) + " = {0}", value);
        }

        if (filter.Client is { } client)
        {
            Add("(client_id = {0} OR client_name = {0})", client);
        }

        if (filter.UserHashes is { } users)
        {
            sql.Append(" AND user_hash IN (").Append(List(users)).Append(')');
        }

        Resources();
        Compare("time >= {0}", filter.From);
        Compare("time < {0}", filter.Until);
        Compare("idx < {0}", filter.Before);
        sql.Append(" ORDER BY idx DESC LIMIT ").Append(filter.Limit);
        // Built from constants; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = sql.ToString();
#pragma warning restore CA2100
        return command;

        void Resources()
        {
            if (filter.ResourceType is null && filter.ResourceHashes is null)
            {
                return;
            }

            sql.Append(" AND EXISTS (SELECT 1 FROM audit_resource AS r WHERE r.idx = e.idx");
            if (filter.ResourceType is { } type)
            {
                Add("r.type = {0}", type);
            }

            if (filter.ResourceHashes is { } hashes)
            {
                sql.Append(" AND r.id_hash IN (").Append(List(hashes)).Append(')');
            }

            sql.Append(')');
        }

        void Compare(string condition, long? value)
        {
            if (value is { } number)
            {
                Add(condition, number);
            }
        }

        void Add(string condition, object value) => sql.Append(" AND ").AppendFormat(null, condition, Parameter(value));

        string List(ImmutableArray<byte[]> values) => string.Join(", ", values.Select(Parameter));

        string Parameter(object value)
        {
            var name = $"$p{command.Parameters.Count}";
            _ = command.Parameters.AddWithValue(name, value);
            return name;
        }
    }
}
