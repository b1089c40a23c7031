using GatewayStack.Demo.Issuer.Clients;

namespace GatewayStack.Demo.Issuer.Pages;

/// <summary>Who asks, how that is known, and where the answer goes.</summary>
internal static class ClientFacts
{
    public static Html Of(Client client, string resource, string? redirect) => Html.Of($"""
        <dl>
        <dt>Application</dt><dd>{client.Name}</dd>
        <dt>Identity</dt><dd>{Identity(client)}</dd>
        <dt>For</dt><dd>{resource}</dd>
        {(redirect is null ? Html.Empty : Html.Of($"<dt>Answer goes to</dt><dd>{Destination(redirect)}</dd>"))}
        </dl>
        {Warning(client, redirect)}
        """);

    private static string Identity(Client client) => client.Kind switch
    {
        ClientKind.Known when client.Host is { } host => $"known to this server, published by {host}",
        ClientKind.Known => "known to this server",
        ClientKind.Document when client.Host is { } host => $"proved by a document at {host}",
        _ => "unverified: it registered itself, and nobody vouches for its name",
    };

    private static Html Warning(Client client, string? redirect)
    {
        if (client.Kind is ClientKind.Registered)
        {
            return Html.Of($"""<p class="warning">Anybody can register an application under the name “{client.Name}”. Allow it only if you have just started this sign-in yourself.</p>""");
        }

        return redirect is not null && RedirectUris.IsLoopback(redirect)
            ? Html.Of($"""<p class="warning">The answer goes to a program on this computer, and any program can call itself “{client.Name}”. Allow it only if you have just started this sign-in yourself.</p>""")
            : Html.Empty;
    }

    /// <summary>Where an answer goes, for people.</summary>
    public static string Destination(string redirect)
    {
        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var url))
        {
            return "";
        }

        return RedirectUris.IsLoopback(redirect) ? $"{url.Authority} (this computer)" : url.Scheme == Uri.UriSchemeHttps ? url.IdnHost : $"the application registered for {url.Scheme}:";
    }
}
