using System.Collections.Immutable;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>How an application is known.</summary>
internal enum ClientKind
{
    Unspecified = 0,

    /// <summary>Shipped with the issuer.</summary>
    Known = 1,

    /// <summary>By a document at the address that is its id: whoever serves that address vouches for it.</summary>
    Document = 2,

    /// <summary>By itself: nobody vouches for anything it says.</summary>
    Registered = 3,
}

/// <summary>An application that asks for somebody's consent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it calls itself, fit to be shown.</param>
/// <param name="Kind">How it is known.</param>
/// <param name="Scope">What it asks for when it does not say.</param>
/// <param name="RedirectUris">Where answers may go.</param>
internal sealed record Client(string Id, string Name, ClientKind Kind, string? Scope, ImmutableArray<string> RedirectUris)
{
    /// <summary>The host of an id that is an address.</summary>
    public string? Host => Uri.TryCreate(Id, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps ? url.IdnHost : null;
}
