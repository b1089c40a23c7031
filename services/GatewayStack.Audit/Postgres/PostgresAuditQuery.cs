using System.Text;
using GatewayStack.Audit.Storage;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>A filter as SQL. The tenant stands in it although row-level security asks for it again: neither alone shows another tenant's rows.</summary>
internal static class PostgresAuditQuery
{
    public static NpgsqlBatchCommand Build(AuditFilter filter, string tenant, int limit)
    {
        var command = new NpgsqlBatchCommand();
        var sql = new StringBuilder("SELECT idx, bytes FROM audit_event AS e WHERE tenant = ").Append(Parameter(tenant));
        foreach (var (column, value) in filter.Equal)
        {
            Add(AuditColumns.Name(column) + " = {0}", StoredText.Of(value));
        }

        if (filter.Client is { } client)
        {
            Add("(client_id = {0} OR client_name = {0})", StoredText.Of(client));
        }

        if (filter.UserHashes is { } users)
        {
            Add("user_hash = ANY ({0})", users.ToArray());
        }

        Resources();
        if (filter.From is { } from)
        {
            Add("time >= {0}", PostgresTimes.Of(from));
        }

        if (filter.Until is { } until)
        {
            Add("time < {0}", PostgresTimes.Of(until));
        }

        if (filter.Before is { } before)
        {
            Add("idx < {0}", before);
        }

        sql.Append(" ORDER BY idx DESC LIMIT ").Append(limit);
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

            sql.Append(" AND EXISTS (SELECT FROM audit_resource AS r WHERE r.idx = e.idx AND r.tenant = e.tenant");
            if (filter.ResourceType is { } type)
            {
                Add("r.type = {0}", StoredText.Of(type));
            }

            if (filter.ResourceHashes is { } hashes)
            {
                Add("r.id_hash = ANY ({0})", hashes.ToArray());
            }

            sql.Append(')');
        }

        void Add<T>(string condition, T value) => sql.Append(" AND ").AppendFormat(null, condition, Parameter(value));

        string Parameter<T>(T value)
        {
            _ = command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
            return $"${command.Parameters.Count}";
        }
    }
}
