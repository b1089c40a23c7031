using System.Collections.Immutable;
using System.Text;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Backends;

/// <summary>The headers that tell a backend who is calling. Readable, but only <c>X-Gateway-Identity</c> is proof.</summary>
internal static class IdentityHeaders
{
    public static void Write(HttpRequestMessage message, CallerIdentity identity, string requestId, string assertion)
    {
        Set(message, "X-User-Id", identity.UserId, string.Empty);
        Set(message, "X-Org-Id", identity.OrgId, string.Empty);
        Set(message, "X-Tenant", identity.Tenant, string.Empty);
        Set(message, "X-User-Role", identity.Roles.FirstOrDefault(), string.Empty);
        Set(message, "X-User-Roles", List(identity.Roles, ','), null);
        Set(message, "X-User-Scopes", List(identity.Scopes, ' '), null);
        Set(message, "X-Request-Id", requestId, string.Empty);
        Set(message, "X-Gateway-Identity", assertion, string.Empty);
    }

    private static string? List(ImmutableArray<string> values, char separator) =>
        values.IsDefaultOrEmpty ? null : string.Join(separator, values.Select(v => Encode(v, separator.ToString())));

    private static void Set(HttpRequestMessage message, string name, string? value, string? reserved)
    {
        message.Headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            message.Headers.TryAddWithoutValidation(name, reserved is null ? value : Encode(value, reserved));
        }
    }

    /// <summary>Visible ASCII stays; everything else, percent signs and the list's separator are percent-encoded: no value can forge a second one.</summary>
    private static string Encode(string value, string reserved)
    {
        if (value.All(c => c is > ' ' and <= '~' and not '%' && !reserved.Contains(c, StringComparison.Ordinal)))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length * 2);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (b is > (byte)' ' and <= (byte)'~' and not (byte)'%' && !reserved.Contains((char)b, StringComparison.Ordinal))
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
