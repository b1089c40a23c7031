using GatewayStack.Audit.Tests.Queries;
using GatewayStack.Audit.Tests.Storage;

namespace GatewayStack.Audit.Tests.Postgres;

public sealed class PostgresMyClientsTests(PostgresAudit audit) : MyClientsSuite, IClassFixture<PostgresAudit>
{
    internal override Task<OpenedStore> OpenAsync() => new PostgresAuditStoreTests(audit).OpenAsync();
}
