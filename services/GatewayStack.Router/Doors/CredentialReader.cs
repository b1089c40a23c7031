using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Router.Doors;

/// <summary>Takes credentials out of a request's headers. SDKs use three headers for the same thing.</summary>
internal static class CredentialReader
{
    public static ImmutableArray<PresentedCredential> Read(IHeaderDictionary headers)
    {
        var found = ImmutableArray.CreateBuilder<PresentedCredential>(1);
        AddAuthorization(found, headers);
        Add(found, CredentialCarrier.XApiKey, headers["x-api-key"]);
        Add(found, CredentialCarrier.ApiKey, headers["api-key"]);
        return found.ToImmutable();
    }

    /// <summary>From <c>Authorization</c> alone, as MCP has it.</summary>
    public static ImmutableArray<PresentedCredential> ReadAuthorization(IHeaderDictionary headers)
    {
        var found = ImmutableArray.CreateBuilder<PresentedCredential>(1);
        AddAuthorization(found, headers);
        return found.ToImmutable();
    }

    private static void AddAuthorization(ImmutableArray<PresentedCredential>.Builder found, IHeaderDictionary headers)
    {
        foreach (var value in headers.Authorization)
        {
            if (value is not null && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            {
                Add(found, CredentialCarrier.AuthorizationBearer, value[7..].Trim());
            }
            else if (!string.IsNullOrWhiteSpace(value))
            {
                // Another scheme: passed on whole, so that it is refused as what it is.
                Add(found, CredentialCarrier.AuthorizationBearer, value);
            }
        }
    }

    /// <summary>The backend that proved itself by <c>Backend-Credential: {name}:{secret}</c>.</summary>
    /// <returns>False when the header is there and not good.</returns>
    public static bool TryReadBackend(IHeaderDictionary headers, RouterSnapshot snapshot, out CallingBackend? backend)
    {
        backend = null;
        StringValues values = headers["Backend-Credential"];
        if (values.Count == 0)
        {
            return true;
        }

        var text = values.Count == 1 ? values[0]! : string.Empty;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !snapshot.Backends.TryGetValue(text[..colon], out var configured) || configured.CallerCredential is null)
        {
            return false;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text[(colon + 1)..]), Encoding.UTF8.GetBytes(configured.CallerCredential)))
        {
            return false;
        }

        backend = new CallingBackend { Name = configured.Name, Audience = configured.Audience };
        return true;
    }

    private static void Add(ImmutableArray<PresentedCredential>.Builder found, CredentialCarrier carrier, StringValues values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                found.Add(new PresentedCredential { Carrier = carrier, Value = value.Trim() });
            }
        }
    }
}
