using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>A client that needs neither registration nor a document that is fetched.</summary>
internal sealed record KnownClient(string Id, ClientMetadata Metadata);

/// <summary>
/// The clients known beforehand. Those whose id is an address have their metadata document there, but a document may be out of reach, and then its client could not sign in.
/// </summary>
internal static class KnownClients
{
    private const string Prefix = "known/";

    public static ImmutableArray<KnownClient> All { get; } = [.. Read()];

    /// <summary>The known client with this id, or whose id leaves a part of this one open.</summary>
    /// <remarks>One that is known by its whole id goes first: <c>codex</c> is no connector of ChatGPT's.</remarks>
    public static KnownClient? Find(string id) =>
        All.FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.Ordinal)) is { } exact && !IsOpen(exact)
            ? exact
            : All.FirstOrDefault(c => IsOpen(c) && Template.IsMatch(c.Id, id));

    /// <summary>True when the id has a part that is left open.</summary>
    public static bool IsOpen(KnownClient client) => client.Id.Contains('{', StringComparison.Ordinal);

    private static IEnumerable<KnownClient> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var json = JsonDocument.Parse(stream);
            // The open part of an address is ours, and no address that could be registered.
            var redirects = json.RootElement.GetProperty("redirect_uris").EnumerateArray().Select(r => r.GetString()!).ToImmutableArray();
            var grants = json.RootElement.GetProperty("grant_types").EnumerateArray().Select(g => g.GetString()!).ToImmutableArray();
            yield return new KnownClient(
                json.RootElement.GetProperty("client_id").GetString()!, new ClientMetadata(json.RootElement.GetProperty("client_name").GetString(), redirects, grants, Scope: null));
        }
    }
}
