using GatewayStack.Audit.Storage;
using GatewayStack.Audit.Tests.Storage;

namespace GatewayStack.Audit.Tests.Postgres;

public sealed class PostgresAuditStoreTests(PostgresAudit audit) : AuditStoreTests, IClassFixture<PostgresAudit>
{
    internal override async Task<OpenedStore> OpenAsync()
    {
        await audit.ResetAsync();
        return new Opened(audit);
    }

    private sealed class Opened(PostgresAudit audit) : OpenedStore
    {
        private PostgresAudit.Instance _instance = audit.Open();

        public override IAuditStore Store => _instance.Store;

        public override Task<IAuditStore> ReopenAsync()
        {
            _instance.Dispose();
            _instance = audit.Open();
            return Task.FromResult<IAuditStore>(_instance.Store);
        }

        public override ValueTask DisposeAsync()
        {
            _instance.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
