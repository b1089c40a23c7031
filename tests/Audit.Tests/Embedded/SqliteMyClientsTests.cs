using GatewayStack.Audit.Tests.Queries;
using GatewayStack.Audit.Tests.Storage;

namespace GatewayStack.Audit.Tests.Embedded;

public sealed class SqliteMyClientsTests : MyClientsSuite
{
    internal override Task<OpenedStore> OpenAsync() => new SqliteAuditStoreTests().OpenAsync();
}
