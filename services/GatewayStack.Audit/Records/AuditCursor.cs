using System.Globalization;

namespace GatewayStack.Audit.Records;

/// <summary>Where a reader is: the index of the last row seen. New rows get higher ones, so that it stays good while they arrive.</summary>
internal static class AuditCursor
{
    public static string Of(long index) => index.ToString(CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out long index) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index > 0;
}
