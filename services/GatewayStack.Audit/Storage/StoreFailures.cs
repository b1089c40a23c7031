using System.Data.Common;
using GatewayStack.Postgres;

namespace GatewayStack.Audit.Storage;

/// <summary>Which exceptions say that the store does not answer now, so that the same may be asked of it later.</summary>
internal static class StoreFailures
{
    public static bool Is(Exception exception) =>
        exception is DbException or IOException or UnauthorizedAccessException || OwnerDatabase.IsUnavailable(exception);
}
