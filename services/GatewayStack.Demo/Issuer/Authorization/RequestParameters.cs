using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Pages;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>The parameters of an authorization request as its client sent them, without what the pages add.</summary>
internal sealed class RequestParameters
{
    private const string OwnPrefix = "demo_";
    private const string Prompt = "prompt";
    private const string MaxAge = "max_age";

    private readonly ImmutableArray<KeyValuePair<string, string>> _all;

    private RequestParameters(IEnumerable<KeyValuePair<string, string>> all) => _all = [.. all];

    /// <summary>One text for the request, whichever way it came.</summary>
    public string Canonical => Query(_all.OrderBy(p => p.Key, StringComparer.Ordinal));

    /// <summary>The fields that carry the request through a form.</summary>
    public Html Fields => Html.Concat(_all.Select(p => Html.Of($"<input type=\"hidden\" name=\"{p.Key}\" value=\"{p.Value}\">\n")));

    public static RequestParameters From(IEnumerable<KeyValuePair<string, StringValues>> values) => new(
        from value in values
        where !value.Key.StartsWith(OwnPrefix, StringComparison.Ordinal)
        from text in value.Value
        select KeyValuePair.Create(value.Key, text ?? ""));

    /// <summary>The same request for somebody who has just signed in: it asks for no sign-in any more.</summary>
    public string AfterSignIn() => Query(_all
        .Select(p => p.Key == Prompt ? KeyValuePair.Create(p.Key, string.Join(' ', p.Value.Split(' ').Except(["login", "select_account"], StringComparer.Ordinal))) : p)
        .Where(p => p.Key != MaxAge && (p.Key != Prompt || p.Value.Length > 0)));

    private static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => new QueryBuilder(parameters).ToString();
}
